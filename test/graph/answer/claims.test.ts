import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readRoles, readTenant } from '../../../src/graph/answer/claims.js'

const test = suite('graph/claims')
const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const token = (claims: unknown): string => `${encode({ alg: 'RS256' })}.${encode(claims)}.c2ln`

test('reads the roles of a token without verifying it', () => {
  assert.equal(readRoles(token({ roles: ['Calls.Initiate.All', 'Calls.InitiateGroupCall.All'] })), [
    'Calls.Initiate.All',
    'Calls.InitiateGroupCall.All',
  ])
})

test('a readable token without roles holds none', () => {
  assert.equal(readRoles(token({ aud: 'x' })), [])
  assert.equal(readRoles(token({ roles: 'Calls.Initiate.All' })), [])
  assert.equal(readRoles(token({ roles: [1, 'a', null] })), ['a'])
})

for (const text of ['simulator', '', 'a.b.c', '..', token([]), token(null), `${token({})}.x`]) {
  test(`says nothing of ${JSON.stringify(text)}`, () => {
    assert.is(readRoles(text), undefined)
  })
}

test('reads the tenant in lower case', () => {
  assert.is(readTenant(token({ tid: 'ABC' })), 'abc')
  assert.is(readTenant(token({ tid: 1 })), undefined)
  assert.is(readTenant('simulator'), undefined)
})

test.run()
