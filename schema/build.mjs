// Writes, from the three call schemas and operations.json: `node schema/build.mjs`
// - call-*.generated.js and bodies.generated.js, for the compiler;
// - calls.json, template.json, workspace.json and test.json, for editors, checked in;
// - texts.generated.js, all of the schemas for `callctl schema`.
//
// Errors of the validators: a mistake is one error. The keywords are type, enum, additionalProperties,
// required, discriminator, minimum, maximum, minItems, maxItems and maxLength; none is noise:
// - `if` only chooses a branch and reports nothing of its own (build-validators.mjs silences it);
// - `oneOf` stands beside `discriminator` everywhere, which picks one branch; `anyOf` is not used;
// - `required` waits until every property name of the object is known, so a misspelt one counts once.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'
import { editorSchemas } from './build-editor.mjs'
import { operationSchemas } from './build-operations.mjs'
import { textsModule } from './build-texts.mjs'
import { schemaModules } from './build-validators.mjs'
import { formatJson } from './format-json.mjs'

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

/** The compiler's own list of diagnostic codes. */
async function readCodes() {
  const file = fileURLToPath(beside('../src/model/diagnostics/diagnostic-codes.ts'))
  const { outputFiles } = buildSync({ entryPoints: [file], write: false, format: 'esm' })
  const url = `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`
  return (await import(url)).diagnosticCodes
}

const schemas = Object.fromEntries(VERSIONS.map(readSchema))
const operations = operationSchemas(JSON.parse(readFileSync(beside('operations.json'), 'utf8')))
for (const [name, text] of Object.entries(schemaModules(schemas, operations)))
  writeIfChanged(`${name}.generated.js`, text)

const editor = editorSchemas([schemas.beta, schemas['v1.0'], schemas.seed], await readCodes())
for (const [name, schema] of Object.entries(editor)) writeIfChanged(`${name}.json`, formatJson(schema))
const names = [...Object.keys(editor), ...VERSIONS.map((version) => `call-${version}`)]
const texts = names.map((name) => [name, readFileSync(beside(`${name}.json`), 'utf8')])
writeIfChanged('texts.generated.js', textsModule(Object.fromEntries(texts)))
