import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { describeSignIn, type SignInKind } from '../../../src/graph/sign-in/sign-in-choice.js'
import type { Environment } from '../../../src/model/environment.js'

const test = suite('graph/sign-in-choice')

const app = { AZURE_TENANT_ID: 'contoso.example', AZURE_CLIENT_ID: 'app' }
const ways: readonly (readonly [SignInKind, string, Environment])[] = [
  ['federated-token-file', 'AZURE_FEDERATED_TOKEN_FILE', { AZURE_FEDERATED_TOKEN_FILE: 'canary-1' }],
  [
    'github-oidc',
    'ACTIONS_ID_TOKEN_REQUEST_URL',
    { ACTIONS_ID_TOKEN_REQUEST_URL: 'canary-2', ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'canary-3' },
  ],
  ['certificate', 'AZURE_CLIENT_CERTIFICATE_PATH', { AZURE_CLIENT_CERTIFICATE_PATH: 'canary-4' }],
  ['managed-identity', 'IDENTITY_ENDPOINT', { IDENTITY_ENDPOINT: 'canary-5', IDENTITY_HEADER: 'canary-6' }],
  ['client-secret', 'AZURE_CLIENT_SECRET', { AZURE_CLIENT_SECRET: 'canary-7' }],
]

for (const [index, [kind, sign, variables]] of ways.entries()) {
  test(`${sign} means ${kind}`, () => {
    const choice = describeSignIn({ ...app, ...variables })
    assert.equal(choice, { kind, decidedBy: [sign], missing: [], passedOver: [] })
  })

  test(`${kind} comes before all that follow it`, () => {
    const environment = Object.assign({}, app, ...ways.slice(index).map(([, , each]) => each))
    const choice = describeSignIn(environment)
    assert.is(choice.kind, kind)
    assert.equal(
      choice.passedOver,
      ways.slice(index + 1).map(([later]) => later),
    )
    assert.not.match(JSON.stringify(choice), 'canary')
  })

  test(`CALLCTL_SIGN_IN=${kind} outranks the order`, () => {
    const environment = Object.assign({ CALLCTL_SIGN_IN: kind }, app, ...ways.map(([, , each]) => each))
    const choice = describeSignIn(environment)
    assert.equal([choice.kind, choice.decidedBy, choice.missing], [kind, ['CALLCTL_SIGN_IN'], []])
    assert.is(choice.passedOver.length, 4)
  })
}

test('names what is missing', () => {
  const missing = (environment: Environment, tenantId?: string) =>
    describeSignIn(environment, tenantId).missing
  assert.equal(missing({ AZURE_CLIENT_SECRET: 'x' }), ['AZURE_TENANT_ID', 'AZURE_CLIENT_ID'])
  assert.equal(missing({ AZURE_CLIENT_SECRET: 'x' }, 'contoso.example'), ['AZURE_CLIENT_ID'])
  assert.equal(missing({ ...app, ACTIONS_ID_TOKEN_REQUEST_URL: 'x' }), ['ACTIONS_ID_TOKEN_REQUEST_TOKEN'])
  assert.equal(missing({ IDENTITY_ENDPOINT: 'x' }), ['IDENTITY_HEADER'])
  assert.equal(missing({ MSI_ENDPOINT: 'x' }), ['MSI_SECRET'])
  assert.equal(missing({ IDENTITY_ENDPOINT: 'x', IMDS_ENDPOINT: 'x' }), [])
  assert.equal(missing({ ...app, CALLCTL_SIGN_IN: 'certificate' }), ['AZURE_CLIENT_CERTIFICATE_PATH'])
})

test('a virtual machine says nothing of itself, so that its identity is chosen by name', () => {
  const chosen = { kind: 'managed-identity', missing: [], passedOver: [] }
  assert.equal(describeSignIn({ CALLCTL_SIGN_IN: 'managed-identity' }), {
    ...chosen,
    decidedBy: ['CALLCTL_SIGN_IN'],
  })
  assert.equal(describeSignIn({ AZURE_TOKEN_CREDENTIALS: 'ManagedIdentityCredential' }), {
    ...chosen,
    decidedBy: ['AZURE_TOKEN_CREDENTIALS'],
  })
  assert.is(describeSignIn({ AZURE_TOKEN_CREDENTIALS: 'prod' }).kind, undefined)
})

test('GitHub’s variables without an app say nothing', () => {
  const { AZURE_CLIENT_ID, ...none } = { ...app, ...ways[1]![2] }
  assert.is(describeSignIn(none).kind, undefined)
})

test('nothing set describes nothing; an unknown name is a problem, which is not repeated', () => {
  assert.equal(describeSignIn({ AZURE_CLIENT_SECRET: ' ' }), { decidedBy: [], missing: [], passedOver: [] })
  const { kind, problem } = describeSignIn({ CALLCTL_SIGN_IN: 'canary', ...app })
  assert.is(kind, undefined)
  assert.match(problem ?? '', 'CALLCTL_SIGN_IN')
  assert.not.match(problem ?? '', 'canary')
})

test.run()
