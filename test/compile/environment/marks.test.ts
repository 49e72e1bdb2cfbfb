import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compileFiles, environment, type Files } from '../../helpers/workspace.js'

const test = suite('environment marks')

const base = 'callbackUri: https://bot.example/cb'
const files = (call: string, more = ''): Files => ({
  'callctl.yaml':
    'env: [X, Y, { name: S, secret: true }]\nlints: { schema/unknown-property: warn, lint/nobody: off }\n',
  'calls/a.yaml': `${more}calls:\n  a:\n    call: { ${base}, ${call} }\n`,
})
const marksOf = (text: Files): readonly string[] =>
  (compileFiles(text, environment({ X: 'x', Y: 'y', S: 's' })).payloads[0]?.environment ?? []).map(
    ({ pointer, name }) => `${pointer} ${name}`,
  )

const marked: readonly (readonly [string, Files, ...string[]])[] = [
  ['a whole value', files('subject: "{{env.X}}"'), '/subject X'],
  ['a part of one', files('subject: "a {{env.Y}} {{env.X}}"'), '/subject X', '/subject Y'],
  [
    'a value through a variable of the file',
    files('subject: "{{s}}"', 'variables: { s: "{{env.X}}" }\n'),
    '/subject X',
  ],
  ['a value that has something else by default', files(`subject: '{{default env.X "none"}}'`), '/subject X'],
  ['a value that is chosen', files('subject: "{{#if env.X}}a{{else}}b{{/if}}"'), '/subject X'],
  [
    'each item of a list that is made',
    files(
      'targets: { $each: "{{l}}", $as: p, $do: { identity: { user: { id: "{{p}}{{env.X}}" } } } }',
      'variables: { l: [a, b] }\n',
    ),
    '/targets/0/identity/user/id X',
    '/targets/1/identity/user/id X',
  ],
  ['names with slashes', files('"a/b~c": "{{env.X}}"'), '/a~1b~0c X'],
]

for (const [name, text, ...expected] of marked) {
  test(`marks ${name}`, () => assert.equal(marksOf(text), expected))
}

test('no secret is marked: its placeholder tells', () => {
  assert.equal(marksOf(files('subject: "{{env.S}}"')), [])
})

test('what a higher layer replaces is not marked', () => {
  const text = files('subject: fixed')
  assert.equal(
    marksOf({ ...text, 'callctl.yaml': `${text['callctl.yaml']}defaults: { subject: "{{env.X}}" }\n` }),
    [],
  )
})

test.run()
