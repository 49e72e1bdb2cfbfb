import { SignInError } from '../model/errors.js'
import type { GraphRoot } from './roots.js'

type Environment = Readonly<Record<string, string | undefined>>

/** How callctl proves who it is. */
export type SignInKind = 'client-secret'

/** Everything that a token request needs. */
export interface SecretGrant {
  readonly kind: 'client-secret'
  readonly tenantId: string
  readonly clientId: string
  readonly clientSecret: string
  /** Origin of the sign-in endpoint. */
  readonly authority: string
  readonly scope: string
}

/** The kind of sign-in that the environment describes. Throws SignInError when it describes none. */
export function chooseSignIn(environment: Environment): SignInKind {
  required(environment, 'AZURE_CLIENT_SECRET')
  return 'client-secret'
}

export interface GrantSettings {
  readonly environment: Environment
  /** From the settings of the workspace; AZURE_TENANT_ID when absent or empty. */
  readonly tenantId?: string | undefined
  readonly root: GraphRoot
}

/** Reads and checks what signing in needs. Throws SignInError, which names the variable and never its value. */
export function readGrant(settings: GrantSettings): SecretGrant {
  const { environment, root } = settings
  const tenantId = concreteTenant(settings.tenantId?.trim() || required(environment, 'AZURE_TENANT_ID'))
  const clientId = required(environment, 'AZURE_CLIENT_ID')
  const kind = chooseSignIn(environment)
  const clientSecret = required(environment, 'AZURE_CLIENT_SECRET')
  const scope = root.scope ?? `${root.url}/.default`
  return { kind, tenantId, clientId, clientSecret, authority: authorityOf(environment, root), scope }
}

function required(environment: Environment, name: string): string {
  const value = environment[name]?.trim()
  if (value !== undefined && value !== '') return value
  throw new SignInError(
    `Cannot sign in: ${name} is not set`,
    'Set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET, or use --simulator.',
  )
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
  const text = environment['AZURE_AUTHORITY_HOST']?.trim() || root.authority
  const hint = 'AZURE_AUTHORITY_HOST is a URL such as https://login.microsoftonline.com'
  if (text === undefined) throw new SignInError('Cannot sign in: AZURE_AUTHORITY_HOST is not set', hint)
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isOrigin = url !== undefined && url.href === `${url.origin}/`
  if (isOrigin && url.protocol === 'https:') return url.origin
  throw new SignInError('Cannot sign in: AZURE_AUTHORITY_HOST is not an https origin', hint)
}
