/*! Candour: notes of a visit, kept on the phone until the site has said that it has them. */
(() => {
  'use strict'
  const box = document.querySelector('[data-app-notes]')
  const form = box && box.querySelector('form')
  if (!form || !window.fetch) return
  const place = box.dataset.store
  const typing = `${place}:typing`
  const said = box.querySelector('[data-app-notes-said]')
  const waiting = box.querySelector('[data-app-notes-waiting]')
  const sent = document.querySelector('[data-app-notes-sent]')
  const memory = new Map() // what the phone would not keep
  const RETRY = 15000
  let busy = false
  let again = false
  let told = ''

  const kept = (name) => {
    try { return window.localStorage.getItem(name) } catch { return null }
  }
  function keep (name, value) {
    try { window.localStorage.setItem(name, value) } catch { memory.set(name, value); told = box.dataset.unkept }
  }
  function drop (name) {
    memory.delete(name)
    try { window.localStorage.removeItem(name) } catch { /* nothing was kept */ }
  }
  // Each note has a place of its own, so that two pages of one phone never write over each other.
  function all () {
    const names = new Set([...memory.keys()])
    try {
      for (let i = 0; i < window.localStorage.length; i++) names.add(window.localStorage.key(i))
    } catch { /* nothing was kept */ }
    return [...names]
      .filter((name) => name.startsWith(`${place}:note:`))
      .map((name) => ({ name, ...JSON.parse(memory.get(name) || kept(name)) }))
      .sort((one, other) => (one.at < other.at ? -1 : 1))
  }

  function number () {
    if (window.crypto.randomUUID) return window.crypto.randomUUID()
    const b = window.crypto.getRandomValues(new Uint8Array(16))
    b[6] = (b[6] & 15) | 64
    b[8] = (b[8] & 63) | 128
    const hex = [...b].map((each) => each.toString(16).padStart(2, '0')).join('')
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  }

  const value = (name) => new FormData(form).get(name) || ''
  const answers = () => {
    const given = {}
    for (const [name, words] of new FormData(form)) {
      if (!['csrfmiddlewaretoken', 'key'].includes(name)) given[name] = words
    }
    return given
  }

  function missing () {
    const asked = ['area', 'observed', 'known_by', 'impression']
    if (value('area') === '-') asked.push('area-other')
    if (form.elements.namedItem('nobody_named')) asked.push('nobody_named')
    return asked.find((name) => !String(value(name)).trim())
  }

  function show () {
    const notes = all()
    const left = notes.filter((note) => !note.faults)
    waiting.replaceChildren(...notes.map(line))
    const words = left.length === 1 ? box.dataset.one : box.dataset.many.replace('{n}', left.length)
    said.textContent = told || (left.length ? words : box.dataset.none)
    said.hidden = !told && !notes.length && !said.dataset.used
    if (notes.length) said.dataset.used = 'yes'
  }

  function line (note) {
    const item = document.createElement('li')
    const words = document.createElement('span')
    words.className = 'app-lines'
    words.textContent = `${note.answers['area-other'] || note.answers.area}: ${note.answers.observed}`
    item.append(words)
    if (note.faults) {
      const why = document.createElement('p')
      why.className = 'govuk-error-message'
      why.textContent = `${box.dataset.refused} ${note.faults.join(' ')}`
      const away = document.createElement('button')
      away.type = 'button'
      away.className = 'govuk-button govuk-button--secondary'
      away.textContent = box.dataset.delete
      away.addEventListener('click', () => { drop(note.name); show() })
      item.append(why, away)
    }
    return item
  }

  function count () {
    const shown = sent.closest('section').querySelector('.app-group-heading__count')
    shown.textContent = Number(shown.textContent) + 1
  }

  async function send (note) {
    const body = new FormData()
    for (const [name, words] of Object.entries(note.answers)) body.set(name, words)
    body.set('key', note.key)
    body.set('noted-at', note.at)
    body.set('csrfmiddlewaretoken', value('csrfmiddlewaretoken'))
    const answer = await fetch(form.action || window.location.href, {
      method: 'POST', body, headers: { Accept: 'application/json' }, redirect: 'manual'
    })
    const plain = (answer.headers.get('Content-Type') || '').startsWith('application/json')
    if (!plain) return answer.status >= 500 ? 'later' : 'signed out'
    if (answer.status === 201) return 'sent'
    note.faults = (await answer.json()).faults
    return 'refused'
  }

  async function sendAll () {
    again = busy // asked for meanwhile, as when the signal comes back: then once more afterwards
    if (busy) return
    busy = true
    if (told !== box.dataset.unkept) told = ''
    try {
      for (const note of all().filter((each) => !each.faults)) {
        const came = await send(note)
        if (came === 'sent') { drop(note.name); sent.prepend(line(note)); count() }
        if (came === 'refused') keep(note.name, JSON.stringify({ key: note.key, at: note.at, answers: note.answers, faults: note.faults }))
        if (came === 'signed out') { told = box.dataset.again; break }
        if (came === 'later') break
        show()
      }
    } catch { /* no signal: what waits is sent later */ }
    busy = false
    show()
    if (again) sendAll()
  }

  function open () {
    const before = JSON.parse(kept(typing) || '{}')
    for (const [name, words] of Object.entries(before)) {
      for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
        if (['radio', 'checkbox'].includes(field.type)) field.checked = field.value === words
        else if (field.type !== 'hidden' && !field.value) field.value = words
      }
    }
  }

  form.addEventListener('input', () => keep(typing, JSON.stringify(answers())))
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const gap = missing()
    if (gap) {
      told = box.dataset.gap
      show()
      form.querySelector(`[name="${gap}"]`).focus()
      told = ''
      return
    }
    const key = number()
    keep(`${place}:note:${key}`, JSON.stringify({ key, at: new Date().toISOString(), answers: answers() }))
    drop(typing)
    form.elements.namedItem('observed').value = ''
    for (const field of form.querySelectorAll('[name="impression"], [name="nobody_named"]')) field.checked = false
    form.elements.namedItem('observed').focus()
    show()
    sendAll()
  })
  // Where the browser has it, the page itself is kept too, so that it opens without signal. It is
  // asked for bare: what was noted before is not put on the phone again.
  async function keepPage () {
    if (!navigator.serviceWorker || !navigator.onLine) return
    try {
      await navigator.serviceWorker.register(box.dataset.worker, { scope: '/' })
      const worker = await navigator.serviceWorker.ready
      const own = [...document.querySelectorAll('link[rel="stylesheet"], script[src]')]
      worker.active.postMessage([`${window.location.pathname}?bare=1`, ...own.map((each) => each.href || each.src)])
    } catch { /* the page works without */ }
  }

  window.addEventListener('online', sendAll)
  document.addEventListener('visibilitychange', () => { if (!document.hidden) sendAll() })
  window.setInterval(() => { if (all().some((note) => !note.faults)) sendAll() }, RETRY)
  open()
  show()
  sendAll()
  keepPage()
})()
