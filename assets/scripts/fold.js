const SMALL = '(max-width: 48.0625rem)'

/**
 * Close the open <details data-app-fold> on small screens, where they would push the list away. One
 * that the reader is in stays open, or they would lose their place.
 */
export function foldOnSmallScreens(scope) {
  if (!window.matchMedia(SMALL).matches) return
  for (const details of scope.querySelectorAll('details[data-app-fold][open]')) {
    if (!details.contains(document.activeElement)) details.removeAttribute('open')
  }
}
