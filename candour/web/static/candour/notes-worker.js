/*! Candour: opens the page for notes of a visit where there is no signal. It keeps that page and its
    own files, never what was noted, for a day at most, and forgets all of it at signing in or out. */
(() => {
  'use strict'
  const KEPT = 'candour-notes'
  const PAGE = /^\/cases\/[^/]+\/visits\/[^/]+\/notes\/$/
  const SESSION = /^\/sign-(in|out)\//
  const DAY = 24 * 60 * 60 * 1000
  const PATIENCE = 5000

  async function keep (addresses) {
    const place = await caches.open(KEPT)
    for (const address of addresses) {
      const answer = await fetch(address, { credentials: 'same-origin' })
      const url = new URL(address, self.location.origin)
      if (answer.ok && !answer.redirected) await place.put(url.pathname, answer)
    }
  }

  async function kept (path) {
    const answer = await caches.match(path)
    const made = answer && Date.parse(answer.headers.get('Date'))
    return answer && Date.now() - made < DAY ? answer : null
  }

  async function fresh (request, path) {
    const network = fetch(request)
    network.catch(() => {})
    const before = await kept(path)
    if (!before) return network
    const late = new Promise((resolve) => setTimeout(() => resolve(before), PATIENCE))
    return Promise.race([network.catch(() => before), late])
  }

  self.addEventListener('install', () => self.skipWaiting())
  self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))
  self.addEventListener('message', (event) => event.waitUntil(keep(event.data)))
  self.addEventListener('fetch', (event) => {
    const url = new URL(event.request.url)
    if (url.origin !== self.location.origin) return
    if (SESSION.test(url.pathname)) event.waitUntil(caches.delete(KEPT))
    const ours = PAGE.test(url.pathname) || url.pathname.startsWith('/static/')
    if (event.request.method === 'GET' && ours && !url.searchParams.has('bare')) {
      event.respondWith(fresh(event.request, url.pathname))
    }
  })
})()
