// Writes validators.generated.js and shapes.generated.js from the three call schemas: `node schema/build.mjs`.
//
// Errors of the validators: a mistake is one error. The keywords are type, enum, additionalProperties,
// required, discriminator, minimum, maximum and maxItems; none is noise, nothing has to be dropped:
// - `if` only chooses a branch and reports nothing of its own (build-validators.mjs silences it);
// - `oneOf` stands beside `discriminator` everywhere, which picks one branch; `anyOf` is not used;
// - `required` waits until every property name of the object is known, so a misspelt one counts once.
import { readFileSync, writeFileSync } from 'node:fs'
import { shapesModule } from './build-shapes.mjs'
import { validatorsModule } from './build-validators.mjs'

const VERSIONS = ['seed', 'beta', 'v1.0']
const beside = (name) => new URL(name, import.meta.url)

function readSchema(version) {
  return [version, JSON.parse(readFileSync(beside(`call-${version}.json`), 'utf8'))]
}

function readIfPresent(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (error.code === 'ENOENT') return undefined
    throw error
  }
}

// Leaves an equal file alone, so that watchers and build caches see no change.
function writeIfChanged(name, text) {
  if (readIfPresent(beside(name)) !== text) writeFileSync(beside(name), text)
}

const schemas = Object.fromEntries(VERSIONS.map(readSchema))
writeIfChanged('validators.generated.js', validatorsModule(schemas))
writeIfChanged('shapes.generated.js', shapesModule(schemas))
