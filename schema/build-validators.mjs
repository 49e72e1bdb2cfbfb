// Turns the call schemas into self-contained ES modules of validate functions and tables of types. Pure.
import { fileURLToPath } from 'node:url'
import { Ajv } from 'ajv'
import standaloneCode from 'ajv/dist/standalone/index.js'
import { buildSync } from 'esbuild'
import { BODIES, withCallTypes } from './build-operations.mjs'
import { exportBodyTypes, exportShapes } from './build-shapes.mjs'
import { shareDefinitions } from './build-shared.mjs'

// Ajv's code for calls and errors, made short in the thousand places where it stands. Appending in place
// also keeps many errors linear, where ajv's `concat` copies them once more on every level.
const HELPERS = `
const mistake = (instancePath, keyword, params) => ({ instancePath, schemaPath: '#/' + keyword, keyword, params })
const add = (list, error) => { if (list === null) return [error]; list.push(error); return list }
const join = (list, more) => { if (list === null) return more; for (const error of more) list.push(error); return list }
`
const SHORTER = [
  [/,parentData(:[^,{}]+)?,parentDataProperty(:[^,{}]+)?,rootData/g, ''],
  [/\{instancePath="", parentData, parentDataProperty, rootData=data\}/g, '{instancePath=""}'],
  [
    /if\(vErrors === null\)\{vErrors = \[(\w+)\];\}else \{vErrors\.push\(\1\);\}/g,
    'vErrors = add(vErrors, $1);',
  ],
  [
    /vErrors = vErrors === null \? (\w+)\.errors : vErrors\.concat\(\1\.errors\);/g,
    'vErrors = join(vErrors, $1.errors);',
  ],
  [/\{instancePath,/g, '{instancePath:instancePath,'],
  [/\{instancePath:([^{}]*?),schemaPath:"[^"]*",keyword:("\w+"),params:(\{[^{}]*\})\}/g, 'mistake($1,$2,$3)'],
  [/const (err\d+) = (mistake\([^;]*\));vErrors = add\(vErrors, \1\);/g, 'vErrors = add(vErrors, $2);'],
  [
    /const (schema\d+) = (\{[^;]*\});/g,
    (_, name, json) => `const ${name} = ${JSON.stringify(namesOnly(JSON.parse(json)))};`,
  ],
]

/**
 * Names of modules to their texts; `schemas` and `operations` map version to schema. A module for each version, since
 * most programs need just one.
 */
export function schemaModules(schemas, operations) {
  const calls = Object.entries(schemas).map(([version, schema]) => {
    const { definitions, roots } = shareDefinitions({ call: schema })
    const validators = validatorsModule(definitions, { validateCall: roots.call })
    return [`call-${version}`, validators + exportShapes(schema)]
  })
  const bodies = bodiesModule(schemas, operations) + exportBodyTypes(schemas, operations)
  return Object.fromEntries([...calls, ['bodies', bodies]])
}

function bodiesModule(schemas, operations) {
  const bodies = withCallTypes(operations, schemas)
  const named = Object.entries(BODIES).map(([name, [version, body]]) => [name, [bodies[version], body]])
  const { definitions, roots } = shareDefinitions({}, Object.fromEntries(named))
  return validatorsModule(definitions, roots)
}

/** `roots` maps names of exports to references. */
function validatorsModule(definitions, roots) {
  const ajv = createAjv()
  ajv.addSchema({ $id: 'shared', definitions })
  const refs = Object.entries(roots).map(([name, root]) => [name, `shared${root}`])
  // Ajv would write out twice what two names mean.
  const first = new Map(refs.toReversed().map(([name, ref]) => [ref, name]))
  const code = standaloneCode(ajv, Object.fromEntries(refs.filter(([name, ref]) => first.get(ref) === name)))
  const others = refs.filter(([name, ref]) => first.get(ref) !== name)
  const aliases = others.map(([name, ref]) => `export const ${name}=${first.get(ref)};`)
  return selfContained(HELPERS + SHORTER.reduce(replaceAll, code) + aliases.join(''))
}

function createAjv() {
  const ajv = new Ajv({
    allErrors: true,
    discriminator: true,
    strict: true,
    strictRequired: false, // `if` asks whether @odata.type is there without describing it
    messages: false,
    logger: false, // it would call `unicode` deprecated
    unicode: false, // text is measured in UTF-16 units, which needs no code of ajv's own
    inlineRefs: 3, // bigger ones become functions that their users share
    code: { source: true, esm: true },
  })
  ajv.addKeyword({ keyword: 'x-callctl-person', schemaType: 'string' })
  silenceIf(ajv)
  return ajv
}

// Ajv adds an `if` error above whatever failed inside then or else; the inner error says it all.
function silenceIf(ajv) {
  const standard = ajv.getKeyword('if')
  ajv.removeKeyword('if')
  ajv.addKeyword({
    ...standard,
    code(context) {
      context.error = () => {}
      standard.code(context)
    },
  })
}

// What errors and look-ups need of a schema that ajv carries along: property names and enum members.
function namesOnly({ enum: members, properties = {} }) {
  const names = Object.entries(properties).map(([name, value]) => [name, namesOnly(value)])
  return {
    ...(members ? { enum: members } : {}),
    ...(names.length ? { properties: Object.fromEntries(names) } : {}),
  }
}

// Another release of ajv may write other code; then the build says so instead of growing the file.
function replaceAll(code, [pattern, replacement]) {
  const shorter = code.replace(pattern, replacement)
  if (shorter === code) throw new Error(`ajv's output holds nothing like ${pattern}`)
  return shorter
}

// Ajv's ESM output may still `require` its runtime; bundling takes that in.
function selfContained(contents) {
  const { outputFiles } = buildSync({
    stdin: { contents, resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    charset: 'utf8',
  })
  return `// Generated by schema/build.mjs from the call schemas. Not for editing.\n${outputFiles[0].text}`
}
