import { SignInError } from '../../model/errors.js'
import { readTenant } from '../answer/claims.js'
import { refuseUncheckedTls } from '../wire/dial.js'
import { loadFetch } from '../wire/load-fetch.js'
import { readAssertionFile, readCertificate } from './credential-files.js'
import { askGitHub } from './github.js'
import type { ConfidentialGrant, GitHubGrant, Grant, ManagedGrant } from './grants.js'
import { type GrantSettings, readGrant } from './sign-in.js'
import { signInFailure } from './sign-in-failure.js'
import { createTokenTransport, type TokenTransport, type TransportSettings } from './token-endpoint.js'
import { createTokens, type Token, type TokenSource } from './tokens.js'

export interface TokenSettings extends GrantSettings {
  now(): number
  /** Told once, when a secret is used: something better than that is to be had. */
  warn?(text: string): void
  /** How a grant becomes a token; Microsoft's library when absent. */
  acquire?(grant: Grant): Promise<Token>
  /** Milliseconds, as for createGraphCalls. */
  readonly connectTimeout?: number
  readonly answerTimeout?: number
  /** PEM certificates to trust instead of Node's own. */
  readonly trusted?: string
}

const secretWarning =
  'Signing in with AZURE_CLIENT_SECRET. A secret can be copied; prefer a federated credential or a certificate.'

/** Signs in as the environment says, when a token is first needed. Throws UsageError for unchecked TLS. */
export function createTokenSource(settings: TokenSettings): TokenSource {
  refuseUncheckedTls(settings.environment)
  let isWarned = false
  const endpoints: Endpoints = {}
  return createTokens(async () => {
    const grant = readGrant(settings)
    if (grant.kind === 'client-secret' && !isWarned) {
      isWarned = true
      settings.warn?.(secretWarning)
    }
    const token = await (settings.acquire?.(grant) ?? acquireFromEntra(grant, settings, endpoints))
    checkTenant(token.text, grant.tenantId)
    return token
  }, settings.now)
}

/** A managed identity, or a mistaken gateway, may give a token of another tenant: Graph refuses it, call by call. */
function checkTenant(token: string, tenantId: string | undefined): void {
  const actual = readTenant(token)
  const isId = tenantId !== undefined && /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(tenantId)
  if (!isId || actual === undefined || actual === tenantId.toLowerCase()) return
  throw new SignInError(
    'The token is of another tenant than the calls',
    'Compare AZURE_TENANT_ID, or tenantId in callctl.yaml, with the tenant of the identity that signs in.',
  )
}

/** Azure's library keeps the first transport that asked for a managed identity's token, so there is only one. */
interface Endpoints {
  managed?: TokenTransport
}

async function acquireFromEntra(grant: Grant, settings: TokenSettings, endpoints: Endpoints): Promise<Token> {
  const transport = transportFor(grant, settings, endpoints)
  const host =
    grant.kind === 'managed-identity' ? 'the managed identity endpoint' : new URL(grant.authority).host
  try {
    const result = await askMsal(grant, transport, settings)
    if (result?.expiresOn) return { text: result.accessToken, expiresAt: result.expiresOn.getTime() }
  } catch (error) {
    throw signInFailure(error, host, transport.last())
  }
  throw new SignInError('The sign-in endpoint sent no usable token')
}

function transportFor(grant: Grant, settings: TokenSettings, endpoints: Endpoints): TokenTransport {
  const common = transportSettings(settings)
  if (grant.kind !== 'managed-identity') {
    return createTokenTransport({ ...common, origins: [grant.authority], secrets: [] })
  }
  const { origins, secrets } = grant
  endpoints.managed ??= createTokenTransport({ ...common, origins, secrets, usesGet: true, isNear: true })
  return endpoints.managed
}

function transportSettings(settings: TokenSettings): Omit<TransportSettings, 'origins' | 'secrets'> {
  const { connectTimeout = 10_000, answerTimeout = 30_000, trusted, environment } = settings
  return { connectTimeout, answerTimeout, trusted, environment, loadFetch }
}

async function askMsal(grant: Grant, networkClient: TokenTransport, settings: TokenSettings) {
  if (grant.kind === 'managed-identity') return askManagedIdentity(grant, networkClient)
  const { ConfidentialClientApplication } = await import('@azure/msal-node')
  const { authority, tenantId, clientId, scope } = grant
  let failure: unknown
  const proof = await readProof(grant, settings, (error) => {
    failure = error
  })
  const application = new ConfidentialClientApplication({
    auth: {
      clientId,
      ...proof,
      authority: `${authority}/${tenantId}`,
      knownAuthorities: [new URL(authority).host],
      authorityMetadata: formatMetadata(authority, tenantId),
    },
    system: { networkClient },
  })
  try {
    // MSAL_FORCE_REGION would send the proof to another host.
    const request = { scopes: [scope], skipCache: true, azureRegion: 'DisableMsalForceRegion' }
    return await application.acquireTokenByClientCredential(request)
  } catch (error) {
    throw failure ?? error
  }
}

/** What shows that this is the app. Azure's library asks for an assertion when it needs one. */
async function readProof(grant: ConfidentialGrant, settings: TokenSettings, keep: (error: unknown) => void) {
  if (grant.kind === 'client-secret') return { clientSecret: grant.clientSecret }
  if (grant.kind === 'certificate') return { clientCertificate: await readCertificate(grant, settings.now()) }
  const ask = (): Promise<string> =>
    grant.kind === 'federated-token-file'
      ? readAssertionFile(grant.path)
      : askGitHub(grant, githubTransport(grant, settings))
  const clientAssertion = async (): Promise<string> => {
    try {
      return await ask()
    } catch (error) {
      keep(error)
      throw error
    }
  }
  return { clientAssertion }
}

function githubTransport(grant: GitHubGrant, settings: TokenSettings): TokenTransport {
  const { url, requestToken } = grant
  const origins = [new URL(url).origin]
  return createTokenTransport({
    ...transportSettings(settings),
    origins,
    secrets: [requestToken],
    usesGet: true,
  })
}

async function askManagedIdentity(grant: ManagedGrant, networkClient: TokenTransport) {
  const { ManagedIdentityApplication } = await import('@azure/msal-node')
  const { clientId, scope } = grant
  const application = new ManagedIdentityApplication({
    ...(clientId !== undefined && { managedIdentityIdParams: { userAssignedClientId: clientId } }),
    system: { networkClient, disableInternalRetries: true },
  })
  return application.acquireToken({ resource: scope.replace(/\/\.default$/, ''), forceRefresh: true })
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
