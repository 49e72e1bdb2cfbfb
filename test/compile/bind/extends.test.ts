import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { callOf, codesOf, compileFiles, type Files } from '../../helpers/workspace.js'

const test = suite('extends')

const base = `
variables:
  title: { type: string, default: Standup }
  way: { type: string, default: outgoing }
graph: { version: beta }
call:
  callbackUri: https://bot.example/cb
  subject: "{{title}}"
  direction: "{{way}}"
  mediaConfig: { "@odata.type": "#microsoft.graph.serviceHostedMediaConfig" }
`
const using = (template: string, values = '{}') => `calls: { a: { uses: ${template}, with: ${values} } }\n`
const family: Files = {
  'templates/base.yaml': base,
  'templates/child.yaml': 'extends: base\ncall: { direction: null, ringingTimeoutInSeconds: 30 }\n',
  'templates/grandchild.yaml': `extends: child
variables: { title: { type: string, default: Review, maxLength: 6 }, ring: { type: integer } }
call: { ringingTimeoutInSeconds: "{{ring}}", mediaConfig: { removeFromDefaultAudioGroup: true } }
`,
}
const files = (calls: string): Files => ({ ...family, 'calls/a.yaml': calls })

test('a child without a call is its parent', () => {
  const made = files(using('twin'))
  assert.equal(
    callOf({ ...made, 'templates/twin.yaml': 'extends: base\n' }),
    callOf({ ...made, 'calls/a.yaml': using('base') }),
  )
})

test('call is merged over the parent’s, and null takes away', () => {
  const call = callOf(files(using('child')))
  assert.is(call['subject'], 'Standup')
  assert.is(call['ringingTimeoutInSeconds'], 30)
  assert.is('direction' in call, false)
})

test('three levels are merged in order', () => {
  const call = callOf(files(using('grandchild', '{ ring: 5 }')))
  assert.is(call['ringingTimeoutInSeconds'], 5)
  assert.equal(call['mediaConfig'], {
    '@odata.type': '#microsoft.graph.serviceHostedMediaConfig',
    removeFromDefaultAudioGroup: true,
  })
})

test('a parent’s expressions see what the child declares anew', () => {
  assert.is(callOf(files(using('grandchild', '{ ring: 5 }')))['subject'], 'Review')
})

test('a variable that is declared anew is checked by the new declaration alone', () => {
  assert.equal(codesOf(files(using('child', '{ title: "Longer than six" }'))), [])
  assert.equal(codesOf(files(using('grandchild', '{ ring: 5, title: "Longer than six" }'))), [
    'variable/value',
  ])
})

test('inherited variables may be given', () => {
  assert.is(callOf(files(using('grandchild', '{ ring: 5, title: Retro }')))['subject'], 'Retro')
})

test('graph is inherited, and may be overridden', () => {
  const targetOf = (template: string) =>
    compileFiles({
      ...files(using(template)),
      'templates/other.yaml': 'extends: base\ngraph: { version: v1.0 }\n',
    }).payloads[0]?.target.version
  assert.is(targetOf('child'), 'beta')
  assert.is(targetOf('other'), 'v1.0')
})

test('a definition’s call has the last word', () => {
  const text = 'calls: { a: { uses: child, call: { subject: Last } } }\n'
  assert.is(callOf(files(text))['subject'], 'Last')
})

test('a child may read what only its parent declares', () => {
  const made = files(using('child'))
  const child = { 'templates/child.yaml': 'extends: base\ncall: { subject: "{{way}} call" }\n' }
  assert.is(callOf({ ...made, ...child })['subject'], 'outgoing call')
})

test('a parent may declare what only its children read', () => {
  const made = {
    'templates/base.yaml': 'variables: { t: { default: x } }\ncall: { callbackUri: https://b.example }\n',
    'templates/child.yaml': 'extends: base\ncall: { subject: "{{t}}" }\n',
    'templates/other.yaml': 'extends: base\n',
    'calls/a.yaml': using('child'),
  }
  assert.equal(codesOf(made), [])
})

test('a mistake of the parent is one message, however many children and calls', () => {
  const made = {
    ...family,
    'templates/base.yaml': base.replace('{{title}}', '{{titel}}'),
    'calls/a.yaml':
      'calls: { a: { uses: child }, b: { uses: grandchild, with: { ring: 5 } }, c: { uses: base } }\n',
  }
  const { diagnostics, payloads } = compileFiles(made)
  assert.equal(
    diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code),
    ['variable/undefined'],
  )
  assert.equal(payloads, [])
})

test('a circle names its templates', () => {
  const made = {
    'templates/a.yaml': 'extends: b\n',
    'templates/b.yaml': 'extends: c\n',
    'templates/c.yaml': 'extends: a\n',
    'calls/a.yaml': using('a'),
  }
  const [first, ...others] = compileFiles(made).diagnostics
  assert.is(first?.code, 'template/cycle')
  assert.match(first?.message ?? '', 'a → b → c → a')
  assert.equal(others, [])
})

test('the name of the template is the child’s', () => {
  assert.is(compileFiles(files(using('child'))).payloads[0]?.template, 'child')
})

test('a secret stays a secret in a child', () => {
  const made = {
    'templates/base.yaml':
      'variables: { key: { type: string, secret: true } }\ncall: { callbackUri: https://b.example, subject: "{{key}}" }\n',
    'templates/child.yaml': 'extends: base\n',
    'calls/a.yaml': using('child', '{ key: canary }'),
  }
  assert.is(callOf(made)['subject'], '(secret key)')
})

test.run()
