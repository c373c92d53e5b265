/**
 * Say before a form is sent that a file in it is too large, and while it is sent how far that is.
 * The words stand on the field: data-app-upload in components/uploads.html.
 */
export function watchUploads(root) {
  root.addEventListener('submit', refuseTooMuch, true)
  root.addEventListener('change', (event) => {
    const field = event.target.closest?.('[data-app-upload]')
    if (field && event.target.type === 'file') say(field, fault(field))
  }, true) // what is dropped says so with an event that does not bubble
  root.addEventListener('htmx:xhr:progress', (event) => showProgress(fieldOf(event.target), event.detail))
  root.addEventListener('htmx:sendError', (event) => {
    const field = fieldOf(event.target)
    if (!field) return
    field.querySelector('.app-sending')?.remove()
    say(field, field.dataset.lost)
  })
}

/**
 * Take out a comma that GOV.UK Frontend puts into the button of a drop zone for screen readers alone:
 * what is seen on a button has to stand in its name word for word (WCAG 2.5.3).
 */
export function nameDropZones(scope) {
  for (const comma of scope.querySelectorAll('.govuk-file-upload-button > .govuk-visually-hidden')) {
    const button = comma.parentElement
    comma.remove()
    button.setAttribute('aria-labelledby', button.getAttribute('aria-labelledby').replace(comma.id, ''))
  }
}

function fieldOf(form) {
  return form.querySelector?.('[data-app-upload]')
}

function refuseTooMuch(event) {
  const field = fieldOf(event.target)
  const words = field && fault(field)
  if (!words) return
  event.preventDefault()
  event.stopImmediatePropagation()
  say(field, words)
  field.querySelector('button, input[type="file"]').focus()
}

/** Return what is wrong with what was chosen, or nothing. */
function fault(field) {
  const { largest, most, tooLarge, tooMany } = field.dataset
  const files = [...field.querySelector('input[type="file"]').files]
  if (files.length > Number(most)) return tooMany
  const large = files.find((file) => file.size > Number(largest))
  return large ? tooLarge.replace('%name%', large.name) : ''
}

function say(field, words) {
  let place = field.querySelector('.app-upload-fault')
  if (!place) {
    place = document.createElement('p')
    place.className = 'govuk-error-message app-upload-fault'
    place.setAttribute('role', 'alert')
    field.querySelector('input[type="file"]').closest('.govuk-drop-zone').before(place)
  }
  place.textContent = words
  field.classList.toggle('govuk-form-group--error', Boolean(words))
}

function showProgress(field, { loaded, total }) {
  if (!field || !total) return
  const share = Math.floor((loaded / total) * 100)
  const { line, words } = field.querySelector('.app-sending') ? shown(field) : made(field)
  line.value = share
  const text = share < 100
    ? field.dataset.sending.replace('%share%', `${share - (share % 10)}%`)
    : field.dataset.looking
  if (words.textContent !== text) words.textContent = text // said aloud at every tenth only
}

function shown(field) {
  return { line: field.querySelector('progress'), words: field.querySelector('.app-sending__words') }
}

function made(field) {
  const place = document.createElement('div')
  place.className = 'app-sending'
  const words = document.createElement('p')
  words.className = 'govuk-body app-sending__words'
  words.setAttribute('role', 'status')
  words.id = 'app-sending-words'
  const line = document.createElement('progress')
  line.className = 'app-sending__line'
  line.max = 100
  line.setAttribute('aria-labelledby', words.id)
  place.append(words, line)
  field.append(place)
  return { line, words }
}
