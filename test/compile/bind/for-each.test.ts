import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compile } from '../../../src/compile/compile.js'
import {
  codesOf,
  compileFiles,
  type Files,
  fileVars,
  noValues,
  bareWorkspace as workspace,
} from '../../helpers/workspace.js'

const test = suite('forEach')

const people = 'id,name\n1,Ada\n2,Bob\n3,Eve\n'
const template = `variables: { who: { type: string } }
call: { callbackUri: https://b.example, subject: "{{who}}" }
`
const files = (definition: string, more: Files = {}): Files => ({
  'data/people.csv': people,
  'templates/t.yaml': template,
  'calls/a.yaml': `data: { people: { file: ../data/people.csv } }\ncalls:\n  ${definition}\n`,
  ...more,
})
const body = (subject: string) => `call: { callbackUri: https://b.example, subject: '${subject}' }`
const overPeople = (rest: string, name = 'n-{{p.id}}') =>
  files(`'${name}': { forEach: '{{people}}', as: p, ${rest} }`)

const subjectsOf = (made: Files) => compileFiles(made).payloads.map(({ call }) => call['subject'])
const addressesOf = (made: Files) => compileFiles(made).payloads.map(({ address }) => address)

test('makes one call for each row, named by it, in the rows’ order', () => {
  assert.equal(addressesOf(overPeople(body('{{p.name}}'))), ['n-1', 'n-2', 'n-3'])
})

test('`with`, `call` and the name see the item', () => {
  assert.equal(subjectsOf(overPeople("uses: t, with: { who: '{{p.name}}' }")), ['Ada', 'Bob', 'Eve'])
  assert.equal(subjectsOf(overPeople("uses: t, with: { who: x }, call: { subject: '{{p.id}}' }")), [
    '1',
    '2',
    '3',
  ])
})

test('@index, @first and @last are those of the list', () => {
  const made = overPeople(
    body('{{@index}}{{#if @first}} first{{/if}}{{#if @last}} last{{/if}}'),
    'n-{{@index}}',
  )
  assert.equal(subjectsOf(made), ['0 first', '1', '2 last'])
  assert.equal(addressesOf(made), ['n-0', 'n-1', 'n-2'])
})

test('the list may be a variable of the file', () => {
  const calls = `variables: { l: [x, y] }\ncalls:\n  'n-{{p}}': { forEach: '{{l}}', as: p, ${body('{{p}}')} }\n`
  assert.equal(addressesOf({ 'calls/a.yaml': calls }), ['n-x', 'n-y'])
})

test('the list may be what a helper yields', () => {
  const calls = `calls:\n  'n-{{p}}': { forEach: '{{split "x,y" ","}}', as: p, ${body('{{p}}')} }\n`
  assert.equal(addressesOf({ 'calls/a.yaml': calls }), ['n-x', 'n-y'])
})

test('the list may come from a --var-file', () => {
  const calls = `variables: { l: [x] }\ncalls:\n  'n-{{p}}': { forEach: '{{l}}', as: p, ${body('{{p}}')} }\n`
  const { payloads } = compileFiles({ 'calls/a.yaml': calls }, fileVars({ l: ['u', 'v'] }))
  assert.equal(
    payloads.map(({ address }) => address),
    ['n-u', 'n-v'],
  )
})

test('an empty list makes no call, which is said', () => {
  const { payloads, diagnostics } = compileFiles({
    ...overPeople(body('{{p.name}}')),
    'data/people.csv': 'id,name\n',
  })
  assert.equal(payloads, [])
  assert.equal(
    diagnostics.map(({ code, severity }) => `${code} ${severity}`),
    ['definition/empty-list warning'],
  )
})

test('the item hides a variable of the same name', () => {
  const calls = `variables: { p: outside, l: [in] }\ncalls:\n  'n-{{p}}': { forEach: '{{l}}', as: p, ${body('{{p}}')} }\n  b: { ${body('{{p}}')} }\n`
  assert.equal(subjectsOf({ 'calls/a.yaml': calls }), ['in', 'outside'])
})

test('a template does not see the item', () => {
  const made = {
    ...overPeople('uses: t, with: { who: x }'),
    'templates/t.yaml': template.replace('{{who}}', '{{who}}{{p.id}}'),
  }
  assert.equal(codesOf(made), ['variable/undefined'])
})

test('a clash of names tells both places, for each row', () => {
  const { diagnostics, definedAddresses } = compileFiles({
    ...overPeople(body('{{p.name}}')),
    'data/people.csv': 'id,name\n1,a\n1,b\n1,c\n',
  })
  assert.equal(
    diagnostics.map(({ code, related }) => [code, related?.length]),
    [
      ['definition/duplicate-name', 1],
      ['definition/duplicate-name', 1],
    ],
  )
  assert.is(definedAddresses, undefined)
})

test('a bad row is named in the message', () => {
  const { diagnostics } = compileFiles({
    ...overPeople(body('x')),
    'data/people.csv': 'id,name\nok,a\nno way,b\n',
  })
  assert.match(diagnostics[0]?.message ?? '', 'n-no way')
})

test('a mistake that every row makes is one message', () => {
  assert.equal(codesOf(overPeople("uses: t, with: { who: '{{upper p}}' }")), ['expression/arguments'])
})

test('bad rows leave the good ones as they are', () => {
  const made = {
    ...overPeople("uses: t, with: { who: '{{p.name}}' }"),
    'templates/t.yaml': template.replace('type: string', 'type: string, maxLength: 3'),
    'data/people.csv': 'id,name\n1,Ada\n2,Barbara\n3,Eve\n',
  }
  const { payloads, diagnostics } = compileFiles(made)
  assert.equal(
    payloads.map(({ address }) => address),
    ['n-1', 'n-3'],
  )
  assert.is(diagnostics.length, 1)
})

test('ten thousand rows are read and compiled in one go', () => {
  const count = (rows: number): number => {
    const table = Array.from({ length: rows }, (_, row) => `${row},x`).join('\n')
    const made = workspace({ ...overPeople(body('{{p.name}}')), 'data/people.csv': `id,name\n${table}\n` })
    let opened = 0
    const { payloads } = compile(
      {
        ...made,
        openFile: (path) => {
          opened += 1
          return made.openFile(path)
        },
      },
      noValues,
    )
    assert.is(payloads.length, rows)
    return opened
  }
  assert.is(count(1), 1)
  assert.is(count(10_000), 1)
})

test.run()
