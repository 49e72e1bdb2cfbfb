import { createPrivateKey, verify, X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createGraphCalls } from '../../../src/graph/client.js'
import { createTokenSource, type TokenSettings } from '../../../src/graph/sign-in/auth.js'
import { SignInError } from '../../../src/model/errors.js'
import { type Certified, createAuthority, selfSigned } from '../../helpers/certificates.js'
import {
  clientId,
  type Entra,
  formatToken,
  granted,
  refused,
  tenantId,
  tokenPath,
  withEntra,
} from '../../helpers/entra.js'
import {
  created,
  type GraphServer,
  type Reply,
  startGraphServer,
  withGraphServer,
} from '../../helpers/graph-server.js'
import { rejection, target } from '../peer.js'

// Microsoft's own library, over real TLS, to a server on this machine.

const test = suite('graph/sign-in-kinds')
const folder = mkdtempSync(join(tmpdir(), 'callctl-sign-in-'))
test.after(() => rmSync(folder, { recursive: true }))

function write(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

const sourceFor = (
  entra: Entra,
  environment: Record<string, string>,
  settings: Partial<TokenSettings> = {},
) =>
  createTokenSource({
    environment: {
      AZURE_TENANT_ID: tenantId,
      AZURE_CLIENT_ID: clientId,
      AZURE_AUTHORITY_HOST: entra.url,
      ...environment,
    },
    root: { url: 'https://graph.microsoft.com' },
    trusted: entra.authority.certificate,
    now: Date.now,
    ...settings,
  })

async function refusal(
  entra: Entra,
  environment: Record<string, string>,
  settings = {},
): Promise<SignInError> {
  const error = await rejection(sourceFor(entra, environment, settings).token())
  assert.instance(error, SignInError)
  assert.not.match(inspect(error, { depth: 9, showHidden: true }), /canary/i)
  return error as SignInError
}

const app: Certified = selfSigned({ name: 'app', isRsa: true })
const appFile = write('app.pem', app.certificate + app.key)

const parsePart = (part: string | undefined) =>
  JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8')) as Record<string, unknown>

/** As Entra does: the key of the certificate that the thumbprint names has to have signed it. */
function checkAssertion(assertion: string, certificate: X509Certificate): Record<string, unknown> {
  const [head, body, signature] = assertion.split('.')
  const header = parsePart(head)
  const thumbprint = Buffer.from(certificate.fingerprint256.replaceAll(':', ''), 'hex').toString('base64url')
  assert.equal([header['alg'], header['x5t#S256']], ['PS256', thumbprint])
  const key = { key: certificate.publicKey, padding: 6, saltLength: 32 }
  const signed = Buffer.from(`${head}.${body}`)
  assert.ok(verify('sha256', signed, key, Buffer.from(signature ?? '', 'base64url')), 'signature')
  return { ...header, ...parsePart(body) }
}

test('a secret is posted to the tenant’s own endpoint', async () => {
  await withEntra(undefined, async (entra) => {
    const token = await sourceFor(entra, { AZURE_CLIENT_SECRET: 'Canary~1+2/3==' }).token()
    assert.is(token, formatToken('token-1'))
    assert.equal(
      entra.requests.map(({ method, path }) => `${method} ${path.split('?')[0]}`),
      [`POST ${tokenPath}`],
    )
    const [form] = entra.forms()
    assert.is(form?.['client_secret'], 'Canary~1+2/3==')
    assert.is(form?.['grant_type'], 'client_credentials')
    assert.is(form?.['scope'], 'https://graph.microsoft.com/.default')
  })
})

test('a certificate signs an assertion anew each time, and neither it nor its key is sent', async () => {
  await withEntra(undefined, async (entra) => {
    const tokens = sourceFor(entra, { AZURE_CLIENT_CERTIFICATE_PATH: appFile })
    await tokens.token()
    tokens.forget()
    assert.is(await tokens.token(), formatToken('token-2'))
    const claims = entra.forms().map((form) => {
      assert.is(form['client_assertion_type'], 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer')
      return checkAssertion(form['client_assertion'] ?? '', new X509Certificate(app.certificate))
    })
    assert.equal([claims[0]?.['iss'], claims[0]?.['sub']], [clientId, clientId])
    assert.is(claims[0]?.['aud'], entra.url + tokenPath)
    assert.ok(Number(claims[0]?.['exp']) <= Date.now() / 1000 + 601)
    assert.is(claims[0]?.['x5c'], undefined)
    assert.is.not(claims[0]?.['jti'], claims[1]?.['jti'])
  })
})

test('the chain goes along where the app trusts its issuer, the app’s own certificate first', async () => {
  const authority = createAuthority('Company')
  const issued = authority.issue({ name: 'app', isRsa: true })
  const path = write('chain.pem', authority.certificate + issued.key + issued.certificate)
  await withEntra(undefined, async (entra) => {
    const environment = { AZURE_CLIENT_CERTIFICATE_PATH: path, AZURE_CLIENT_SEND_CERTIFICATE_CHAIN: '1' }
    await sourceFor(entra, environment).token()
    const own = new X509Certificate(issued.certificate)
    const { x5c } = checkAssertion(entra.forms()[0]?.['client_assertion'] ?? '', own)
    const chain = [own, new X509Certificate(authority.certificate)].map(({ raw }) => raw.toString('base64'))
    assert.equal(x5c, chain)
  })
})

const encrypt = ({ certificate, key }: Certified, passphrase: string): string =>
  certificate +
  createPrivateKey(key).export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase }).toString()

test('an encrypted key is opened with its password', async () => {
  const path = write('encrypted.pem', encrypt(app, 'Canary pass'))
  await withEntra(undefined, async (entra) => {
    const environment = {
      AZURE_CLIENT_CERTIFICATE_PATH: path,
      AZURE_CLIENT_CERTIFICATE_PASSWORD: 'Canary pass',
    }
    await sourceFor(entra, environment).token()
    checkAssertion(entra.forms()[0]?.['client_assertion'] ?? '', new X509Certificate(app.certificate))
    const wrong = { ...environment, AZURE_CLIENT_CERTIFICATE_PASSWORD: 'canary-wrong' }
    assert.match((await refusal(entra, wrong)).hint ?? '', 'AZURE_CLIENT_CERTIFICATE_PASSWORD')
    const none = { AZURE_CLIENT_CERTIFICATE_PATH: path }
    assert.match((await refusal(entra, none)).hint ?? '', 'AZURE_CLIENT_CERTIFICATE_PASSWORD')
    assert.is(entra.requests.length, 1)
  })
})

const pair = selfSigned({ name: 'pair' })
const day = 86_400_000
const unusable: readonly (readonly [name: string, text: string, said: string])[] = [
  ['of another key', app.certificate + selfSigned({ name: 'x', isRsa: true }).key, 'fits none'],
  ['without a key', app.certificate, 'no private key'],
  ['without a certificate', app.key, 'no certificate'],
  ['that is not RSA', pair.certificate + pair.key, 'RSA'],
  ['that is damaged', app.certificate.replace(/^M.*$/m, 'canary') + app.key, 'cannot be read'],
  ['that is empty', '', 'no private key'],
  ['that has expired', together({ until: Date.now() - 1000 }), 'expired'],
  ['that is not valid yet', together({ from: Date.now() + day / 2 }), 'valid from'],
]
for (const [index, [name, text, said]] of unusable.entries()) {
  test(`a certificate ${name} is refused before anything is sent`, async () => {
    await withEntra(undefined, async (entra) => {
      const path = write(`canary-${index}.pem`, text)
      const error = await refusal(entra, { AZURE_CLIENT_CERTIFICATE_PATH: path })
      assert.match(error.message, 'AZURE_CLIENT_CERTIFICATE_PATH')
      assert.match(error.message, said)
      assert.is(entra.requests.length, 0)
    })
  })
}

function together(times: { readonly from?: number; readonly until?: number }): string {
  const { certificate, key } = selfSigned({ name: 'app', isRsa: true, ...times })
  return certificate + key
}

test('a file that is not there is named by its variable', async () => {
  await withEntra(undefined, async (entra) => {
    for (const name of ['AZURE_CLIENT_CERTIFICATE_PATH', 'AZURE_FEDERATED_TOKEN_FILE']) {
      const { message } = await refusal(entra, { [name]: join(folder, 'canary-nowhere') })
      assert.match(message, name)
      assert.match(message, 'ENOENT')
    }
  })
})

test('a federated token file is read again each time', async () => {
  const path = write('federated', 'canary.assertion.1\n')
  await withEntra(undefined, async (entra) => {
    const tokens = sourceFor(entra, { AZURE_FEDERATED_TOKEN_FILE: path })
    await tokens.token()
    write('federated', 'canary.assertion.2')
    tokens.forget()
    await tokens.token()
    assert.equal(
      entra.forms().map((form) => form['client_assertion']),
      ['canary.assertion.1', 'canary.assertion.2'],
    )
    write('federated', '')
    tokens.forget()
    assert.match((await rejection(tokens.token())).message, 'is empty')
  })
})

/** Hands out assertions as GitHub does to a job that may ask for them. */
async function withGitHub(
  entra: Entra,
  reply: Reply | undefined,
  work: (github: GraphServer) => Promise<void>,
): Promise<void> {
  let count = 0
  const answer = (): Reply => {
    count += 1
    return reply ?? { status: 200, body: JSON.stringify({ value: `canary.job.${count}` }) }
  }
  const github = await startGraphServer(
    answer,
    entra.authority.issue({ name: 'github', hosts: ['127.0.0.1'] }),
  )
  try {
    await work(github)
  } finally {
    await github.close()
  }
}

const job = (url: string) => ({
  ACTIONS_ID_TOKEN_REQUEST_URL: `${url}/id/token?api-version=2.0`,
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'canary-request-token',
})

test('GitHub is asked for a new assertion each time, with its own token, for Entra’s audience', async () => {
  await withEntra(undefined, async (entra) => {
    await withGitHub(entra, undefined, async (github) => {
      const tokens = sourceFor(entra, job(github.url))
      await tokens.token()
      tokens.forget()
      await tokens.token()
      const path = `/id/token?api-version=2.0&audience=${encodeURIComponent('api://AzureADTokenExchange')}`
      assert.equal(
        github.requests.map((asked) => [asked.method, asked.path, asked.headers.authorization]),
        Array(2).fill(['GET', path, 'Bearer canary-request-token']),
      )
    })
    assert.equal(
      entra.forms().map((form) => form['client_assertion']),
      ['canary.job.1', 'canary.job.2'],
    )
    assert.not.match(JSON.stringify(entra.requests), 'canary-request-token')
  })
})

const githubFaults: readonly (readonly [string, Reply, isRetryable: boolean])[] = [
  ['403', { status: 403, body: '{"message":"canary-request-token"}' }, false],
  ['500', { status: 500, body: '{}' }, true],
  ['503 in HTML', { status: 503, body: '<p>canary-request-token</p>' }, true],
  ['an empty value', { status: 200, body: '{"value":""}' }, false],
  [
    'a redirect',
    { status: 307, headers: { location: 'https://127.0.0.1:1/' }, body: '{"value":"canary"}' },
    false,
  ],
]
for (const [name, reply, isRetryable] of githubFaults) {
  test(`${name} from GitHub is a failed sign-in, and Entra is not asked`, async () => {
    await withEntra(undefined, async (entra) => {
      await withGitHub(entra, reply, async (github) => {
        const error = await refusal(entra, job(github.url))
        assert.match(error.message, new URL(github.url).host)
        assert.is(error.isRetryable, isRetryable)
        assert.equal([github.requests.length, entra.requests.length], [1, 0])
      })
    })
  })
}

const answers: readonly (readonly [string, Reply, said: RegExp, isRetryable: boolean])[] = [
  ['a wrong tenant', refused(90002), /no such tenant.*90002/, false],
  ['a revoked consent', refused(65001), /consented.*65001/, false],
  ['a disabled app', refused(7000112), /disabled.*7000112/, false],
  ['a subject that does not fit', refused(700213, "subject 'repo:a/b'"), /subject.*700213/, false],
  ['an overloaded Entra', refused(90033, 'Transient', 503), /90033/, true],
  ['HTML', { status: 200, body: '<html>' }, /not a token/, false],
  ['503 in HTML', { status: 503, body: '<html>' }, /HTTP 503/, true],
  ['a huge answer', { status: 200, body: `{"x":"${'x'.repeat(1_200_000)}"}` }, /not a token/, false],
  ['a redirect with a token', { ...refused(0), status: 302 }, /HTTP 302/, false],
  [
    'a token of a few seconds',
    { status: 200, body: '{"access_token":"canary","expires_in":30}' },
    /five/,
    false,
  ],
  ['nothing', { status: 200, body: '' }, /not a token/, false],
  [
    'an odd token',
    { status: 200, body: '{"access_token":"canary a","expires_in":3600}' },
    /no usable/,
    false,
  ],
]
for (const [name, reply, said, isRetryable] of answers) {
  test(`${name} is a failed sign-in`, async () => {
    await withEntra(
      () => reply,
      async (entra) => {
        const error = await refusal(entra, { AZURE_CLIENT_SECRET: 'canary-secret' })
        assert.match(error.message, said)
        assert.is(error.isRetryable, isRetryable)
        assert.is(entra.requests.length, 1)
      },
    )
  })
}

test('a redirect is followed with neither secret nor assertion', async () => {
  await withEntra(undefined, async (elsewhere) => {
    const away = { status: 307, headers: { location: elsewhere.url + tokenPath } }
    await withEntra(
      () => away,
      async (entra) => {
        await refusal(entra, { AZURE_CLIENT_SECRET: 'canary-secret' })
        await refusal(entra, { AZURE_CLIENT_CERTIFICATE_PATH: appFile })
      },
    )
    assert.is(elsewhere.connections(), 0)
  })
})

test('a sign-in endpoint that is silent, or that nobody vouches for, is a failed sign-in', async () => {
  const secret = { AZURE_CLIENT_SECRET: 'canary-secret' }
  await withEntra(undefined, async (entra) => {
    await withGraphServer(undefined, async ({ url }) => {
      const slow = { ...secret, AZURE_AUTHORITY_HOST: url.replace('http:', 'https:') }
      assert.is((await refusal(entra, slow, { connectTimeout: 30 })).isRetryable, true)
    })
    const stranger = await refusal(entra, secret, { trusted: createAuthority().certificate })
    assert.match(stranger.message, 'certificate')
    assert.is(stranger.isRetryable, false)
    assert.is(entra.requests.length, 0)
  })
})

test('a token that grows old in the middle of a run is renewed before the next request', async () => {
  const lasting = (_: unknown, count: number) =>
    granted(formatToken(`token-${count}`), { expires_in: count * 3600 })
  await withEntra(lasting, async (entra) => {
    const certified = entra.authority.issue({ name: 'graph', hosts: ['127.0.0.1'] })
    const graph = await startGraphServer(() => created('call-1'), certified)
    let passed = 0
    const now = () => Date.now() + passed
    const calls = createGraphCalls({
      root: { url: graph.url },
      tokens: sourceFor(entra, { AZURE_CLIENT_SECRET: 'canary-secret' }, { now }),
      trusted: entra.authority.certificate,
      version: '0.1.0',
      environment: {},
      now,
    })
    try {
      for (const minutes of [0, 50, 6]) {
        passed += minutes * 60_000
        await (await calls.connect(target)).create({ attemptId: 'a', text: '{}' })
      }
    } finally {
      await graph.close()
    }
    assert.equal(
      graph.requests.map(({ headers }) => headers.authorization),
      [1, 1, 2].map((each) => `Bearer ${formatToken(`token-${each}`)}`),
    )
  })
})

test('MSAL_FORCE_REGION does not send the secret elsewhere', async () => {
  process.env['MSAL_FORCE_REGION'] = 'westeurope'
  try {
    await withEntra(undefined, async (entra) => {
      await sourceFor(entra, { AZURE_CLIENT_SECRET: 'canary-secret' }).token()
      assert.is(entra.requests.length, 1)
    })
  } finally {
    delete process.env['MSAL_FORCE_REGION']
  }
})

test.run()
