// Who callctl is for Graph: which way of signing in an environment describes, and the tokens that it yields. No message
// names the value of a variable.

import type { Environment } from '../../model/environment.js'
import { SignInError } from '../../model/errors.js'
import type { GraphRoot } from '../wire/roots.js'
import { readRequestUrl } from './github.js'
import type {
  AppGrant,
  CertificateGrant,
  ConfidentialGrant,
  GitHubGrant,
  Grant,
  ManagedGrant,
  SecretGrant,
  TokenFileGrant,
} from './grants.js'
import { describeSignIn, type SignInChoice, type SignInKind, variableOf } from './sign-in-choice.js'

export interface GrantSettings {
  readonly environment: Environment
  /** From the settings of the workspace; AZURE_TENANT_ID when absent or empty. */
  readonly tenantId?: string | undefined
  readonly root: GraphRoot
}

/** Reads and checks what signing in needs. Throws SignInError, which names the variable and never its value. */
export function readGrant(settings: GrantSettings): Grant {
  const { environment, root } = settings
  const choice = describeSignIn(environment, settings.tenantId)
  const kind = checkChoice(choice)
  const tenant = settings.tenantId?.trim() || variableOf(environment, 'AZURE_TENANT_ID')
  const tenantId = tenant === undefined ? undefined : concreteTenant(tenant)
  const scope = root.scope ?? `${root.url}/.default`
  if (kind === 'managed-identity') return readManagedGrant(environment, scope, tenantId)
  const authority = authorityOf(environment, root)
  const clientId = variableOf(environment, 'AZURE_CLIENT_ID')!
  return { tenantId: tenantId!, clientId, authority, scope, ...readProof(kind, environment, authority) }
}

/** What proves to be this app, by kind. */
type Proof =
  | Omit<SecretGrant, keyof AppGrant>
  | Omit<CertificateGrant, keyof AppGrant>
  | Omit<TokenFileGrant, keyof AppGrant>
  | Omit<GitHubGrant, keyof AppGrant>

function readProof(kind: ConfidentialGrant['kind'], environment: Environment, authority: string): Proof {
  const value = (name: string): string => variableOf(environment, name)!
  switch (kind) {
    case 'client-secret':
      return { kind, clientSecret: value('AZURE_CLIENT_SECRET') }
    case 'federated-token-file':
      return { kind, path: value('AZURE_FEDERATED_TOKEN_FILE') }
    case 'github-oidc':
      return {
        kind,
        url: readRequestUrl(value('ACTIONS_ID_TOKEN_REQUEST_URL'), authority),
        requestToken: value('ACTIONS_ID_TOKEN_REQUEST_TOKEN'),
      }
    case 'certificate': {
      const password = environment['AZURE_CLIENT_CERTIFICATE_PASSWORD']
      return {
        kind,
        path: value('AZURE_CLIENT_CERTIFICATE_PATH'),
        ...(password !== undefined && password !== '' && { password }),
        sendsChain: /^(1|true)$/i.test(variableOf(environment, 'AZURE_CLIENT_SEND_CERTIFICATE_CHAIN') ?? ''),
      }
    }
  }
}

/** Where Azure has the endpoint of a virtual machine, and of a machine connected through Azure Arc. */
const knownEndpoints = ['http://169.254.169.254', 'http://127.0.0.1:40342']

function readManagedGrant(
  environment: Environment,
  scope: string,
  tenantId: string | undefined,
): ManagedGrant {
  const clientId = variableOf(environment, 'AZURE_CLIENT_ID')
  const variable = ['IDENTITY_ENDPOINT', 'MSI_ENDPOINT', 'AZURE_POD_IDENTITY_AUTHORITY_HOST'].find(
    (name) => variableOf(environment, name) !== undefined,
  )
  const origins = variable === undefined ? knownEndpoints : [originOf(environment, variable)]
  return {
    kind: 'managed-identity',
    ...(tenantId !== undefined && { tenantId }),
    ...(clientId !== undefined && { clientId }),
    scope,
    // Azure's library asks Arc at the address behind this name.
    origins: origins.flatMap((origin) => [origin, origin.replace('localhost', '127.0.0.1')]),
    secrets: ['IDENTITY_HEADER', 'MSI_SECRET'].flatMap((name) => variableOf(environment, name) ?? []),
  }
}

function originOf(environment: Environment, variable: string): string {
  const text = variableOf(environment, variable)!
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url !== undefined && /^https?:$/.test(url.protocol) && !text.includes('@')) return url.origin
  throw new SignInError(
    `Cannot sign in: ${variable} is not a URL`,
    'Azure sets it where a managed identity is.',
  )
}

const settingsHint =
  'Set AZURE_TENANT_ID and AZURE_CLIENT_ID, and what proves to be this app: AZURE_FEDERATED_TOKEN_FILE, ' +
  'AZURE_CLIENT_CERTIFICATE_PATH or AZURE_CLIENT_SECRET. Or use --simulator.'

function checkChoice({ kind, decidedBy, missing, problem }: SignInChoice): SignInKind {
  if (problem !== undefined) throw new SignInError(`Cannot sign in: ${problem}`)
  if (kind === undefined) throw new SignInError('Cannot sign in: no credentials are set', settingsHint)
  if (missing.length === 0) return kind
  const verb = missing.length === 1 ? 'is' : 'are'
  const message = `Cannot sign in with ${titles[kind]}: ${missing.join(' and ')} ${verb} not set`
  throw new SignInError(message, `${decidedBy[0]} chose this way of signing in. ${hintFor(missing)}`)
}

const hintFor = (missing: readonly string[]): string =>
  missing.includes('AZURE_TENANT_ID')
    ? 'The tenant may also be `tenantId` in callctl.yaml.'
    : 'CALLCTL_SIGN_IN chooses another.'

/** With its article, as in "Cannot sign in with …". */
export const titles: Readonly<Record<SignInKind, string>> = {
  'federated-token-file': 'a federated token file',
  'github-oidc': 'a GitHub Actions token',
  certificate: 'a certificate',
  'managed-identity': 'a managed identity',
  'client-secret': 'a client secret',
}

/** Graph refuses a token of another tenant than the call's (7505), so the tenant has to be named. */
function concreteTenant(text: string): string {
  const isForm = /^[A-Za-z0-9][A-Za-z0-9.-]{0,252}$/.test(text)
  if (isForm && !/^(common|organizations|consumers)$/i.test(text)) return text
  throw new SignInError(
    'Cannot sign in: the tenant is not one tenant',
    'AZURE_TENANT_ID, or tenantId in callctl.yaml, is the id or a domain of your tenant, never common.',
  )
}

function authorityOf(environment: Environment, root: GraphRoot): string {
  const text = variableOf(environment, 'AZURE_AUTHORITY_HOST') ?? root.authority
  const hint = 'AZURE_AUTHORITY_HOST is a URL such as https://login.microsoftonline.com'
  if (text === undefined) throw new SignInError('Cannot sign in: AZURE_AUTHORITY_HOST is not set', hint)
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isOrigin = url !== undefined && url.href === `${url.origin}/`
  if (isOrigin && url.protocol === 'https:') return url.origin
  throw new SignInError('Cannot sign in: AZURE_AUTHORITY_HOST is not an https origin', hint)
}
