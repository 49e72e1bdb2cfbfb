// What an organization keeps in a few files: test/fixtures/organisation, over the stock templates.
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compile } from '../../src/compile/compile.js'
import type { Values, Workspace } from '../../src/model/language/workspace.js'
import { readWorkspace } from '../../src/read/read-workspace.js'
import { bareMachine, readStock } from './stock.js'

const test = suite('an organization')

const readFixtureWorkspace = (name: string): Workspace =>
  readWorkspace(join(process.cwd(), 'test/fixtures', name), [])

function compileOrganization(values: Values = bareMachine) {
  const workspace = readFixtureWorkspace('organisation')
  return compile({ ...workspace, templates: [...readStock().templates, ...workspace.templates] }, values)
}

const { payloads, diagnostics } = compileOrganization()

test('has over fifty different calls, with nothing to complain about', () => {
  assert.equal(diagnostics, [])
  assert.ok(payloads.length >= 50, String(payloads.length))
  assert.is(new Set(payloads.map(({ address }) => address)).size, payloads.length)
})

test('no two of them are the same payload', () => {
  assert.is(new Set(payloads.map(({ digest }) => digest)).size, payloads.length)
})

test('has every kind of call', () => {
  assert.equal([...new Set(payloads.map(({ touches }) => touches.kind))].sort(), [
    'group',
    'guest-join',
    'meeting-join',
    'peer-to-peer',
    'pstn',
  ])
})

test('says nothing twice: a hundred lines of definitions and settings make them all', () => {
  const { calls, settings, templates } = readFixtureWorkspace('organisation')
  const lines = [...calls, ...templates, settings!].flatMap(({ text }) =>
    text.split('\n').filter((line) => line.trim() !== '' && !line.trim().startsWith('#')),
  )
  assert.ok(lines.length < 120, String(lines.length))
})

test('rings fictional numbers only, in E.164 form', () => {
  const numbers = payloads.flatMap(({ touches }) => touches.numbers.map(({ id }) => id))
  assert.is(numbers.length, 10)
  assert.ok(numbers.every((number) => /^\+1\d{3}55501\d\d$|^\+442079460119$|^\+441134960120$/.test(number)))
})

test('keeps the passcode of the board a secret', () => {
  const text = JSON.stringify(
    compileOrganization({ ...bareMachine, environment: { BOARD_PASSCODE: 'canary' } }).payloads,
  )
  assert.ok(text.includes('(secret BOARD_PASSCODE)'))
  assert.is(text.includes('canary'), false)
})

test('has a rehearsal with another callback and another bot name', () => {
  const staging = compileOrganization({ ...bareMachine, environmentName: 'staging' })
  assert.equal(staging.diagnostics, [])
  assert.is(staging.settings.limits.people, 10)
  assert.ok(
    staging.payloads.every(({ call }) => call['callbackUri'] === 'https://staging.contoso.com/callback'),
  )
})

const notification = suite('a notification over a list')

test('another incident is another occasion', () => {
  const assignments = [{ name: 'incident', level: '--var', value: 'INC-7' }] as const
  const other = compileOrganization({ ...bareMachine, assignments })
  assert.ok(other.payloads.some(({ address }) => address === 'bridge-billing@INC-7'))
})

notification('makes one call for each of two hundred rows, under one template', () => {
  const workspace = readFixtureWorkspace('notification')
  const made = compile(workspace, bareMachine)
  assert.equal(made.diagnostics, [])
  assert.is(made.payloads.length, 200)
  assert.is(new Set(made.payloads.map(({ digest }) => digest)).size, 200)
  assert.ok(made.payloads.every(({ address }) => /^closure-[0-9a-f-]{36}@storm-2026-11$/.test(address)))
  assert.is(made.settings.limits.people, 200)
})

notification('names with commas and quotes arrive as they are', () => {
  const { payloads: made } = compile(readFixtureWorkspace('notification'), bareMachine)
  const names = made.flatMap(({ touches }) => touches.people.map(({ name }) => name))
  assert.ok(names.includes('Quin "Q" Abel'))
  assert.ok(names.includes('Ben Castillo, Jr.'))
})

notification('plays each office its own announcement', () => {
  const { payloads: made } = compile(readFixtureWorkspace('notification'), bareMachine)
  const uris = new Set(made.map(({ call }) => JSON.stringify(call['mediaConfig'])))
  assert.is(uris.size, 4)
})

notification('has a rehearsal', () => {
  const made = compile(readFixtureWorkspace('notification'), { ...bareMachine, environmentName: 'rehearsal' })
  assert.equal(made.diagnostics, [])
  assert.ok(String(made.payloads[0]?.call['subject']).endsWith('rehearsal'))
})

test.run()
notification.run()
