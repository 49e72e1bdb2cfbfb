// `tenantId` said once in callctl.yaml; two rows of one name, each told with its line.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { at, callOf, codesOf, compileFiles, type Files, noValues } from '../../helpers/workspace.js'

const test = suite('said once')
const tenant = '6f0b1c2a-54d3-4c8e-9a71-2f3d5b7e9c10'
const other = '0d5f9a3e-7c41-4b8e-8f26-1a90c7d3e501'

const needing = (settings: string, definition = '{ uses: t }'): Files => ({
  'callctl.yaml': settings,
  'templates/t.yaml':
    'variables: { tenantId: { type: string, pattern: "^[0-9a-z-]{36}$" } }\ncall: { callbackUri: https://bot.contoso.com, tenantId: "{{tenantId}}" }\n',
  'calls/a.yaml': `calls: { a: ${definition} }\n`,
})

test('a template that declares `tenantId` has it from the settings', () =>
  assert.is(callOf(needing(`tenantId: ${tenant}\n`))['tenantId'], tenant))
test('what a definition gives is over it', () =>
  assert.is(
    callOf(needing(`tenantId: ${tenant}\n`, `{ uses: t, with: { tenantId: ${other} } }`))['tenantId'],
    other,
  ))
test('so is a variable of that name', () =>
  assert.is(callOf(needing(`tenantId: ${tenant}\nvariables: { tenantId: ${other} }\n`))['tenantId'], other))
test('an environment’s own is the one', () => {
  const files = needing(`tenantId: ${tenant}\nenvironments: { eu: { tenantId: ${other} } }\n`)
  assert.is(callOf(files, { ...noValues, environmentName: 'eu' })['tenantId'], other)
})
test('a domain is refused where an id is needed', () =>
  assert.equal(codesOf(needing('tenantId: contoso.onmicrosoft.com\n')), ['variable/value']))
test('a template that does not declare it cannot read it unawares', () => {
  const files = needing(`tenantId: ${tenant}\n`)
  const bare = { ...files, 'templates/t.yaml': 'call: { callbackUri: https://bot.contoso.com }\n' }
  assert.is(callOf(bare)['tenantId'], tenant)
})

const rows = (list: string, name = 'n-{{p.id}}'): Files => ({
  'calls/a.yaml': `data: { l: { file: ../data/l.csv } }\ncalls:\n  "${name}": { forEach: "{{l}}", as: p, call: { callbackUri: https://bot.contoso.com } }\n`,
  'data/l.csv': list,
})
for (const [list, place, first] of [
  ['id\na\nb\na\n', 'data/l.csv:4:1', 'data/l.csv:2:1'],
  ['id\nb\nA\na\n', 'data/l.csv:4:1', 'data/l.csv:3:1'],
  ['name,id\nx,a\ny,b\nz,b\n', 'data/l.csv:4:3', 'data/l.csv:3:3'],
] as const)
  test(`duplicate rows are told with both: ${JSON.stringify(list)}`, () => {
    const files = rows(list)
    const found = compileFiles(files).diagnostics
    assert.equal(
      found.map(({ code }) => code),
      ['definition/duplicate-name'],
    )
    assert.is(at(files, found[0]!).place, place)
    assert.is(at(files, found[0]!.related![0]!).place, first)
  })
test('a thousand equal rows are told in bounded work', () => {
  const found = compileFiles(rows(`id\n${'a\n'.repeat(1000)}`)).diagnostics
  assert.ok(found.length > 0)
  assert.ok(found.every(({ code }) => code === 'definition/duplicate-name'))
})

test.run()
