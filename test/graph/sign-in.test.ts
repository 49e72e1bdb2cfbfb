import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { cloudRoot } from '../../src/graph/roots.js'
import { chooseSignIn, readGrant } from '../../src/graph/sign-in.js'
import { SignInError } from '../../src/model/errors.js'

const test = suite('graph/sign-in')
const environment = { AZURE_TENANT_ID: 'env-tenant', AZURE_CLIENT_ID: 'app', AZURE_CLIENT_SECRET: 'hunter22' }
const root = cloudRoot('us-gov')

/** The message of the SignInError that this throws. */
function refusal(read: () => unknown): string {
  try {
    read()
  } catch (error) {
    assert.instance(error, SignInError)
    return `${(error as SignInError).message} ${(error as SignInError).hint}`
  }
  throw new Error('expected a SignInError')
}

test('reads a client secret from the environment and the rest from the root', () => {
  assert.equal(readGrant({ environment, tenantId: 'contoso.example', root }), {
    kind: 'client-secret',
    tenantId: 'contoso.example',
    clientId: 'app',
    clientSecret: 'hunter22',
    authority: 'https://login.microsoftonline.us',
    scope: 'https://graph.microsoft.us/.default',
  })
  assert.is(chooseSignIn(environment), 'client-secret')
})

test('takes the tenant of the environment where the settings have none', () => {
  assert.is(readGrant({ environment, root }).tenantId, 'env-tenant')
  assert.is(readGrant({ environment, tenantId: ' ', root }).tenantId, 'env-tenant')
})

for (const name of ['AZURE_TENANT_ID', 'AZURE_CLIENT_ID', 'AZURE_CLIENT_SECRET']) {
  test(`names ${name} when it is missing or empty`, () => {
    assert.match(
      refusal(() => readGrant({ environment: { ...environment, [name]: undefined }, root })),
      name,
    )
    assert.match(
      refusal(() => readGrant({ environment: { ...environment, [name]: ' ' }, root })),
      name,
    )
  })
}

for (const tenantId of ['common', 'Organizations', 'CONSUMERS', 'a/b', '../x', 'a b', 'tenant?x']) {
  test(`refuses the tenant ${tenantId}`, () => {
    assert.match(
      refusal(() => readGrant({ environment, tenantId, root })),
      'tenant',
    )
  })
}

test('AZURE_AUTHORITY_HOST outranks the cloud’s', () => {
  const changed = { ...environment, AZURE_AUTHORITY_HOST: 'https://login.example.com/' }
  assert.is(readGrant({ environment: changed, root }).authority, 'https://login.example.com')
})

for (const host of [
  'http://login.example.com',
  'login.example.com',
  'https://u:p@x',
  'https://x/y',
  'https://x?y',
]) {
  test(`refuses the authority ${host}`, () => {
    const changed = { ...environment, AZURE_AUTHORITY_HOST: host }
    assert.match(
      refusal(() => readGrant({ environment: changed, root })),
      'AZURE_AUTHORITY_HOST',
    )
  })
}

test('a root without authority needs AZURE_AUTHORITY_HOST, and has a scope of its own', () => {
  const bare = { url: 'https://gateway.example.com' }
  assert.match(
    refusal(() => readGrant({ environment, root: bare })),
    'AZURE_AUTHORITY_HOST',
  )
  const changed = { ...environment, AZURE_AUTHORITY_HOST: 'https://login.example.com' }
  assert.is(readGrant({ environment: changed, root: bare }).scope, 'https://gateway.example.com/.default')
})

test.run()
