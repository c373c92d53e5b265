/*! Candour: for the page that holds the public form in a frame. Makes the frame as high as what is
    in it, and brings its top into view when another page of it opens. The form works without. */
(() => {
  'use strict'
  const own = document.currentScript
  if (!own) return
  const { origin } = new URL(own.src)

  window.addEventListener('message', (event) => {
    if (event.origin !== origin || !event.data || typeof event.data.candourTell !== 'number') return
    for (const frame of document.querySelectorAll('iframe')) {
      if (frame.contentWindow !== event.source) continue
      const height = Math.min(Math.max(event.data.candourTell, 200), 20000)
      frame.style.height = `${Math.ceil(height)}px`
      if (event.data.opened && frame.getBoundingClientRect().top < 0) frame.scrollIntoView()
    }
  })
})()
