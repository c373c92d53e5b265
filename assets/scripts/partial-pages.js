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
  document.body.addEventListener('htmx:beforeSwap', keepWhatHasNoSuccessor)
  htmx.onLoad((element) => {
    if (element !== document.body) start(element)
  })
}

/** Ask for a page as a whole: it says for itself why it has not the part that was asked for. */
function goTo(address) {
  window.location.assign(address)
}

/**
 * Keep a part of the page when the answer holds nothing to take its place: the visit has ended, or
 * what the page follows is over. Nothing typed is lost, and the page says that it follows no more.
 */
function keepWhatHasNoSuccessor(event) {
  const wanted = event.detail.elt.getAttribute('hx-select')
  if (!wanted || !event.detail.shouldSwap) return
  const answer = new DOMParser().parseFromString(event.detail.serverResponse, 'text/html')
  if (answer.querySelector(wanted)) return
  event.detail.shouldSwap = false
  const gone = document.querySelector('[data-app-gone]')
  if (gone) gone.removeAttribute('hidden')
  else if (event.detail.requestConfig.verb === 'get') goTo(event.detail.pathInfo.finalRequestPath)
}
