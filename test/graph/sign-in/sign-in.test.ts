import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { ConfidentialGrant } from '../../../src/graph/sign-in/grants.js'
import { type GrantSettings, readGrant } from '../../../src/graph/sign-in/sign-in.js'
import { cloudRoot } from '../../../src/graph/wire/roots.js'
import { SignInError } from '../../../src/model/errors.js'

const test = suite('graph/sign-in')
const environment = { AZURE_TENANT_ID: 'env-tenant', AZURE_CLIENT_ID: 'app', AZURE_CLIENT_SECRET: 'hunter22' }
const root = cloudRoot('us-gov')

/** Of an app, not of a managed identity. */
const appGrant = (settings: GrantSettings) => readGrant(settings) as ConfidentialGrant

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
})

test('takes the tenant of the environment where the settings have none', () => {
  assert.is(appGrant({ environment, root }).tenantId, 'env-tenant')
  assert.is(appGrant({ environment, tenantId: ' ', root }).tenantId, 'env-tenant')
})

for (const name of ['AZURE_TENANT_ID', 'AZURE_CLIENT_ID']) {
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

test('says what to set when nothing proves to be the app', () => {
  const said = refusal(() => readGrant({ environment: { ...environment, AZURE_CLIENT_SECRET: '' }, root }))
  for (const name of ['AZURE_FEDERATED_TOKEN_FILE', 'AZURE_CLIENT_CERTIFICATE_PATH', 'AZURE_CLIENT_SECRET']) {
    assert.match(said, name)
  }
})

const app = { AZURE_TENANT_ID: 'contoso.example', AZURE_CLIENT_ID: 'app' }
const common = {
  tenantId: 'contoso.example',
  clientId: 'app',
  authority: 'https://login.microsoftonline.us',
  scope: 'https://graph.microsoft.us/.default',
}
const read = (more: Record<string, string>) => readGrant({ environment: { ...app, ...more }, root })

test('reads a certificate, a token file, and GitHub’s variables', () => {
  const certificate = {
    AZURE_CLIENT_CERTIFICATE_PATH: '/app.pem',
    AZURE_CLIENT_CERTIFICATE_PASSWORD: ' pass ',
    AZURE_CLIENT_SEND_CERTIFICATE_CHAIN: 'True',
  }
  assert.equal(read(certificate), {
    ...common,
    kind: 'certificate',
    path: '/app.pem',
    password: ' pass ',
    sendsChain: true,
  })
  assert.equal(read({ AZURE_FEDERATED_TOKEN_FILE: '/token' }), {
    ...common,
    kind: 'federated-token-file',
    path: '/token',
  })
  const github = {
    ACTIONS_ID_TOKEN_REQUEST_URL: 'https://actions.example.com/id?v=2',
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'request-token',
  }
  assert.equal(read(github), {
    ...common,
    kind: 'github-oidc',
    url: 'https://actions.example.com/id?v=2&audience=api%3A%2F%2FAzureADTokenExchangeUSGov',
    requestToken: 'request-token',
  })
})

test('reads a managed identity, which needs neither tenant nor authority', () => {
  const bare = { url: 'https://gateway.example.com' }
  const environment = { IDENTITY_ENDPOINT: 'http://localhost:42356/msi/token', IDENTITY_HEADER: 'header-1' }
  assert.equal(readGrant({ environment, root: bare }), {
    kind: 'managed-identity',
    scope: 'https://gateway.example.com/.default',
    origins: ['http://localhost:42356', 'http://127.0.0.1:42356'],
    secrets: ['header-1'],
  })
  const named = { CALLCTL_SIGN_IN: 'managed-identity', AZURE_CLIENT_ID: 'user-assigned' }
  const grant = readGrant({ environment: named, tenantId: 'contoso.example', root })
  assert.match(JSON.stringify(grant), /"tenantId":"contoso.example","clientId":"user-assigned"/)
  assert.match(JSON.stringify(grant), 'http://169.254.169.254')
})

for (const [variable, value] of [
  ['ACTIONS_ID_TOKEN_REQUEST_URL', 'http://actions.example.com'],
  ['ACTIONS_ID_TOKEN_REQUEST_URL', 'https://name:word@actions.example.com'],
  ['ACTIONS_ID_TOKEN_REQUEST_URL', 'nonsense'],
  ['IDENTITY_ENDPOINT', 'nonsense'],
  ['IDENTITY_ENDPOINT', 'file:///etc/passwd'],
  ['IDENTITY_ENDPOINT', 'http://name@169.254.169.254'],
] as const) {
  test(`refuses ${variable}=${value} without repeating it`, () => {
    const more = { ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'x', IDENTITY_HEADER: 'x', [variable]: value }
    const said = refusal(() => read(more))
    assert.match(said, variable)
    assert.not.match(said, value)
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
  assert.is(appGrant({ environment: changed, root }).authority, 'https://login.example.com')
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
  assert.is(appGrant({ environment: changed, root: bare }).scope, 'https://gateway.example.com/.default')
})

test.run()
