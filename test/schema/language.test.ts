import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parse } from 'yaml'
import { callKinds, expectationKeys } from '../../src/compile/expectations/read-expectations.js'
import { testFileKeys, testKeys } from '../../src/compile/expectations/read-test-file.js'
import { callsFileKeys, definitionKeys } from '../../src/compile/language/read-definitions.js'
import { adjustableCodes, environmentKeys, settingsKeys } from '../../src/compile/language/read-settings.js'
import { templateKeys } from '../../src/compile/language/read-template.js'
import { formats, schemaKeys } from '../../src/compile/language/variable-schema.js'
import { isTestFile } from '../../src/model/language/source.js'

// The schemas of the language's files say what the compiler says, and take what it takes.

const test = suite('language schemas')
const names = ['calls', 'template', 'workspace', 'test'] as const
type Name = (typeof names)[number]

interface Schema {
  readonly properties: Readonly<Record<string, Schema>>
  readonly additionalProperties?: Schema
  readonly definitions: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly enum?: readonly unknown[]
}

const pathOf = (name: Name): string => join(process.cwd(), 'schema', `${name}.json`)
const readText = (name: Name): string => readFileSync(pathOf(name), 'utf8')
const schemas = Object.fromEntries(
  names.map((name) => [name, JSON.parse(readText(name)) as Schema]),
) as Record<Name, Schema>
const ajv = new Ajv({ strict: false, allErrors: true })
const validators = Object.fromEntries(names.map((name) => [name, ajv.compile(schemas[name])])) as Record<
  Name,
  ReturnType<typeof ajv.compile>
>

const keysOf = ({ properties }: Schema): readonly string[] => Object.keys(properties).sort()
const sorted = (keys: readonly string[]): readonly string[] => [...keys].sort()

test('they are what the build makes of the call schemas', () => {
  const before = names.map(readText)
  execFileSync(process.execPath, ['schema/build.mjs'])
  assert.ok(
    names.map(readText).every((text, index) => text === before[index]),
    'run: node schema/build.mjs',
  )
})

test('they are small enough for an editor', () => {
  for (const name of names) assert.ok(readText(name).length < 300_000, name)
})

test('a file of definitions has the keys that the compiler reads', () => {
  assert.equal(keysOf(schemas.calls), sorted(callsFileKeys))
  assert.equal(keysOf(schemas.calls.definitions['definition']!), sorted(definitionKeys))
})

test('a file of tests has the keys that the compiler reads', () => {
  assert.equal(keysOf(schemas.test), sorted(testFileKeys))
  const each = schemas.test.properties['tests']!.additionalProperties!
  assert.equal(keysOf(each), sorted(testKeys))
  assert.equal(keysOf(each.properties['expect']!), sorted(expectationKeys))
  assert.equal(each.properties['expect']!.properties['kind']!.enum, callKinds)
})

test('a template has the keys that the compiler reads', () => {
  assert.equal(keysOf(schemas.template), sorted(templateKeys))
})

test('a variable has the keywords that the compiler reads', () => {
  const { variable } = schemas.template.definitions
  assert.equal(keysOf(variable!), sorted([...new Set([...schemaKeys, 'default', 'secret'])]))
  assert.equal(variable!.properties['format']!.enum, formats)
})

test('callctl.yaml has the keys that the compiler reads', () => {
  const { properties } = schemas.workspace
  assert.equal(keysOf(schemas.workspace), sorted(settingsKeys))
  assert.equal(keysOf(properties['environments']!.additionalProperties!), sorted(environmentKeys))
  assert.equal(keysOf(properties['lints']!), sorted(adjustableCodes))
})

function accepts(name: Name, value: unknown): void {
  const validate = validators[name]
  assert.ok(validate(value), JSON.stringify(validate.errors))
}

const stock: readonly (readonly [Name, string])[] = [
  ['workspace', 'callctl.yaml'],
  ...filesOf('templates').map((path) => [isTestFile(path) ? 'test' : 'template', path] as const),
  ...filesOf('calls').map((path) => [isTestFile(path) ? 'test' : 'calls', path] as const),
]

function filesOf(folder: string): readonly string[] {
  const files = readdirSync(join(process.cwd(), folder)).filter((name) => name.endsWith('.yaml'))
  return files.map((name) => join(folder, name))
}

for (const [name, path] of stock) {
  test(`${path} is taken`, () => {
    accepts(name, parse(readFileSync(join(process.cwd(), path), 'utf8')))
  })
}

for (const version of ['v1.0', 'beta', 'seed']) {
  const path = join(process.cwd(), 'test', 'schema', 'fixtures', `${version}.json`)
  const bodies = JSON.parse(readFileSync(path, 'utf8')) as Readonly<Record<string, object>>
  for (const [body, call] of Object.entries(bodies)) {
    test(`a call of ${version} is taken: ${body}`, () => accepts('calls', { calls: { a: { call } } }))
  }
}

test('the whole language is taken', () => {
  accepts('calls', {
    variables: { a: 1 },
    data: { people: { file: '../data/people.csv' } },
    calls: {
      'notify-{{p.id}}': {
        description: 'x',
        forEach: '{{people}}',
        as: 'p',
        uses: 'ping',
        with: { id: '{{p.id}}' },
        call: { subject: null },
        graph: { version: 'beta' },
        oncePer: '{{a}}',
        movedFrom: 'b',
        onChange: 'redial',
      },
    },
  })
  accepts('template', {
    extends: 'a',
    variables: { x: { type: ['string', 'null'], secret: true, default: null } },
  })
  accepts('workspace', {
    env: ['A', { name: 'B', secret: true }],
    environments: { test: { variables: {}, defaults: {}, limits: { people: 1 } } },
    lints: { 'schema/unknown-property': 'warn' },
  })
})

test('what is misspelt is not taken', () => {
  assert.not.ok(validators.calls({ calls: { a: { cal: {} } } }))
  assert.not.ok(validators.template({ call: { subjet: 'x' } }))
  assert.not.ok(validators.workspace({ limits: { peple: 1 } }))
})

test.run()
