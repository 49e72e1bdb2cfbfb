import Handlebars from 'handlebars'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { JsonValue } from '../../../src/model/json.js'
import { callOf, codesOf, environment, subjectFile } from '../../helpers/workspace.js'

const variables = `variables:
  text: hello
  count: 5
  half: 0.5
  yes: true
  no: false
  nothing: null
  empty: ''
  none: []
  people: [{ id: a, name: Ada }, { id: b, name: Bob }]
  groups: [{ name: x, members: [m, n] }, { name: y, members: [] }]
  place: { city: Ulm, street: { name: Weg } }
`

/** What an expression yields: `subject` may only be text, so the value goes through a template's variable. */
function yieldOf(expression: string): JsonValue {
  const files = {
    'templates/t.yaml':
      'variables: { v: {} }\ncall: { callbackUri: https://b.example, subject: "{{json v}}" }\n',
    'calls/a.yaml': `${variables}calls: { a: { uses: t, with: { v: ${JSON.stringify(expression)} } } }\n`,
  }
  return JSON.parse(String(callOf(files)['subject'])) as JsonValue
}

const whole = suite('one whole expression keeps its type')

const wholes: readonly (readonly [string, JsonValue])[] = [
  ['{{text}}', 'hello'],
  ['{{count}}', 5],
  ['{{half}}', 0.5],
  ['{{yes}}', true],
  ['{{nothing}}', null],
  ['{{none}}', []],
  [
    '{{people}}',
    [
      { id: 'a', name: 'Ada' },
      { id: 'b', name: 'Bob' },
    ],
  ],
  ['{{place}}', { city: 'Ulm', street: { name: 'Weg' } }],
  ['{{place.street.name}}', 'Weg'],
  ['{{people.[1].name}}', 'Bob'],
  ['{{people.1.name}}', 'Bob'],
  ['{{ count }}', 5],
  ['{{~count~}}', 5],
  ['{{5}}', 5],
  ['{{"x"}}', 'x'],
  ['{{true}}', true],
  ['{{null}}', null],
  ['{{default nothing (length people)}}', 2],
  ['{{pluck people "id"}}', ['a', 'b']],
]
for (const [expression, value] of wholes) whole(expression, () => assert.equal(yieldOf(expression), value))

whole('with white space around it is text', () => assert.is(yieldOf(' {{count}}'), ' 5'))
whole('with a comment is text', () => assert.is(yieldOf('{{! c }}{{count}}'), '5'))

const text = suite('expressions in text')

const texts: readonly (readonly [string, string])[] = [
  ['a {{text}} b', 'a hello b'],
  ['{{count}}{{half}}', '50.5'],
  ['{{yes}}/{{no}}', 'true/false'],
  ['{{#if yes}}a{{else}}b{{/if}}', 'a'],
  ['{{#if no}}a{{else}}b{{/if}}', 'b'],
  ['{{#if none}}a{{else}}b{{/if}}', 'b'],
  ['{{#if nothing}}a{{else}}b{{/if}}', 'b'],
  ['{{#if no}}a{{else if yes}}b{{else}}c{{/if}}', 'b'],
  ['{{#if no}}a{{else if empty}}b{{else}}c{{/if}}', 'c'],
  ['{{#unless no}}a{{/unless}}', 'a'],
  ['{{^if no}}a{{/if}}', 'a'],
  ['{{#each people}}{{id}}={{this.name}};{{/each}}', 'a=Ada;b=Bob;'],
  ['{{#each people as |p i|}}{{i}}{{p.id}}{{../text}}{{/each}}', '0ahello1bhello'],
  ['{{#each people}}{{@index}}{{#if @first}}F{{/if}}{{#if @last}}L{{/if}}{{/each}}', '0F1L'],
  ['{{#each none}}x{{else}}nobody{{/each}}', 'nobody'],
  ['{{#each groups}}{{name}}:{{#each members}}{{this}}{{../name}}{{/each}};{{/each}}', 'x:mxnx;y:;'],
  ['{{#each groups}}{{#each members}}{{../../text}}{{/each}}{{/each}}', 'hellohello'],
  ['{{#each groups as |g|}}{{#each g.members as |m|}}{{g.name}}{{m}}{{/each}}{{/each}}', 'xmxn'],
  ['{{#each groups}}{{#if members}}{{@index}}{{/if}}{{/each}}', '0'],
  ['{{#with place}}{{city}}{{/with}}', 'Ulm'],
  ['{{#with place as |p|}}{{p.city}}{{/with}}', 'Ulm'],
  ['{{#with place.street}}{{name}}{{../text}}{{/with}}', 'Weghello'],
  ['{{#with nothing}}x{{else}}y{{/with}}', 'y'],
  ['a {{~text~}} b', 'ahellob'],
  ['\\{{text}}', '{{text}}'],
  ['\\\\{{text}}', '\\hello'],
  ['{{!-- {{text}} --}}x', 'x'],
  ['{{upper text}} & <b>"\'`=', 'HELLO & <b>"\'`='],
  ['{{join (pluck people "id") (concat "," " ")}}!', 'a, b!'],
]
for (const [expression, value] of texts) text(expression, () => assert.is(yieldOf(expression), value))

text('ten `else if` are no deeper than one', () => {
  const branches = Array.from({ length: 10 }, () => '{{else if no}}x').join('')
  assert.is(yieldOf(`{{#if no}}a${branches}{{else}}end{{/if}}`), 'end')
})

text('an optional value that is not set is false, and takes its default', () => {
  const files = {
    'templates/t.yaml': `variables: { p: { type: object, properties: { id: {}, name: { type: string } } } }
call: { callbackUri: https://b.example, subject: "{{#if p.name}}a{{else}}b{{/if}}{{default p.name 'c'}}" }
`,
    'calls/a.yaml': 'calls: { a: { uses: t, with: { p: { id: x } } } }\n',
  }
  assert.is(callOf(files)['subject'], 'bc')
})

text('a variable whose name begins with `this` is a variable', () => {
  const files = { 'calls/a.yaml': subjectFile('"{{thisOne}}"', 'variables: { thisOne: x }\n') }
  assert.is(callOf(files)['subject'], 'x')
})

text('a value is rendered once: expressions in it stay text', () => {
  const files = {
    'callctl.yaml': 'env: [X]\n',
    'calls/a.yaml': subjectFile('"a{{env.X}}"'),
  }
  assert.is(callOf(files, environment({ X: '{{env.X}}\nadmin: true' }))['subject'], 'a{{env.X}}\nadmin: true')
})

text('a declared environment variable that is not set takes its default', () => {
  const files = { 'callctl.yaml': 'env: [X]\n', 'calls/a.yaml': subjectFile('"{{default env.X \'y\'}}"') }
  assert.is(callOf(files)['subject'], 'y')
})

text('an undeclared environment variable is never read', () => {
  const files = { 'calls/a.yaml': subjectFile('"{{env.X}}"') }
  assert.equal(codesOf(files, environment({ X: 'secret' })), ['env/undeclared'])
})

const same = suite('text renders as in Handlebars')

const pieces = [
  'a ',
  '{{x}}',
  '{{ y }}',
  '{{~x}}',
  '{{y~}} ',
  '{{z.w}}',
  '\n',
  '\\{{x}}',
  '{{! c }}',
  '<&>"\'',
  '}}',
  '{ {',
]
const blocks = [
  (inner: string) => `{{#if x}}${inner}{{/if}}`,
  (inner: string) => `{{#if e}}${inner}{{else}}-${inner}{{/if}}`,
  (inner: string) => `{{#unless e}}${inner}{{/unless}}`,
  (inner: string) => `{{#if e}}n{{else if x}}${inner}{{/if}}`,
  (inner: string) => `\n {{~#if x~}} ${inner} {{~/if~}} `,
  (inner: string) => `\n  {{#if x}}\n${inner}\n  {{/if}}\n`,
]
/** Paths in a loop are relative to the item, so it holds none of the pieces above. */
const loops = [
  '{{#each l as |q i|}}{{i}}{{q}}{{../x}}{{/each}}',
  '\n  {{#each l}}\n  - {{this}}{{@index}}\n  {{/each}}\n',
  '{{#each l}}{{#if @last}}{{~../y~}}{{else}}, {{/if}}{{/each}}',
  '{{#with z}}{{w}}{{../e}}{{/with}}',
]
const data = { x: 'X&<', y: ' y\n', z: { w: 'W"' }, e: '', l: ['p', '', '{{x}}'] }

function template(seed: number): string {
  let state = seed
  const next = (count: number): number => {
    state = (state * 1103515245 + 12345) % 2147483648
    return Math.floor((state / 2147483648) * count)
  }
  const sequence = () => Array.from({ length: 1 + next(4) }, () => pieces[next(pieces.length)]).join('')
  let made = `${sequence()}${next(2) === 0 ? loops[next(loops.length)] : ''}${sequence()}`
  for (let level = next(3); level > 0; level -= 1)
    made = `${sequence()}${blocks[next(blocks.length)]!(made)}${sequence()}`
  return `.${made}`
}

for (let batch = 0; batch < 10; batch += 1) {
  same(`templates ${batch * 30} to ${batch * 30 + 29}`, () => {
    for (let seed = batch * 30; seed < batch * 30 + 30; seed += 1) {
      const source = template(seed)
      const wanted = rendered(source)
      const head = `variables: ${JSON.stringify(data).replaceAll('{{x}}', '{ {x} }')}\n`
      const files = { 'calls/a.yaml': subjectFile(JSON.stringify(source), head) }
      if (wanted === undefined) assert.ok(codesOf(files).length > 0, source)
      else assert.is(callOf(files)['subject'], wanted, source)
    }
  })
}

/** Undefined where Handlebars itself refuses. */
function rendered(source: string): string | undefined {
  try {
    return Handlebars.compile(source, { noEscape: true, strict: true })({ ...data, l: ['p', '', '{ {x} }'] })
  } catch {
    return undefined
  }
}

whole.run()
text.run()
same.run()
