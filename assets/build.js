// Compiles candour.scss and candour.js into candour/web/static/candour/ (committed), copies the few
// pictures that the style sheet names, and puts axe-core beside the browser tests.
// For developers only: npm ci && npm run build
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as esbuild from 'esbuild'
import * as sass from 'sass'

const here = dirname(fileURLToPath(import.meta.url))
const out = join(here, '..', 'candour', 'web', 'static', 'candour')
const version = (name) => JSON.parse(readFileSync(join(here, 'node_modules', name, 'package.json'))).version

const banner = `/*! Candour. Contains ${[
  `govuk-frontend ${version('govuk-frontend')} (MIT, Crown copyright, Government Digital Service)`,
  `@ministryofjustice/frontend ${version('@ministryofjustice/frontend')} (MIT, Ministry of Justice, dxw)`,
  `htmx ${version('htmx.org')} (0BSD)`
].join('; ')}. Licences: NOTICE */`

mkdirSync(join(out, 'images'), { recursive: true })

const css = sass.compile(join(here, 'candour.scss'), { loadPaths: [here], quietDeps: true }).css
const small = await esbuild.transform(css, { loader: 'css', minify: true, legalComments: 'none' })
writeFileSync(join(out, 'candour.css'), `${banner}\n${small.code}`)

const pictures = join(here, 'node_modules', '@ministryofjustice', 'frontend', 'moj', 'assets', 'images')
rmSync(join(out, 'images'), { recursive: true })
mkdirSync(join(out, 'images'))
for (const [, name] of small.code.matchAll(/url\("?\.\/images\/([\w.-]+)"?\)/g)) {
  copyFileSync(join(pictures, name), join(out, 'images', name))
}
for (const name of ['favicon.svg']) copyFileSync(join(here, 'icons', name), join(out, name))

await esbuild.build({
  absWorkingDir: here,
  entryPoints: ['candour.js'],
  outfile: join(out, 'candour.js'),
  bundle: true,
  minify: true,
  format: 'iife',
  target: 'es2020',
  legalComments: 'none',
  banner: { js: banner }
})

const journeys = join(here, '..', 'tests', 'journeys', 'vendor')
mkdirSync(journeys, { recursive: true })
copyFileSync(join(here, 'node_modules', 'axe-core', 'axe.min.js'), join(journeys, 'axe.min.js'))
