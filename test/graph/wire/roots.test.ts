import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { checkedRoot, cloudRoot, loopbackRoot } from '../../../src/graph/wire/roots.js'
import { UsageError } from '../../../src/model/errors.js'

const test = suite('graph/roots')

test('each cloud has its root, authority and scope', () => {
  assert.equal(cloudRoot('global'), {
    url: 'https://graph.microsoft.com',
    authority: 'https://login.microsoftonline.com',
    scope: 'https://graph.microsoft.com/.default',
    cloud: 'global',
  })
  assert.is(cloudRoot('us-gov').url, 'https://graph.microsoft.us')
  assert.is(cloudRoot('us-gov-dod').url, 'https://dod-graph.microsoft.us')
  assert.is(cloudRoot('us-gov-dod').authority, 'https://login.microsoftonline.us')
})

const accepted: readonly (readonly [string, string])[] = [
  ['https://graph.example.com', 'https://graph.example.com'],
  ['https://GRAPH.example.com:443/', 'https://graph.example.com'],
  ['https://gateway.example.com:8443/graph/', 'https://gateway.example.com:8443/graph'],
  ['http://127.0.0.1:4000', 'http://127.0.0.1:4000'],
  ['http://127.9.8.7/', 'http://127.9.8.7'],
  ['http://127.1:80', 'http://127.0.0.1'],
  ['http://localhost:4000/', 'http://localhost:4000'],
  ['http://[::1]:4000', 'http://[::1]:4000'],
]
for (const [text, root] of accepted) {
  test(`accepts ${text}`, () => assert.is(checkedRoot(text), root))
}

const refused = [
  '',
  'graph.microsoft.com',
  '//graph.microsoft.com',
  'ftp://localhost',
  'file:///etc/passwd',
  'http://graph.microsoft.com',
  'http://localhost.example.com',
  'http://127.0.0.1.example.com',
  'http://localhost.',
  'http://0.0.0.0:4000',
  'http://[::ffff:127.0.0.1]',
  'https://graph.microsoft.com@evil.example',
  'https://user:hunter22@graph.microsoft.com',
  'https://graph.microsoft.com\\@evil.example',
  'https://graph.microsoft.com?x=1',
  'https://graph.microsoft.com/?',
  'https://graph.microsoft.com#',
  ' https://graph.microsoft.com',
  'https://graph.micro\tsoft.com',
  'https://graph.microsoft.com/\n',
]
for (const text of refused) {
  test(`refuses ${JSON.stringify(text)}`, () => {
    assert.throws(
      () => checkedRoot(text),
      (error: unknown) => {
        return error instanceof UsageError && error.hint !== undefined && !error.message.includes('hunter22')
      },
    )
  })
}

test('a simulator has to be on this machine, even with https', () => {
  assert.is(loopbackRoot('http://127.0.0.1:4000/'), 'http://127.0.0.1:4000')
  assert.is(loopbackRoot('https://localhost'), 'https://localhost')
  assert.throws(
    () => loopbackRoot('https://graph.microsoft.com'),
    (error: unknown) => error instanceof UsageError,
  )
})

test.run()
