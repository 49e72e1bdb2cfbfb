// Builds the library: `node src/launch/build-library.mjs`, after the program. `dist/index.js` is an ES module that loads
// what a use case needs from `dist/library/`; what other packages bring is in it, so that nothing is installed with it.

import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { jsonModules, licensesOf, ownUrl, yamlModules } from './packages.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const dist = join(root, 'dist')

rmSync(join(dist, 'library'), { recursive: true, force: true })
mkdirSync(dist, { recursive: true })
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: { index: 'src/index.ts' },
  bundle: true,
  splitting: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  outdir: dist,
  chunkNames: 'library/[name]-[hash]',
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
  plugins: [yamlModules, jsonModules, ownUrl],
  // CommonJS packages require modules of Node.
  banner: {
    js: "import { createRequire as createOwnRequire } from 'node:module'\nconst require = createOwnRequire(import.meta.url)",
  },
})
if (!readdirSync(join(dist, 'library')).some((name) => name.endsWith('.js')))
  throw new Error('the library was not split: all of it would be loaded at once')
// The program is made of the same packages.
writeFileSync(join(dist, 'licenses.txt'), licensesOf([metafile]))
