import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compile } from '../../src/compile/compile.js'
import { bareMachine, readStock } from './stock.js'

const test = suite('example calls')
const workspace = readStock()
const { payloads, diagnostics, settings } = compile(workspace, bareMachine)

test('every example compiles on a bare machine, with nothing to complain about', () => {
  assert.equal(diagnostics, [])
  assert.is(payloads.length, 10)
})

test('every example says what it is for', () => {
  assert.equal(
    payloads.filter(({ description }) => !description).map(({ address }) => address),
    [],
  )
})

test('every template is used by an example, or by a template that is', () => {
  const used = new Set(payloads.map(({ template }) => template))
  for (const { text } of workspace.templates) used.add(/^extends: (.*)$/m.exec(text)?.[1])
  const unused = workspace.templates
    .map(({ path }) => path.replace(/^templates\/|\.yaml$/g, ''))
    .filter((name) => !used.has(name))
  assert.equal(unused, [])
})

test('no two examples are the same call', () => {
  assert.is(new Set(payloads.map(({ digest }) => digest)).size, payloads.length)
})

test('all examples together ring no more people than one apply may', () => {
  const rung = payloads.reduce((sum, { touches }) => sum + touches.people.length + touches.numbers.length, 0)
  assert.is(rung, 9)
  assert.ok(rung <= settings.limits.people!)
})

test('every kind of call has an example', () => {
  const kinds = new Set(payloads.map(({ touches }) => touches.kind))
  assert.equal([...kinds].sort(), ['group', 'guest-join', 'meeting-join', 'peer-to-peer', 'pstn'])
})

test('examples ring nobody but fictional numbers', () => {
  const numbers = payloads.flatMap(({ touches }) => touches.numbers.map(({ id }) => id))
  assert.ok(numbers.every((number) => /^\+142555501\d\d$/.test(number)))
})

test('no example sends what only Graph sets', () => {
  const sent = payloads.flatMap(({ call }) => Object.keys(call))
  const serverSet = ['state', 'answeredBy', 'activeModalities', 'callRoutes', 'myParticipantId', 'toneInfo']
  assert.equal(
    sent.filter((name) => serverSet.includes(name)),
    [],
  )
})

test('CALLBACK_URI sends the notifications elsewhere', () => {
  const tunnel = 'https://tunnel.contoso.com/callback'
  const there = compile(workspace, { ...bareMachine, environment: { CALLBACK_URI: tunnel } })
  assert.is(there.payloads[0]?.call['callbackUri'], tunnel)
})

test.run()
