import { SignInError } from '../model/errors.js'
import { loadFetch } from './client.js'
import { refuseUncheckedTls } from './dial.js'
import { type GrantSettings, readGrant, type SecretGrant } from './sign-in.js'
import { signInFailure } from './sign-in-failure.js'
import { createTokenTransport, type TokenTransport } from './token-endpoint.js'
import { createTokens, type Token, type TokenSource } from './tokens.js'

export interface TokenSettings extends GrantSettings {
  now(): number
  /** How a grant becomes a token; Microsoft's library when absent. */
  acquire?(grant: SecretGrant): Promise<Token>
  /** Milliseconds, as for createGraphCalls. */
  readonly connectTimeout?: number
  readonly answerTimeout?: number
  /** PEM certificates to trust instead of Node's own. */
  readonly trusted?: string
}

/** Signs in as the environment says, when a token is first needed. Throws UsageError for unchecked TLS. */
export function createTokenSource(settings: TokenSettings): TokenSource {
  refuseUncheckedTls(settings.environment)
  const acquire = settings.acquire ?? ((grant: SecretGrant) => acquireFromEntra(grant, settings))
  return createTokens(async () => {
    const grant = readGrant(settings)
    try {
      return await acquire(grant)
    } catch (error) {
      throw signInFailure(error, new URL(grant.authority).host, [grant.clientSecret])
    }
  }, settings.now)
}

async function acquireFromEntra(grant: SecretGrant, settings: TokenSettings): Promise<Token> {
  const { connectTimeout = 10_000, answerTimeout = 30_000, trusted } = settings
  const { authority, clientSecret } = grant
  const transport = createTokenTransport({
    authority,
    secrets: [clientSecret],
    connectTimeout,
    answerTimeout,
    trusted,
    loadFetch,
  })
  try {
    const result = await askMsal(grant, transport)
    if (result?.expiresOn) return { text: result.accessToken, expiresAt: result.expiresOn.getTime() }
  } catch (error) {
    throw transport.failure() ?? error
  }
  throw new SignInError('The sign-in endpoint sent no usable token')
}

async function askMsal(grant: SecretGrant, networkClient: TokenTransport) {
  const { ConfidentialClientApplication } = await import('@azure/msal-node')
  const { authority, tenantId, clientId, clientSecret, scope } = grant
  const application = new ConfidentialClientApplication({
    auth: {
      clientId,
      clientSecret,
      authority: `${authority}/${tenantId}`,
      knownAuthorities: [new URL(authority).host],
      authorityMetadata: formatMetadata(authority, tenantId),
    },
    system: { networkClient },
  })
  return application.acquireTokenByClientCredential({ scopes: [scope], skipCache: true })
}

/** Said beforehand, so that nothing is looked up: one request, to one host. */
function formatMetadata(authority: string, tenantId: string): string {
  const base = `${authority}/${tenantId}`
  return JSON.stringify({
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    token_endpoint: `${base}/oauth2/v2.0/token`,
    issuer: `${base}/v2.0`,
    jwks_uri: `${base}/discovery/v2.0/keys`,
  })
}
