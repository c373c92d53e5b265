/**
 * Offer one box that ticks all boxes of a list.
 * The list carries data-app-select-all with the words of the label.
 */
export function offerSelectAll(scope) {
  for (const list of scope.querySelectorAll('[data-app-select-all]:not([data-app-ready])')) {
    const boxes = [...list.querySelectorAll('input[type="checkbox"][data-app-selects]')]
    const place = list.querySelector('[data-app-select-all-here]')
    if (!place || boxes.length < 2) continue
    list.dataset.appReady = ''
    place.prepend(selectAllBox(list, boxes))
  }
}

function selectAllBox(list, boxes) {
  const item = document.createElement('div')
  item.className = 'govuk-checkboxes govuk-checkboxes--small'
  const row = document.createElement('div')
  row.className = 'govuk-checkboxes__item'
  const all = document.createElement('input')
  all.type = 'checkbox'
  all.className = 'govuk-checkboxes__input'
  all.id = `${list.id || 'list'}-select-all`
  const label = document.createElement('label')
  label.className = 'govuk-label govuk-checkboxes__label'
  label.htmlFor = all.id
  label.textContent = list.dataset.appSelectAll
  row.append(all, label)
  item.append(row)

  const show = () => {
    const ticked = boxes.filter((box) => box.checked).length
    all.checked = ticked === boxes.length
    all.indeterminate = ticked > 0 && ticked < boxes.length
  }
  all.addEventListener('change', () => {
    for (const box of boxes) box.checked = all.checked
  })
  for (const box of boxes) box.addEventListener('change', show)
  show()
  return item
}
