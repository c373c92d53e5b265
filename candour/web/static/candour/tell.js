/*! Candour: helps with the public form. Every page works without it. */
(() => {
  'use strict'
  const RETRY = 15000

  // What is typed on this page and not sent yet stays in this tab until it is sent, so that a lost
  // line or a reload takes nothing. It goes with the tab: others may use this device next.
  const form = document.querySelector('form[data-app-tell]')
  const place = `candour-tell:${window.location.pathname}`
  const store = {
    get () { try { return JSON.parse(window.sessionStorage.getItem(place) || 'null') } catch { return null } },
    set (typed) { try { window.sessionStorage.setItem(place, JSON.stringify(typed)) } catch { /* not kept */ } },
    drop () { try { window.sessionStorage.removeItem(place) } catch { /* nothing was kept */ } }
  }
  const NOT_KEPT = ['website', 'key', 'opened', 'seen']

  function typed () {
    const found = {}
    for (const [name, words] of new FormData(form)) {
      if (!NOT_KEPT.includes(name)) (found[name] = found[name] || []).push(words)
    }
    return found
  }

  function bringBack () {
    const before = store.get()
    if (!before) return
    for (const field of form.elements) {
      if (!field.name || NOT_KEPT.includes(field.name)) continue
      const words = before[field.name] || []
      if (['radio', 'checkbox'].includes(field.type)) {
        if (words.includes(field.value)) field.checked = true
      } else if (field.type !== 'submit' && !field.value && words.length) field.value = words[0]
    }
  }

  function keepAndSend () {
    const said = form.querySelector('[data-app-tell-said]')
    let waiting = 0
    const say = (words) => { if (said) { said.textContent = words; said.hidden = !words } }

    async function send () {
      window.clearTimeout(waiting)
      try {
        const answer = await fetch(form.action || window.location.href, {
          method: 'POST', body: new URLSearchParams(new FormData(form)), credentials: 'same-origin'
        })
        if (answer.redirected) {
          store.drop()
          window.location.assign(answer.url)
          return
        }
        if (answer.status === 200) store.drop()
        form.submit() // its own page says what is wrong, or shows the receipt: taken once even so
      } catch {
        say(said ? said.dataset.offline : '')
        waiting = window.setTimeout(send, RETRY)
        window.addEventListener('online', send, { once: true })
      }
    }

    form.addEventListener('input', () => store.set(typed()))
    form.addEventListener('change', () => store.set(typed()))
    form.addEventListener('submit', (event) => {
      if (event.defaultPrevented) return
      event.preventDefault()
      store.set(typed())
      send()
    })
  }

  // A list of places under the field, as words are typed (the combobox pattern of WAI-ARIA).
  function offerPlaces (box) {
    const field = box.querySelector('input[type="text"]')
    const number = box.querySelector('[data-app-tell-service]')
    if (!field || !number || number.disabled) return
    const list = document.createElement('ul')
    list.id = `${field.id}-list`
    list.className = 'app-tell-places'
    list.setAttribute('role', 'listbox')
    list.setAttribute('aria-label', (field.labels[0] || field).textContent.trim())
    list.hidden = true
    const said = document.createElement('div')
    said.className = 'govuk-visually-hidden'
    said.setAttribute('role', 'status')
    field.after(list, said)
    for (const [name, value] of Object.entries({
      role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': list.id, autocomplete: 'off'
    })) field.setAttribute(name, value)
    let at = -1
    let asked = 0
    let timer = 0

    function close () {
      list.hidden = true
      at = -1
      field.setAttribute('aria-expanded', 'false')
      field.removeAttribute('aria-activedescendant')
    }

    function choose (item) {
      field.value = item.dataset.name
      number.value = item.dataset.number
      close()
      field.dispatchEvent(new Event('change', { bubbles: true }))
    }

    function mark (next) {
      const items = [...list.children]
      at = (next + items.length) % items.length
      items.forEach((item, index) => item.setAttribute('aria-selected', index === at ? 'true' : 'false'))
      field.setAttribute('aria-activedescendant', items[at].id)
      items[at].scrollIntoView({ block: 'nearest' })
    }

    function item (place, index) {
      const line = document.createElement('li')
      line.id = `${field.id}-${index}`
      line.className = 'app-tell-places__place'
      line.setAttribute('role', 'option')
      line.setAttribute('aria-selected', 'false')
      line.dataset.number = place.number
      line.dataset.name = place.name
      const about = document.createElement('span')
      about.className = 'app-tell-places__about'
      about.textContent = place.about
      line.append(place.name, about)
      line.addEventListener('mousedown', (event) => { event.preventDefault(); choose(line) })
      return line
    }

    async function ask () {
      const mine = ++asked
      const words = field.value.trim()
      if (words.length < 2) { close(); return }
      try {
        const answer = await fetch(`${box.dataset.places}?q=${encodeURIComponent(words)}`)
        if (!answer.ok || mine !== asked) return
        const { places } = await answer.json()
        if (mine !== asked) return
        list.replaceChildren(...places.map(item))
        list.hidden = !places.length
        at = -1
        field.setAttribute('aria-expanded', places.length ? 'true' : 'false')
        const { one, many, none } = box.dataset
        said.textContent = !places.length ? none : places.length === 1 ? one : many.replace('{n}', places.length)
      } catch { /* without a line the words themselves do */ }
    }

    field.addEventListener('input', () => {
      number.value = ''
      window.clearTimeout(timer)
      timer = window.setTimeout(ask, 200)
    })
    field.addEventListener('keydown', (event) => {
      if (list.hidden) return
      if (event.key === 'ArrowDown') { event.preventDefault(); mark(at + 1) }
      if (event.key === 'ArrowUp') { event.preventDefault(); mark(at - 1) }
      if (event.key === 'Escape') { event.preventDefault(); close() }
      if (event.key === 'Enter' && at >= 0) { event.preventDefault(); choose(list.children[at]) }
    })
    field.addEventListener('blur', close)
  }

  // A little work, asked for only while a machine sends very much: a number found by trying.
  async function work (own) {
    const bits = 15
    const puzzle = own.elements.namedItem('puzzle').value
    const words = new TextEncoder()
    own.querySelector('[data-app-tell-working]').hidden = false
    own.querySelector('[data-app-tell-sum]').hidden = true
    for (let tried = 0; ; tried++) {
      const digest = await window.crypto.subtle.digest('SHA-256', words.encode(`${puzzle}.${tried}`))
      if (new DataView(digest).getUint32(0) >>> (32 - bits) === 0) {
        own.elements.namedItem('found').value = String(tried)
        own.submit()
        return
      }
    }
  }

  if (form) { bringBack(); keepAndSend() }
  for (const box of document.querySelectorAll('[data-app-tell-place]')) offerPlaces(box)
  const own = document.querySelector('form[data-app-tell-work]')
  if (own && window.crypto && window.crypto.subtle) work(own)
})()
