// A look-alike of Microsoft's sign-in endpoint, over TLS, whose tokens are numbered.

import { type Authority, createAuthority } from './certificates.js'
import { type GraphServer, type Recorded, type Reply, startGraphServer } from './graph-server.js'

export interface Entra extends GraphServer {
  /** PEM, to be trusted. */
  readonly authority: Authority
  /** The forms that were posted. */
  forms(): readonly Readonly<Record<string, string>>[]
}

export const tenantId = '5f0b6a52-4b0e-4c57-a6f0-6d7f3f2a9e11'
export const clientId = '2891555a-92ff-42e6-80fa-6e1300c6b5c6'
export const tokenPath = `/${tenantId}/oauth2/v2.0/token`

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A token as Entra makes them, unsigned. */
export const formatToken = (name: string, claims: object = {}): string => {
  const body = {
    tid: tenantId,
    roles: ['Calls.Initiate.All', 'Calls.InitiateGroupCall.All'],
    jti: name,
    ...claims,
  }
  return `${encode({ alg: 'none' })}.${encode(body)}.${encode(name)}`
}

/** What a token endpoint answers that says yes. */
export const granted = (token: string, fields: object = {}): Reply => ({
  status: 200,
  body: JSON.stringify({ token_type: 'Bearer', expires_in: 3600, access_token: token, ...fields }),
})

/** What Entra answers when it says no. */
export const refused = (code: number, description = 'No.', status = 400): Reply => ({
  status,
  body: JSON.stringify({
    error: 'invalid_request',
    error_description: `AADSTS${code}: ${description} Trace ID: t Correlation ID: c Timestamp: now`,
    error_codes: [code],
  }),
})

/** Grants `token-1`, `token-2` and so on, unless the test says otherwise. */
export async function startEntra(
  reply: (request: Recorded, count: number) => Reply = (_, count) => granted(formatToken(`token-${count}`)),
): Promise<Entra> {
  const authority = createAuthority()
  let count = 0
  const server = await startGraphServer(
    (request) => {
      count += 1
      return reply(request, count)
    },
    authority.issue({ name: 'login', hosts: ['127.0.0.1', 'login.test'] }),
  )
  const forms = () => server.requests.map(({ body }) => Object.fromEntries(new URLSearchParams(body)))
  return { ...server, authority, forms }
}

export async function withEntra(
  reply: ((request: Recorded, count: number) => Reply) | undefined,
  work: (entra: Entra) => Promise<void>,
): Promise<void> {
  const entra = await startEntra(reply)
  try {
    await work(entra)
  } finally {
    await entra.close()
  }
}
