import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { at, compileFiles, type Files, vars } from '../../helpers/workspace.js'

const test = suite('origins')

const template = `variables: { way: { type: string, default: outgong } }
call:
  callbackUri: https://b.example
  direction: "{{way}}"
`
const files = (definition: string, more: Files = {}): Files => ({
  'templates/t.yaml': template,
  'calls/a.yaml': `${definition}\n`,
  ...more,
})

function chainOf(made: Files, values?: Parameters<typeof compileFiles>[1]) {
  const [problem] = compileFiles(made, values).diagnostics
  assert.is(problem?.code, 'schema/enum')
  return {
    place: at(made, problem!).place,
    pointer: problem?.pointer,
    used: problem?.origin && at(made, problem.origin).place,
    variables: problem?.origin?.variables.map(
      (each) => `${each.name} ${each.level}${each.range === undefined ? '' : ` ${at(made, each).place}`}`,
    ),
  }
}

test('a default: the template’s own line', () => {
  assert.equal(chainOf(files('calls: { a: { uses: t } }')), {
    place: 'templates/t.yaml:1:44',
    pointer: '/direction',
    used: 'templates/t.yaml:4:14',
    variables: ['way template default templates/t.yaml:1:44'],
  })
})

test('a value under `with`', () => {
  const chain = chainOf(files('calls: { a: { uses: t, with: { way: incomming } } }'))
  assert.equal(chain.variables, ['way with calls/a.yaml:1:37'])
  assert.is(chain.place, 'calls/a.yaml:1:37')
})

test('a value under `with` that is a variable of the file', () => {
  const chain = chainOf(
    files('variables: { w: incomming }\ncalls: { a: { uses: t, with: { way: "{{w}}" } } }'),
  )
  assert.equal(chain.variables, ['way with calls/a.yaml:2:37', 'w file calls/a.yaml:1:17'])
  assert.is(chain.place, 'calls/a.yaml:1:17')
})

test('a variable of callctl.yaml, and of an environment', () => {
  const made = files('calls: { a: { uses: t } }', {
    'callctl.yaml': 'variables: { way: incomming }\nenvironments: { e: { variables: { way: outgonig } } }\n',
  })
  assert.equal(chainOf(made).variables, ['way callctl.yaml callctl.yaml:1:19'])
  assert.equal(chainOf(made, { ...vars({}), environmentName: 'e' }).variables, [
    'way environment callctl.yaml:2:40',
  ])
})

test('--var stands in no file, so the place is where it is used', () => {
  const chain = chainOf(files('calls: { a: { uses: t } }'), vars({ way: 'incomming' }))
  assert.equal(chain.variables, ['way --var'])
  assert.is(chain.place, 'templates/t.yaml:4:14')
})

test('a cell: payload, template, variable, row and column', () => {
  const made = files(
    'data: { rows: { file: ../data/l.csv } }\ncalls:\n  "n-{{p.id}}": { forEach: "{{rows}}", as: p, uses: t, with: { way: "{{p.way}}" } }',
    { 'data/l.csv': 'id,way\n1,outgoing\n2,incomming\n' },
  )
  assert.equal(chainOf(made), {
    place: 'data/l.csv:3:3',
    pointer: '/direction',
    used: 'templates/t.yaml:4:14',
    variables: ['way with calls/a.yaml:3:69', 'rows[1].way data data/l.csv:3:3'],
  })
})

test('a value of a parent template’s line', () => {
  const made = files('calls: { a: { uses: child } }', { 'templates/child.yaml': 'extends: t\n' })
  assert.equal(chainOf(made).used, 'templates/t.yaml:4:14')
})

test('a value that the definition’s own call gives', () => {
  const chain = chainOf(files('calls: { a: { uses: t, call: { direction: sideways } } }'))
  assert.is(chain.place, 'calls/a.yaml:1:43')
  assert.equal(chain.variables, [])
})

test.run()
