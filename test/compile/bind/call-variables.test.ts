import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Assignment } from '../../../src/model/language/workspace.js'
import { callOf, codesOf, compileFiles, vars } from '../../helpers/workspace.js'

const callback = 'callbackUri: https://b.example'
const one = (name: string, more = '') => `calls: { ${name}: { call: { ${callback} }${more} } }\n`

const levels = suite('levels of values')

/** From low to high; each gives `v` its own name. */
const givers = ['template default', 'callctl.yaml', 'file', 'with', '--var-file', '--var'] as const
type Giver = (typeof givers)[number]

function subjectGivenBy(given: readonly Giver[]): unknown {
  const has = (giver: Giver) => given.includes(giver)
  const files = {
    ...(has('callctl.yaml') && { 'callctl.yaml': 'variables: { v: callctl.yaml }\n' }),
    'templates/t.yaml': `variables: { v: { type: string${has('template default') ? ', default: template default' : ''} } }
call: { ${callback}, subject: "{{v}}" }
`,
    'calls/a.yaml': `${has('file') ? 'variables: { v: file }\n' : ''}calls: { a: { uses: t, with: {${has('with') ? ' v: with ' : ''}} } }\n`,
  }
  const assignments = (['--var-file', '--var'] as const)
    .filter(has)
    .map((level): Assignment => ({ name: 'v', level, value: level }))
  return callOf(files, { environment: {}, assignments })['subject']
}

for (const [index, low] of givers.entries()) {
  levels(`${low} alone gives the value`, () => assert.is(subjectGivenBy([low]), low))
  for (const high of givers.slice(index + 1))
    levels(`${high} wins over ${low}`, () => assert.is(subjectGivenBy([low, high]), high))
}
levels('--var wins over all', () => assert.is(subjectGivenBy(givers), '--var'))

levels('--var replaces a variable of a file that no template declares', () => {
  const files = {
    'calls/a.yaml': `variables: { v: a }\ncalls: { a: { call: { ${callback}, subject: "{{v}}" } } }\n`,
  }
  assert.is(callOf(files, vars({ v: 'b' }))['subject'], 'b')
})

levels('a variable of a file wins over that of callctl.yaml in the definition too', () => {
  const files = {
    'callctl.yaml': 'variables: { v: a, w: c }\n',
    'calls/a.yaml': `variables: { v: b }\ncalls: { a: { call: { ${callback}, subject: "{{v}}{{w}}" } } }\n`,
  }
  assert.is(callOf(files)['subject'], 'bc')
})

levels('variables of one file are unknown in another', () => {
  const files = {
    'calls/a.yaml': `variables: { v: b }\n${one('a')}`,
    'calls/b.yaml': `calls: { b: { call: { ${callback}, subject: "{{v}}" } } }\n`,
  }
  assert.equal(codesOf(files), ['variable/undefined'])
})

levels('variables may need later ones', () => {
  const files = {
    'calls/a.yaml': `variables: { a: "{{b}}!", b: x }\ncalls: { a: { call: { ${callback}, subject: "{{a}}" } } }\n`,
  }
  assert.is(callOf(files)['subject'], 'x!')
})

const typed = suite('--var is read by the declared type')

const typedFiles = (schema: string) => ({
  'templates/t.yaml': `variables: { v: ${schema} }\ncall: { ${callback}, subject: "{{json v}}" }\n`,
  'calls/a.yaml': 'calls: { a: { uses: t } }\n',
})
const readings: readonly (readonly [schema: string, text: string, json: string | undefined])[] = [
  ['{ type: string }', '007', '"007"'],
  ['{ type: string }', 'true', '"true"'],
  ['{}', '5', '"5"'],
  ['{ type: integer }', '5', '5'],
  ['{ type: integer }', '5.5', undefined],
  ['{ type: integer }', 'five', undefined],
  ['{ type: number }', '-0.5', '-0.5'],
  ['{ type: boolean }', 'true', 'true'],
  ['{ type: boolean }', 'yes', undefined],
  ['{ type: array }', '["a", 1]', '["a",1]'],
  ['{ type: array }', 'a,b', undefined],
  ['{ type: object }', '{ "a": null }', '{"a":null}'],
  ['{ type: object }', '{ "__proto__": { "x": 1 } }', undefined],
  ['{ type: [integer, "null"] }', 'null', 'null'],
  ['{ type: [integer, string] }', '5', '"5"'],
]
for (const [schema, text, json] of readings) {
  typed(`${schema} reads ${text} as ${json ?? 'an error'}`, () => {
    const files = typedFiles(schema)
    if (json === undefined) assert.equal(codesOf(files, vars({ v: text })), ['variable/value'])
    else assert.is(callOf(files, vars({ v: text }))['subject'], json)
  })
}

typed('a number of a file is replaced by a number', () => {
  const files = {
    'calls/a.yaml': `variables: { v: 5 }\ncalls: { a: { call: { ${callback}, subject: "{{json v}}" } } }\n`,
  }
  assert.is(callOf(files, vars({ v: '7' }))['subject'], '7')
  assert.equal(codesOf(files, vars({ v: 'x' })), ['variable/value'])
})

typed('a name that nothing declares is complained about', () => {
  const { diagnostics } = compileFiles({ 'calls/a.yaml': one('a') }, vars({ nobody: 'x' }))
  assert.equal(
    diagnostics.map(({ code, range }) => [code, range]),
    [['variable/undeclared', undefined]],
  )
})

levels.run()
typed.run()
