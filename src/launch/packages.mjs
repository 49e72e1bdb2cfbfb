// How other people's packages are taken into the program and the library, neither of which installs any.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The same package as ES modules, of which esbuild leaves out what is not used. */
export const yamlModules = {
  name: 'yaml-modules',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^yaml$/ }, () => ({ path: join(root, 'node_modules/yaml/browser/dist/index.js') })),
}

/** The same: its other form hands `require` on, so that esbuild would leave its files out. */
export const jsonModules = {
  name: 'json-modules',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^jsonc-parser$/ }, () => ({
      path: join(root, 'node_modules/jsonc-parser/lib/esm/main.js'),
    })),
}

/**
 * node-fetch gets the URL of Node. `whatwg-url` would bring tables of 300 KB for its own, which is not used where Node
 * has one; and of the module `url` it calls `parse`, for which Node 24 and newer warn at every request.
 */
export const ownUrl = {
  name: 'own-url',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^whatwg-url$/ }, () => ({ path: 'whatwg-url', namespace: 'own-url' }))
    onResolve({ filter: /^url$/ }, ({ importer }) =>
      /[\\/]node_modules[\\/]node-fetch[\\/]/.test(importer)
        ? { path: 'url', namespace: 'own-url' }
        : undefined,
    )
    onLoad({ filter: /^whatwg-url$/, namespace: 'own-url' }, () => ({ contents: 'exports.URL = URL' }))
    onLoad({ filter: /^url$/, namespace: 'own-url' }, () => ({
      contents: `const { urlToHttpOptions } = require('node:url')
exports.URL = URL
exports.parse = (text) => urlToHttpOptions(new URL(text))
exports.format = ({ href }) => href`,
    }))
  },
}

/** The licenses of all packages that builds took something from, for the file that goes with them; sorted by name. */
export function licensesOf(metafiles) {
  const inputs = metafiles.flatMap(({ inputs }) => Object.keys(inputs))
  const folders = new Set(inputs.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? []))
  // What is generated of a package's data names it no more.
  if (inputs.some((path) => path.endsWith('zones/zones.generated.js')))
    folders.add('node_modules/moment-timezone')
  return [...folders].map(describePackage).sort().join('\n')
}

function describePackage(path) {
  const folder = join(root, path)
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each))
  const text = file === undefined ? `License: ${license}` : readFileSync(join(folder, file), 'utf8').trim()
  return `${name} ${version}\n\n${text}\n`
}
