import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { checkBody, readBody } from '../../../src/compile/payload/check-body.js'
import type { GraphTarget } from '../../../src/model/call.js'
import type { BodyName } from '../../../src/model/operation.js'

const test = suite('check body')
const v1: GraphTarget = { cloud: 'global', version: 'v1.0', collection: 'communications' }

/** Codes with the texts that they point at. */
function findings(name: BodyName, text: string, target = v1): readonly (readonly [string, string])[] {
  const read = readBody({ path: 'body.yaml', text })
  const { diagnostics } = read.value === undefined ? read : checkBody(read.value, name, target, new Map())
  return diagnostics.map(({ code, range }) => [code, text.slice(range?.start, range?.end)] as const)
}

const party = (id: string) => `{ identity: { user: { id: ${id} } } }`
const prompt = (uri: string, more = '') =>
  `{ "@odata.type": "#microsoft.graph.mediaPrompt", mediaInfo: { uri: "${uri}" }${more} }`

test('a body that Graph takes has nothing to complain about', () => {
  assert.equal(findings('invite', `participants: [${party('a')}, ${party('b')}]`), [])
  assert.equal(findings('play', `prompts: [${prompt('https://cdn.contoso.com/a.WAV?v=1')}]`), [])
  assert.equal(findings('transfer', `transferTarget: ${party('a')}`), [])
  assert.equal(findings('context', '{}'), [])
})

test('at most five are invited', () => {
  const six = ['a', 'b', 'c', 'd', 'e', 'f'].map(party).join(', ')
  assert.is(findings('invite', `participants: [${six}]`)[0]?.[0], 'schema/range')
  assert.is(findings('invite', 'participants: []')[0]?.[0], 'schema/range')
})

test('at most twenty prompts are played, and one before a recording', () => {
  const prompts = (count: number) =>
    `prompts: [${Array(count).fill(prompt('https://a.example/b.wav')).join(', ')}]`
  assert.equal(findings('play', prompts(20)), [])
  assert.is(findings('play', prompts(21))[0]?.[0], 'schema/range')
  assert.equal(findings('record', prompts(1)), [])
  assert.is(findings('record', prompts(2))[0]?.[0], 'schema/range')
})

test('clientContext has at most 256 characters', () => {
  assert.equal(findings('context', `clientContext: ${'x'.repeat(256)}`), [])
  const long = 'x'.repeat(257)
  assert.equal(findings('context', `clientContext: ${long}`), [['schema/range', long]])
})

test('a recording ends after 120 seconds', () => {
  assert.equal(findings('record', 'maxRecordDurationInSeconds: 121'), [['schema/range', '121']])
})

test('a misspelt name is pointed at', () => {
  assert.equal(findings('invite', `participants: [${party('a')}]\nclientContxt: x`), [
    ['schema/unknown-property', 'clientContxt'],
  ])
})

test('a body that lacks what is needed is pointed at where it begins', () => {
  assert.equal(findings('transfer', 'transferee: null'), [['schema/required', 'transferee']])
})

for (const uri of [
  'http://a.example/b.wav',
  'https://a.example/b.mp3',
  'b.wav',
  'https://a.example/b?c.wav',
]) {
  test(`${uri} is no prompt`, () => {
    assert.equal(findings('play', `prompts: [${prompt(uri)}]`), [['operation/body', `"${uri}"`]])
  })
}

test('a prompt is looped in beta alone', () => {
  const text = `prompts: [${prompt('https://a.example/b.wav', ', loop: 2')}]`
  assert.equal(findings('play', text), [['schema/unknown-property', 'loop']])
  assert.equal(findings('play', text, { ...v1, version: 'beta' }), [])
})

test('emergency numbers, and numbers that are none, are errors', () => {
  const phone = (id: string) => `{ identity: { phone: { id: "${id}" } } }`
  assert.equal(findings('transfer', `transferTarget: ${phone('112')}`), [['lint/emergency-number', '"112"']])
  assert.equal(findings('invite', `participants: [${phone('+14255550100')}, ${phone('5550100')}]`), [
    ['lint/phone-format', '"5550100"'],
  ])
})

test('nobody is invited twice', () => {
  assert.equal(findings('invite', `participants: [${party('a')}, ${party('a')}]`), [
    ['lint/duplicate-target', party('a')],
  ])
})

test('with replacesCallId there is one participant', () => {
  const replacing = '{ identity: { user: { id: a } }, replacesCallId: c }'
  assert.equal(findings('invite', `participants: [${replacing}]`), [])
  assert.equal(findings('invite', `participants: [${replacing}, ${party('b')}]`), [
    ['operation/body', 'replacesCallId'],
  ])
})

test('what a cloud does not have is an error there', () => {
  const text = 'participants: [{ identity: { user: { id: a } }, hidden: true }]'
  assert.equal(findings('invite', text), [])
  assert.equal(findings('invite', text, { ...v1, cloud: 'us-gov' }), [['lint/not-in-version', 'hidden']])
})

test('the digest is that of what is asked, whatever clientContext says', () => {
  const digestOf = (text: string) => {
    const { value } = readBody({ path: 'body.yaml', text })
    return checkBody(value!, 'invite', v1, new Map()).value.digest
  }
  const body = `participants: [${party('a')}]`
  assert.is(digestOf(body), digestOf(`${body}\nclientContext: x`))
  assert.is.not(digestOf(body), digestOf(`participants: [${party('b')}]`))
})

test.run()
