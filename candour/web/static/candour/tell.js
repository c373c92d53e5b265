/*! Candour: helps with the public form. Every page works without it. */
(() => {
  'use strict'
  const RETRY = 15000
  const KEPT_EVERY = 10000

  // What is typed on this page and not sent yet stays in this tab until it is sent, so that a lost
  // line or a reload takes nothing. On the pages that go one after another it is put with the rest
  // that the site keeps sealed, now and then and when the page is left.
  const form = document.querySelector('form[data-app-tell]')
  const OURS = 'candour-tell:'
  const place = OURS + window.location.pathname.replace(/\/(en|cy)\//, '/')
  const store = {
    get () { try { return JSON.parse(window.sessionStorage.getItem(place) || 'null') } catch { return null } },
    set (typed) { try { window.sessionStorage.setItem(place, JSON.stringify(typed)) } catch { /* not kept */ } },
    drop () { try { window.sessionStorage.removeItem(place) } catch { /* nothing was kept */ } },
    dropAll () {
      try {
        Object.keys(window.sessionStorage).filter((name) => name.startsWith(OURS)).forEach((name) => window.sessionStorage.removeItem(name))
      } catch { /* nothing was kept */ }
    }
  }
  const NOT_KEPT = ['website', 'key', 'opened', 'seen', 'sites']

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
      if (['radio', 'checkbox'].includes(field.type)) field.checked = words.includes(field.value)
      else if (field.type !== 'submit' && words.length) field.value = words[0]
    }
  }

  function keepAndSend () {
    const said = form.querySelector('[data-app-tell-said]')
    let waiting = 0
    let keeping = 0
    let unsent = false
    const say = (words) => { if (said) { said.textContent = words; said.hidden = !words } }

    const filled = () => new URLSearchParams(new FormData(form))

    function later (words) {
      say(words)
      waiting = window.setTimeout(send, RETRY)
    }

    async function send () {
      window.clearTimeout(waiting)
      window.clearTimeout(keeping)
      window.removeEventListener('online', send)
      try {
        const answer = await fetch(form.action || window.location.href, {
          method: 'POST', body: filled(), credentials: 'same-origin', headers: { 'Candour-Asks': 'onwards' }
        })
        const onwards = answer.headers.get('Candour-Onwards')
        if (onwards) {
          unsent = false
          store.drop()
          window.location.assign(onwards)
          return
        }
        if (answer.status >= 500) {
          later(said ? said.dataset.trouble : '')
          return
        }
        unsent = false
        if (answer.status === 200) store.drop()
        form.submit() // its own page says what is wrong, or shows the receipt: taken once even so
      } catch {
        later(said ? said.dataset.offline : '')
        window.addEventListener('online', send, { once: true })
      }
    }

    // Kept with the site as it stands, answered or not; whatever comes of it, the tab has it too.
    function keep () {
      window.clearTimeout(keeping)
      keeping = 0
      if (!unsent) return
      const words = filled()
      words.set('so_far', 'yes')
      unsent = !window.navigator.sendBeacon(form.action || window.location.href, words)
    }

    function changed () {
      store.set(typed())
      if (!form.hasAttribute('data-app-tell-keeps')) return
      unsent = true
      keeping = keeping || window.setTimeout(keep, KEPT_EVERY)
    }

    form.addEventListener('input', changed)
    form.addEventListener('change', changed)
    window.addEventListener('pagehide', keep)
    document.addEventListener('visibilitychange', () => { if (document.hidden) keep() })
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

  // In a frame the page around it is told how high this one is, and nothing else.
  function tellHeight () {
    const last = document.querySelector('footer') || document.querySelector('main')
    let told = 0
    function tell (opened) {
      const height = Math.ceil(last.getBoundingClientRect().bottom + window.scrollY)
      if (height === told) return
      told = height
      window.parent.postMessage({ candourTell: height, opened }, '*')
    }
    tell(true)
    new window.ResizeObserver(() => tell(false)).observe(document.body)
  }

  if (document.querySelector('[data-app-tell-done]')) store.dropAll()
  if (form) { bringBack(); keepAndSend() }
  if (window.parent !== window) tellHeight()
  for (const box of document.querySelectorAll('[data-app-tell-place]')) offerPlaces(box)
  const own = document.querySelector('form[data-app-tell-work]')
  if (own && window.crypto && window.crypto.subtle) work(own)
})()
