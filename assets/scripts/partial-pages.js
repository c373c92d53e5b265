/**
 * Set htmx up for a strict content security policy, and start components in what it brings in.
 * It writes no inline style and evaluates nothing; a refusal (409, 422) is shown like any answer.
 */
export function readyHtmx(htmx, start) {
  Object.assign(htmx.config, {
    allowEval: false,
    allowScriptTags: false,
    includeIndicatorStyles: false,
    attributesToSettle: ['class', 'width', 'height'],
    historyCacheSize: 0,
    refreshOnHistoryMiss: true,
    selfRequestsOnly: true,
    responseHandling: [
      { code: '204', swap: false },
      { code: '[23]..', swap: true },
      { code: '409|422', swap: true },
      { code: '...', swap: false, error: true }
    ]
  })
  htmx.onLoad((element) => {
    if (element !== document.body) start(element)
  })
}
