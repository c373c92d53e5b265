// The one script. Every page works without it: it only makes some things easier.
import {
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  FileUpload,
  NotificationBanner,
  PasswordInput,
  Radios,
  ServiceNavigation,
  SkipLink,
  createAll
} from 'govuk-frontend'
import htmx from 'htmx.org'

import { foldOnSmallScreens } from './scripts/fold.js'
import { readyHtmx } from './scripts/partial-pages.js'
import { offerSelectAll } from './scripts/select-all.js'
import { nameDropZones, watchUploads } from './scripts/uploads.js'

document.body.classList.add('js-enabled', 'govuk-frontend-supported')

// Every word that these components add is given by the templates, in the reader's language.
const components = [
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  FileUpload,
  NotificationBanner,
  PasswordInput,
  Radios,
  ServiceNavigation,
  SkipLink
]

/** Start the components inside one part of the page. */
function start(scope) {
  for (const component of components) createAll(component, undefined, scope)
  foldOnSmallScreens(scope)
  offerSelectAll(scope)
  nameDropZones(scope)
}

readyHtmx(htmx, start)
watchUploads(document)
start(document)
