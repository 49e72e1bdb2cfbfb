import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { holdsPlaceholder } from '../../../src/compile/yaml/forged.js'
import type { JsonValue } from '../../../src/model/json.js'
import { at, callOf, codesOf, compileFiles, type Files } from '../../helpers/workspace.js'

const test = suite('data')

const target = `
        $each: '{{people}}'
        $as: p
        $do: { identity: { user: { id: x, displayName: '{{p.name}}' } } }
`
const files = (name: string, text: string, call = `targets:${target}`): Files => ({
  [`data/${name}`]: text,
  'calls/a.yaml': `data: { people: { file: ../data/${name} } }
calls:
  a:
    call:
      callbackUri: https://bot.example/cb
      ${call}
`,
})
const subject = (name: string, text: string, expression: string) =>
  callOf(files(name, text, `subject: '${expression}'`))['subject']

const namesOf = (made: Files): readonly unknown[] => {
  const targets = callOf(made)['targets'] as readonly { identity: { user: { displayName: string } } }[]
  return targets.map(({ identity }) => identity.user.displayName)
}

test('CSV, JSON and YAML give the same list', () => {
  const wanted = ['Ada', 'Bob']
  assert.equal(namesOf(files('l.csv', 'name\nAda\nBob\n')), wanted)
  assert.equal(namesOf(files('l.json', '[{"name":"Ada"},{"name":"Bob"}]')), wanted)
  assert.equal(namesOf(files('l.yaml', '- name: Ada\n- { name: Bob }\n')), wanted)
})

test('a byte-order mark before JSON is no fault', () => {
  assert.equal(namesOf(files('l.json', '\ufeff[{"name":"Ada"}]')), ['Ada'])
})

test('a file may hold a map', () => {
  assert.is(subject('l.json', '{"lead":{"name":"Ada"}}', '{{people.lead.name}}'), 'Ada')
  assert.is(subject('l.yaml', 'lead: { name: Ada }\n', '{{people.lead.name}}'), 'Ada')
})

test('numbers of JSON keep their type, cells of CSV are text', () => {
  assert.is(subject('l.json', '[{"n":1}]', '{{#each people}}{{eq this.n 1}}{{/each}}'), 'true')
  assert.is(subject('l.csv', 'n\n1\n', '{{#each people}}{{eq this.n "1"}}{{/each}}'), 'true')
})

test('braces in data are text', () => {
  assert.equal(namesOf(files('l.csv', 'name\n{{env.HOME}}\n"{{#each x}}"\n')), [
    '{{env.HOME}}',
    '{{#each x}}',
  ])
  assert.equal(namesOf(files('l.yaml', '- name: "{{nobody}}"\n')), ['{{nobody}}'])
})

test('a path is relative to the file of definitions', () => {
  const made = files('l.csv', 'name\nAda\n')
  const text = made['calls/a.yaml']!
  const moved = {
    'data/l.csv': made['data/l.csv']!,
    'calls/deep/a.yaml': text.replace('../data', '../../data'),
  }
  assert.equal(namesOf(moved), ['Ada'])
  assert.equal(namesOf({ ...made, 'calls/a.yaml': text.replace('../data', './../calls/..//data') }), ['Ada'])
})

test('two files of definitions may read the same list, and its faults are told once', () => {
  const made = files('l.csv', 'name\n"Ada\n')
  assert.equal(codesOf({ ...made, 'calls/b.yaml': made['calls/a.yaml']!.replace('  a:', '  b:') }), [
    'data/csv',
  ])
})

test('a file’s variable of the same name wins', () => {
  const made = files('l.csv', 'name\nAda\n')
  const text = `variables: { people: [{ name: Eve }] }\n${made['calls/a.yaml']}`
  assert.equal(namesOf({ ...made, 'calls/a.yaml': text }), ['Eve'])
})

test('a bad cell is placed at its row and column, and tells its way', () => {
  const made: Files = {
    'data/l.csv': 'id,name\n0d5f9a3e-7c41-4b8e-8f26-1a90c7d3e501,Ada\nnobody,"Bob, the second"\n',
    'templates/t.yaml': `variables:
  people: { type: array, items: { type: object, properties: { id: { type: string, format: uuid }, name: { type: string } } } }
call: { callbackUri: https://b.example, subject: "{{json people}}" }
`,
    'calls/a.yaml':
      'data: { rows: { file: ../data/l.csv } }\ncalls: { a: { uses: t, with: { people: "{{rows}}" } } }\n',
  }
  const [problem] = compileFiles(made).diagnostics
  assert.equal(
    [problem?.code, at(made, problem!)],
    ['variable/value', { place: 'data/l.csv:3:1', text: 'nobody' }],
  )
  assert.match(problem?.message ?? '', '`people[1].id`')
  assert.equal(
    problem?.origin?.variables.map((each) => [each.name, each.level, at(made, each).place]),
    [
      ['people[1].id', 'with', 'calls/a.yaml:2:40'],
      ['rows[1].id', 'data', 'data/l.csv:3:1'],
    ],
  )
})

test('a bad cell of forEach is placed too', () => {
  const made: Files = {
    'data/l.csv': 'id\nx\ny\n',
    'templates/t.yaml':
      'variables: { id: { type: string, enum: [x] } }\ncall: { callbackUri: https://b.example, subject: "{{id}}" }\n',
    'calls/a.yaml':
      'data: { rows: { file: ../data/l.csv } }\ncalls: { "n-{{p.id}}": { forEach: "{{rows}}", as: p, uses: t, with: { id: "{{p.id}}" } } }\n',
  }
  const [problem] = compileFiles(made).diagnostics
  assert.equal(at(made, problem!), { place: 'data/l.csv:3:1', text: 'y' })
})

test('what Graph does not know is placed in the cell', () => {
  const made = files('l.json', '{ "way": "outgong" }', "direction: '{{people.way}}'")
  const [problem] = compileFiles(made).diagnostics
  assert.equal([problem?.code, at(made, problem!).text], ['schema/enum', '"outgong"'])
})

test('JSON with half of a surrogate pair, or with NUL, is refused', () => {
  assert.equal(codesOf(files('l.json', '[{"name":"\\ud800"}]')), ['file/encoding'])
  assert.equal(codesOf(files('l.json', '[{"name":"\\u0000"}]')), ['file/encoding'])
})

test('JSON of a hundred thousand levels is refused, and not a crash', () => {
  const depth = 100_000
  assert.equal(codesOf(files('l.json', '['.repeat(depth) + ']'.repeat(depth))), ['yaml/too-deep'])
  assert.equal(codesOf(files('l.json', `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`)), ['yaml/too-deep'])
})

for (const [what, name, text] of [
  ['CSV', 'l.csv', 'name\n"(secret KEY)"\n'],
  ['a header of CSV', 'l.csv', 'name,(secret KEY)\nx,y\n'],
  ['JSON', 'l.json', '[{"name":"\\u0028secret KEY)"}]'],
  ['YAML', 'l.yaml', '- name: "x (known after apply: calls.a.id)"\n'],
] as const) {
  test(`text of ${what} that looks like a placeholder is refused`, () => {
    assert.equal(codesOf(files(name, text)), ['secret/place'])
  })
}

test('text that only mentions secrets is not refused', () => {
  assert.equal(namesOf(files('l.csv', 'name\n(secret)\nsecret KEY\n(a secret KEY)\n')), [
    '(secret)',
    'secret KEY',
    '(a secret KEY)',
  ])
})

const isPlain = (text: string): boolean =>
  text.isWellFormed() && !text.includes('\0') && !holdsPlaceholder(text)
const text = fc
  .oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom(
      '{{env.HOME}}',
      '- x',
      '"}',
      '__proto__',
      'a\r\nb',
      '\u202e',
      '"""',
      "'",
      '🙂',
      '$each',
      '*',
      '&a',
    ),
  )
  .filter(isPlain)
  // Where nothing is seen of an id it is nobody, and a blank last row is none.
  .map((each) => (/[^\s\p{C}]/u.test(each) ? each : `${each}x`))

test('property: any text in any cell arrives as it is, and adds no target', () => {
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 5 }), (names) => {
      const csv = `name\n${names.map((name) => `"${name.replaceAll('"', '""')}"\n`).join('')}`
      assert.equal(namesOf(files('l.csv', csv)), names)
      assert.equal(namesOf(files('l.json', JSON.stringify(names.map((name) => ({ name }))))), names)
    }),
    { seed: 7, numRuns: 150 },
  )
})

const isSafe = (value: JsonValue): boolean =>
  !/__proto__|constructor|prototype/.test(JSON.stringify(value)) && isPlain(JSON.stringify(value))

for (const path of ['../data/l.CSV', '../data/l.Csv'])
  test(`${path} is a list, too`, () => {
    const source = path.replace('../', '')
    const calls = `data: { l: { file: ${path}, separator: ";" } }
calls: { a: { call: { callbackUri: "https://b.example", subject: "{{l.0.[Display name]}}" } } }
`
    assert.is(callOf({ [source]: 'id;Display name\n1;Ada\n', 'calls/a.yaml': calls })['subject'], 'Ada')
  })
for (const [more, code] of [
  ['{ file: ../data/l.xlsx }', 'data/file'],
  ['{ file: ../data/l.csv, separator: x }', 'key/type'],
  ['{ file: ../data/l.csv, seperator: ";" }', 'key/unknown'],
  ['{ file: ../data/l.csv, separator: tab }', 'data/csv'],
] as const)
  test(`${more} is refused`, () => {
    const calls = `data: { l: ${more} }\ncalls: { a: { call: { callbackUri: "https://b.example", subject: "{{json l}}" } } }\n`
    const { diagnostics } = compileFiles({ 'data/l.csv': 'id,name\n1,Ada\n', 'calls/a.yaml': calls })
    assert.ok(
      diagnostics.some((each) => each.code === code),
      JSON.stringify(diagnostics),
    )
  })

test('property: any JSON value of a file round-trips', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
      if (!isSafe(value as JsonValue)) return
      const made = files('l.json', JSON.stringify({ value }), "subject: '{{json people.value}}'")
      assert.is(callOf(made)['subject'], JSON.stringify(value))
    }),
    { seed: 11, numRuns: 200 },
  )
})

test.run()
