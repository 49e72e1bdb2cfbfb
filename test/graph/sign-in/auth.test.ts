import { inspect } from 'node:util'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createTokenSource, type TokenSettings } from '../../../src/graph/sign-in/auth.js'
import type { Grant, SecretGrant } from '../../../src/graph/sign-in/grants.js'
import { SignInError, UsageError } from '../../../src/model/errors.js'
import {
  afterRequest,
  answering,
  formatAnswer,
  type Peer,
  readCertificate,
  rejection,
  withPeer,
} from '../peer.js'

const test = suite('graph/auth')
const secret = 'S3cret~value+1/2=='
const environment = { AZURE_CLIENT_ID: 'client-1', AZURE_CLIENT_SECRET: secret }
const root = { url: 'https://graph.microsoft.com', authority: 'https://login.microsoftonline.com' }
const tenantId = '5f0b6a52-4b0e-4c57-a6f0-6d7f3f2a9e11'
const sampleTime = 1_700_000_000_000

const source = (settings: Partial<TokenSettings>) =>
  createTokenSource({ environment, tenantId, root, now: () => sampleTime, ...settings })

/** Microsoft's own library against a sign-in endpoint on loopback. */
const realSource = (peer: Peer, settings: Partial<TokenSettings> = {}) =>
  source({
    environment: { ...environment, AZURE_AUTHORITY_HOST: peer.root },
    trusted: readCertificate('loopback'),
    now: Date.now,
    ...settings,
  })

const tokenAnswer = (fields: object) =>
  formatAnswer(
    '200 OK',
    ['Content-Type: application/json'],
    JSON.stringify({ token_type: 'Bearer', ...fields }),
  )

async function refusal(
  behave: ReturnType<typeof answering>,
  settings?: Partial<TokenSettings>,
): Promise<SignInError> {
  let error: Error | undefined
  await withPeer(
    behave,
    async (peer) => {
      error = await rejection(realSource(peer, settings).token())
    },
    'loopback',
  )
  assert.instance(error, SignInError)
  for (const form of [secret, encodeURIComponent(secret)])
    assert.not.match(inspect(error, { depth: 9 }), form)
  return error as SignInError
}

test('acquires with the grant of the environment', async () => {
  const grants: Grant[] = []
  const acquire = async (grant: Grant) => {
    grants.push(grant)
    return { text: 'token-1', expiresAt: sampleTime + 3_600_000 }
  }
  const tokens = source({ acquire })
  assert.is(grants.length, 0)
  assert.is(await tokens.token(), 'token-1')
  assert.is(grants.length, 1)
  const grant = grants[0] as SecretGrant
  assert.equal([grant.tenantId, grant.clientSecret], [tenantId, secret])
})

test('a missing variable is said when a token is needed', async () => {
  const error = await rejection(source({ environment: { AZURE_CLIENT_SECRET: secret } }).token())
  assert.instance(error, SignInError)
  assert.match(error.message, 'AZURE_CLIENT_ID')
})

test('refuses unchecked TLS', () => {
  const unchecked = { ...environment, NODE_TLS_REJECT_UNAUTHORIZED: '0' }
  assert.throws(
    () => source({ environment: unchecked }),
    (error: unknown) => error instanceof UsageError,
  )
})

test('warns once that a secret is used', async () => {
  const warnings: string[] = []
  const acquire = async () => ({ text: 'token-1', expiresAt: sampleTime + 3_600_000 })
  const tokens = source({ acquire, warn: (text) => void warnings.push(text) })
  await tokens.token()
  tokens.forget()
  await tokens.token()
  assert.is(warnings.length, 1)
  assert.match(warnings[0]!, 'AZURE_CLIENT_SECRET')
})

const tokenOf = (tid: string): string =>
  ['{}', JSON.stringify({ tid }), '-'].map((part) => Buffer.from(part).toString('base64url')).join('.')

test('a token of another tenant is refused, where tenants can be compared', async () => {
  const signIn = (tid: string, settings = {}) => {
    const acquire = async () => ({ text: tokenOf(tid), expiresAt: sampleTime + 3_600_000 })
    return source({ acquire, ...settings }).token()
  }
  assert.instance(await rejection(signIn('0c1d2e3f-0000-4000-8000-000000000000')), SignInError)
  await signIn(tenantId.toUpperCase())
  await signIn('0c1d2e3f-0000-4000-8000-000000000000', { tenantId: 'contoso.example' })
})

test('the real library asks this tenant alone, once, and anew after forget', async () => {
  let count = 0
  const behave = afterRequest((socket) => {
    count += 1
    socket.end(tokenAnswer({ access_token: `real-token-${count}`, expires_in: 3600 }))
  })
  await withPeer(
    behave,
    async (peer) => {
      const tokens = realSource(peer)
      assert.equal(await Promise.all([tokens.token(), tokens.token()]), ['real-token-1', 'real-token-1'])
      tokens.forget()
      assert.is(await tokens.token(), 'real-token-2')
      assert.is(peer.accepted(), 2)
      const sent = peer.received()
      assert.match(sent, new RegExp(`^POST /${tenantId}/oauth2/v2.0/token`))
      assert.match(sent, 'grant_type=client_credentials')
      assert.match(sent, encodeURIComponent('https://graph.microsoft.com/.default'))
      assert.match(sent, encodeURIComponent(secret))
    },
    'loopback',
  )
})

test('a refusal of Entra comes with its code and a hint', async () => {
  const body = {
    error: 'invalid_client',
    error_description: 'AADSTS7000215: Invalid client secret provided. Trace ID: 1 Correlation ID: 2',
    error_codes: [7000215],
  }
  const answer = formatAnswer('401 Unauthorized', ['Content-Type: application/json'], JSON.stringify(body))
  const error = await refusal(answering(answer))
  assert.match(error.message, 'AADSTS7000215')
  assert.match(error.hint ?? '', 'AZURE_CLIENT_SECRET')
})

test('a redirect of the sign-in endpoint is not followed with the secret', async () => {
  await withPeer(
    answering(tokenAnswer({ access_token: 'evil-token', expires_in: 3600 })),
    async (other) => {
      await refusal(answering(formatAnswer('307 Moved', [`Location: ${other.root}/x`], '')))
      assert.is(other.accepted(), 0)
    },
    'loopback',
  )
})

const oddAnswers: readonly (readonly [string, string])[] = [
  ['HTML', formatAnswer('200 OK', [], '<html>')],
  ['no token', tokenAnswer({ expires_in: 3600 })],
  ['a negative life', tokenAnswer({ access_token: 'odd-token', expires_in: -1 })],
  ['a life of 1e9 in text', tokenAnswer({ access_token: 'odd-token', expires_in: '1e9' })],
  ['a token with blanks', tokenAnswer({ access_token: 'odd token', expires_in: 3600 })],
  ['nothing', ''],
]
for (const [name, answer] of oddAnswers) {
  test(`an answer with ${name} is a failed sign-in`, async () => {
    assert.not.match((await refusal(answering(answer))).message, /odd.token/)
  })
}

test('a sign-in endpoint that is silent, echoes, or has a bad certificate is a failed sign-in', async () => {
  const silent = await refusal(() => {}, { answerTimeout: 30 })
  assert.match(silent.message, '0.03 s')
  await refusal(afterRequest((socket, text) => void socket.end(text.slice(text.indexOf('client_secret')))))
  assert.match(
    (await refusal(answering(''), { trusted: readCertificate('elsewhere') })).message,
    'certificate',
  )
})

test.run()
