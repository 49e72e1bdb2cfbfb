// A complaint about a value says where the value is spelled out, by which way it came, and in which call.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Values } from '../../../src/model/language/workspace.js'
import { at, compileFiles, environment, type Files, noValues, vars } from '../../helpers/workspace.js'

const test = suite('ways of values')

const templates: Files = {
  'templates/ring.yaml': `variables: { number: { type: [string, "null"] } }
call: { callbackUri: https://b.example, subject: "{{e164 number}}" }
`,
  'templates/join.yaml': `variables: { link: {} }
call: { callbackUri: https://b.example, meetingInfo: "{{meetingInfo link}}" }
`,
  'templates/each.yaml': `variables: { numbers: {} }
call: { callbackUri: https://b.example, subject: "x", targets: { $each: "{{numbers}}", $as: n, $do: { id: "{{e164 n}}" } } }
`,
}

interface Told {
  readonly code: string
  readonly place: string
  readonly text: string
  readonly address: string | undefined
  readonly way: readonly string[]
}

function complaintsAbout(files: Files, values: Values = noValues): readonly Told[] {
  const made = { ...templates, ...files }
  return compileFiles(made, values).diagnostics.map((found) => ({
    code: found.code,
    ...at(made, found),
    address: found.address,
    way: (found.origin?.variables ?? []).map(({ name, level }) => `${name} ${level}`),
  }))
}

const people = { 'data/l.csv': 'id,phone,link\na,+14258828080,https://x\nb,abc,nope\nc,12,\n' }
const rows = (body: string, more: Files = people): Files => ({
  ...more,
  'calls/a.yaml': `data: { l: { file: ../data/${Object.keys(more)[0]!.slice(5)} } }
calls: { "n-{{p.id}}": { forEach: "{{l}}", as: p, ${body} } }
`,
})

test('a cell given to a helper of a template: each row, once', () => {
  assert.equal(complaintsAbout(rows('uses: ring, with: { number: "{{p.phone}}" }')), [
    {
      code: 'expression/arguments',
      place: 'data/l.csv:3:3',
      text: 'abc',
      address: 'n-b',
      way: ['number with', 'l[1].phone data'],
    },
    {
      code: 'expression/arguments',
      place: 'data/l.csv:4:3',
      text: '12',
      address: 'n-c',
      way: ['number with', 'l[2].phone data'],
    },
  ])
})

const placesOf = (files: Files, values?: Values): readonly string[] =>
  complaintsAbout(files, values).map(({ place, text, address }) => `${place} ${text} ${address}`)

test('a cell in a helper of the definition’s own call, behind another helper', () => {
  const files = rows('call: { callbackUri: https://b.example, subject: "{{e164 (trim p.phone) \\"US\\"}}" }')
  assert.equal(placesOf(files), ['data/l.csv:3:3 abc n-b', 'data/l.csv:4:3 12 n-c'])
})

test('a link in a stock template: the cell, not the template', () => {
  const found = complaintsAbout(rows('uses: join, with: { link: "{{p.link}}" }'))
  assert.equal(
    found.map(({ place, address }) => `${place} ${address}`),
    ['data/l.csv:2:16 n-a', 'data/l.csv:3:7 n-b', 'data/l.csv:4:6 n-c'],
  )
})

test('a value of JSON, of YAML, null or not there', () => {
  const json = { 'data/l.json': '[{"id":"a","phone":null},\n{"id":"b","phone":{"x":1}},\n{"id":"c"}]' }
  assert.equal(placesOf(rows('uses: ring, with: { number: "{{trim p.phone}}" }', json)), [
    'data/l.json:1:20 null n-a',
    'data/l.json:2:19 {"x":1} n-b',
    'data/l.json:3:1 {"id":"c"} n-c',
  ])
  const yaml = { 'data/l.yaml': '- { id: a, phones: [] }\n- { id: b, phones: [x] }\n' }
  assert.equal(placesOf(rows('uses: ring, with: { number: "{{first p.phones}}" }', yaml)), [
    'data/l.yaml:1:20 [] n-a',
    'data/l.yaml:2:21 x n-b',
  ])
})

test('a property of a null', () => {
  const json = { 'data/l.json': '[{"id":"a","at":null},{"id":"b","at":{"x":"c"}}]' }
  assert.equal(placesOf(rows('call: { callbackUri: https://b.example, subject: "{{p.at.x}}" }', json)), [
    'data/l.json:1:17 null n-a',
  ])
})

test('an item that `$each` made of a list, with items left out before it', () => {
  const files = {
    ...people,
    'calls/a.yaml': `data: { l: { file: ../data/l.csv } }
calls:
  g:
    uses: each
    with:
      numbers: { $each: "{{l}}", $as: q, $do: { $if: "{{eq q.id \\"c\\"}}", $then: "{{q.phone}}" } }
`,
  }
  assert.equal(complaintsAbout(files), [
    {
      code: 'expression/arguments',
      place: 'data/l.csv:4:3',
      text: '12',
      address: 'g',
      way: ['numbers[0] with', 'l[2].phone data'],
    },
  ])
})

test('`$each` within `$each`, over lists of a list', () => {
  const files = {
    'data/l.json': '[{"p":["+14258828080"]},{"p":["+14258828080","zz"]}]',
    'calls/a.yaml': `data: { l: { file: ../data/l.json } }
calls:
  g:
    call:
      callbackUri: https://b.example
      targets: { $each: "{{l}}", $as: t, $do: { ids: { $each: "{{t.p}}", $as: n, $do: "{{e164 n}}" } } }
`,
  }
  assert.equal(placesOf(files), ['data/l.json:1:46 "zz" g'])
})

test('an item of `#each`, and `this` in it', () => {
  const files = {
    'data/l.json': '[{"n":"zz"}]',
    'calls/a.yaml': `data: { l: { file: ../data/l.json } }
calls:
  g: { call: { callbackUri: https://b.example, subject: "{{#each l as |x|}}{{e164 x.n}}{{/each}}" } }
  h: { call: { callbackUri: https://b.example, subject: "{{#each l}}{{e164 this.n}}{{/each}}" } }
`,
  }
  assert.equal(placesOf(files), ['data/l.json:1:7 "zz" g', 'data/l.json:1:7 "zz" h'])
})

test('an item that stands in the directive itself', () => {
  const files = {
    'calls/a.yaml': `calls:
  g: { uses: each, with: { numbers: ["+14258828080", zz] } }
  h: { call: { callbackUri: https://b.example, targets: { $each: [yy], $as: n, $do: { id: "{{e164 n}}" } } } }
`,
  }
  assert.equal(placesOf(files), ['calls/a.yaml:2:54 zz g', 'calls/a.yaml:3:67 yy h'])
})

test('a variable of a file behind `with`, and a default of a template', () => {
  const files = {
    'templates/d.yaml': `variables: { number: { default: dd } }
call: { callbackUri: https://b.example, subject: "{{e164 number}}" }
`,
    'calls/a.yaml': `variables: { main: { desk: zz } }
calls:
  g: { uses: ring, with: { number: "{{main.desk}}" } }
  h: { uses: d }
`,
  }
  assert.equal(
    complaintsAbout(files).map(({ place, address, way }) => [place, address, ...way]),
    [
      ['calls/a.yaml:1:28', 'g', 'number with', 'main.desk file'],
      ['templates/d.yaml:1:33', 'h', 'number template default'],
    ],
  )
})

test('the environment and the command line stand in no file: where they are read, with their names', () => {
  const files = {
    'callctl.yaml': 'env: [PHONE]\nlints: { env/chooses: off }\n',
    'calls/a.yaml': 'calls: { g: { uses: ring, with: { number: "{{env.PHONE}}" } } }\n',
  }
  const [found] = complaintsAbout(files, environment({ PHONE: 'zz' }))
  assert.equal(found?.way, ['number with', 'env.PHONE environment variable'])
  assert.is(found?.place, 'calls/a.yaml:1:43')
  const [given] = complaintsAbout(
    { 'calls/a.yaml': 'calls: { g: { uses: ring } }\n' },
    vars({ number: 'zz' }),
  )
  assert.equal(given?.way, ['number --var'])
  assert.is(given?.address, 'g')
})

test('`default` leads to the value that was taken', () => {
  const files = rows('uses: ring, with: { number: "{{default p.phone p.id}}" }', {
    'data/l.csv': 'id,phone\nzz,\nb,+14258828080\n',
  })
  assert.equal(placesOf(files), ['data/l.csv:2:1 zz n-zz'])
})

test('an item of a list that a helper looks through', () => {
  const json = { 'data/l.json': '[{"id":"a","t":[{"x":"1"},{"y":"2"}]}]' }
  assert.equal(
    placesOf(
      rows('call: { callbackUri: https://b.example, subject: "{{join (pluck p.t \\"x\\") \\",\\"}}" }', json),
    ),
    ['data/l.json:1:27 {"y":"2"} n-a'],
  )
})

test('a name that a row makes: no name, and the name of another', () => {
  const made = (list: string) => rows('call: { callbackUri: https://b.example }', { 'data/l.csv': list })
  assert.equal(
    complaintsAbout(made('id\na b\nc/d\n')).map(({ code, place }) => `${code} ${place}`),
    ['definition/name data/l.csv:2:1', 'definition/name data/l.csv:3:1'],
  )
  assert.equal(
    complaintsAbout(made('id\na\nA\na\n')).map(({ code, place }) => `${code} ${place}`),
    ['definition/duplicate-name data/l.csv:3:1', 'definition/duplicate-name data/l.csv:4:1'],
  )
})

test('one cell that two calls use is complained about in both', () => {
  const files = {
    ...people,
    'calls/a.yaml': `data: { l: { file: ../data/l.csv } }
calls:
  g: { uses: ring, with: { number: "{{l.[1].phone}}" } }
  h: { uses: ring, with: { number: "{{l.[1].phone}}" } }
`,
  }
  assert.equal(placesOf(files), ['data/l.csv:3:3 abc g', 'data/l.csv:3:3 abc h'])
})

test.run()
