import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readTestFile } from '../../../src/compile/expectations/read-test-file.js'
import { runTests } from '../../../src/compile/expectations/run-tests.js'
import { Budget } from '../../../src/model/budget.js'
import type { TestFailure } from '../../../src/model/language/test-report.js'
import { type Files, workspace } from '../../helpers/workspace.js'

const test = suite('runTests')
const path = 'calls/a.test.yaml'

function run(files: Files, tests: string) {
  const source = { path, text: `tests:\n${tests}` }
  const { value, diagnostics } = readTestFile(source)
  assert.equal(diagnostics, [])
  return runTests(workspace(files), value, [source], new Budget())
}
const failuresOf = (files: Files, tests: string): readonly TestFailure[] =>
  run(files, tests).results.flatMap(({ failures }) => failures)
const brief = (failures: readonly TestFailure[]) =>
  failures.map(({ expectation, pointer, expected, actual }) => [
    expectation,
    ...[pointer, expected, actual].filter((each) => each !== undefined),
  ])

const user = (id: string) => `{ identity: { user: { id: ${id} } } }`
const files: Files = {
  'callctl.yaml':
    'env: [CB, { name: PIN, secret: true }]\nlints: { lint/no-media: off }\ndefaults: { callbackUri: "{{default env.CB "https://b.example"}}" }\n'.replace(
      '"{{default env.CB "https://b.example"}}"',
      '\'{{default env.CB "https://b.example"}}\'',
    ),
  'templates/t.yaml': `variables: { who: { type: string }, topic: { type: string, default: T, maxLength: 5 } }
call: { subject: "{{topic}}", targets: [{ identity: { user: { id: "{{who}}" } } }] }
`,
  'calls/a.yaml': `variables: { topic: F }
calls:
  one: { uses: t, with: { who: ada } }
  two: { uses: t, with: { who: bob }, call: { subject: "{{env.PIN}}", tenantId: "{{calls.one.id}}" } }
  bad: { uses: t, with: { who: eve }, call: { targets: x } }
  old: { uses: t, oncePer: "{{topic}}", with: { who: ivy } }
`,
}

const passing: readonly (readonly [string, string])[] = [
  [
    'values of files',
    'address: one, expect: { values: { /subject: F, /targets/0/identity/user: { id: ada } } }',
  ],
  ['variables', 'address: one, variables: { topic: V }, expect: { values: { /subject: V } }'],
  [
    'the environment',
    'address: one, environment: { CB: "https://c.example" }, expect: { values: { /callbackUri: "https://c.example" } }',
  ],
  ['a secret as it is shown', 'address: two, expect: { values: { /subject: "(secret PIN)" } }'],
  [
    'another call’s id',
    'address: two, expect: { values: { /tenantId: "(known after apply: calls.one.id)" } }',
  ],
  ['an error', 'address: bad, expect: { diagnostics: [schema/type] }'],
  ['an error of a definition of its own', 'call: { subject: 5 }, expect: { diagnostics: [schema/type] }'],
  [
    'a template',
    'uses: t, with: { who: x }, expect: { people: [x], kind: peer-to-peer, values: { /subject: T } }',
  ],
  ['a name without its occasion', 'address: old, expect: { addresses: ["old@F"] }'],
  ['an occasion', 'address: "old@N", variables: { topic: N }, expect: { people: [ivy] }'],
  ['a pattern', 'address: "*o*", expect: { addresses: [two, one, "old@F"], people: [ada, bob, ivy] }'],
  ['a pattern that matches nothing', 'address: "x*", expect: { addresses: [] }'],
  [
    'what is absent',
    'address: one, expect: { absent: [/meetingInfo, /targets/1, /targets/00, /subject/x, /__proto__] }',
  ],
  [
    'the whole',
    `address: one, expect: { payload: { targets: [${user('ada')}], subject: F, callbackUri: "https://b.example" } }`,
  ],
  ['no diagnostics', 'address: one, expect: { diagnostics: [] }'],
]
for (const [what, text] of passing) {
  test(`${what}: passes`, () => assert.equal(failuresOf(files, `  a: { ${text} }\n`), []))
}

const failing: readonly (readonly [string, string, readonly (readonly unknown[])[]])[] = [
  ['a value', 'address: one, expect: { values: { /subject: G } }', [['values', '/subject', 'G', 'F']]],
  [
    'a type',
    'uses: t, with: { who: "1" }, expect: { values: { /targets/0/identity/user/id: 1 } }',
    [['values', '/targets/0/identity/user/id', 1, '1']],
  ],
  ['a missing value', 'address: one, expect: { values: { /x: G } }', [['values', '/x', 'G']]],
  ['what is there', 'address: one, expect: { absent: [/subject] }', [['absent', '/subject', 'F']]],
  ['one more person', 'address: one, expect: { people: [ada, bob] }', [['people', ['ada', 'bob'], ['ada']]]],
  ['a person twice', 'address: one, expect: { people: [ada, ada] }', [['people', ['ada', 'ada'], ['ada']]]],
  ['a kind', 'address: one, expect: { kind: pstn }', [['kind', 'pstn', 'peer-to-peer']]],
  [
    'a route',
    'address: one, expect: { endpoint: /beta/app/calls }',
    [['endpoint', '/beta/app/calls', '/v1.0/communications/calls']],
  ],
  ['an unknown call', 'address: on, expect: {}', [['address']]],
  ['an error', 'address: bad, expect: {}', [['diagnostics']]],
  [
    'another error',
    'address: bad, expect: { diagnostics: [schema/enum] }',
    [['diagnostics', ['schema/enum'], ['schema/type']]],
  ],
  [
    'a payload beside an expected error',
    'address: bad, expect: { diagnostics: [schema/type], kind: pstn }',
    [['kind']],
  ],
  [
    'addresses',
    'address: "*o*", expect: { addresses: [one] }',
    [['addresses', ['one'], ['one', 'two', 'old@F']]],
  ],
]
for (const [what, text, expected] of failing) {
  test(`${what}: fails`, () => assert.equal(brief(failuresOf(files, `  a: { ${text} }\n`)), expected))
}

test('errors of callctl.yaml fail every test', () => {
  const broken = { ...files, 'callctl.yaml': 'oops: 1\ndefaults: { callbackUri: "https://b.example" }\n' }
  const failures = failuresOf(broken, '  a: { uses: t, with: { who: x }, expect: {} }\n')
  assert.equal(
    failures.map(({ diagnostics }) => diagnostics?.map(({ code }) => code)),
    [['key/unknown']],
  )
})

test('errors of another call fail no test', () =>
  assert.equal(failuresOf(files, '  a: { address: one, expect: { diagnostics: [] } }\n'), []))

test('a value that fails for many calls fails the test of each', () => {
  const lazy = {
    ...files,
    'calls/a.yaml': `variables: { v: "{{env.CB}}" }
calls:
  one: { uses: t, with: { who: "{{v}}" } }
  two: { uses: t, with: { who: "{{v}}" } }
`,
  }
  const expectation = 'expect: { diagnostics: [env/unset] }'
  assert.equal(
    failuresOf(lazy, `  a: { address: one, ${expectation} }\n  b: { address: two, ${expectation} }\n`),
    [],
  )
})

test('tests with other values do not disturb one another', () => {
  const tests = ['X', 'Y', 'X'].map(
    (topic, index) =>
      `  t${index}: { address: one, variables: { topic: ${topic} }, expect: { values: { /subject: ${topic} } } }\n`,
  )
  assert.equal(failuresOf(files, tests.join('')), [])
})

test('a misspelt variable is a mistake at its place, in each test', () => {
  const one = '{ address: one, variables: { tpic: x }, expect: {} }'
  const { results, diagnostics } = run(files, `  a: ${one}\n  b: ${one}\n`)
  assert.equal(results, [])
  assert.equal(
    diagnostics.map(({ code, range }) => [code, range?.source]),
    [
      ['variable/undeclared', path],
      ['variable/undeclared', path],
    ],
  )
  assert.ok(diagnostics[0]!.range!.start < diagnostics[1]!.range!.start)
})

test('a test cannot set what proves who somebody is', () => {
  const environment = '{ address: one, environment: { gh_token: x, CB: y }, expect: {} }'
  const { diagnostics } = readTestFile({ path, text: `tests:\n  a: ${environment}\n` })
  assert.equal(
    diagnostics.map(({ code }) => code),
    ['env/name'],
  )
})

test('templates can be tested without any call', () => {
  const { 'calls/a.yaml': _, ...templates } = files
  assert.equal(failuresOf(templates, '  a: { uses: t, with: { who: x }, expect: { people: [x] } }\n'), [])
})

test.run()
