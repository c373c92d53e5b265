/*! Candour: saves a keyed form with Ctrl and Enter, and begins where the next one does. */
(() => {
  'use strict'
  const form = document.querySelector('form.app-keying')
  if (!form) return
  form.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); form.requestSubmit() }
  })
  const wrong = document.querySelector('.govuk-error-summary')
  const begin = form.elements.namedItem('batch').value ? 'danger' : 'batch'
  if (!wrong) form.elements.namedItem(begin).focus()
})()
