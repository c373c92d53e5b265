const SMALL = '(max-width: 48.0625rem)'

/** Close the open <details data-app-fold> on small screens, where they would push the list away. */
export function foldOnSmallScreens(scope) {
  if (!window.matchMedia(SMALL).matches) return
  for (const details of scope.querySelectorAll('details[data-app-fold][open]')) {
    details.removeAttribute('open')
  }
}
