import type { Environment } from '../../model/environment.js'

/** How callctl proves who it is, the best first: what cannot leak, then what can be kept safe, then a password. */
export const signInKinds = [
  'federated-token-file',
  'github-oidc',
  'certificate',
  'managed-identity',
  'client-secret',
] as const
export type SignInKind = (typeof signInKinds)[number]

/** Which kind of sign-in an environment describes, and why. Names of variables alone, never their values. */
export interface SignInChoice {
  /** Absent when nothing describes one. */
  readonly kind?: SignInKind
  /** The variables that decided. */
  readonly decidedBy: readonly string[]
  /** Variables that this kind needs and that are not set. */
  readonly missing: readonly string[]
  /** Kinds that are described as well and come later in the order. */
  readonly passedOver: readonly SignInKind[]
  /** What is wrong with the variable that names the kind. */
  readonly problem?: string
}

interface Rule {
  readonly kind: SignInKind
  /** The variable that describes this kind by being set. */
  sign(environment: Environment): string | undefined
  needs(environment: Environment): readonly string[]
}

const app = ['AZURE_TENANT_ID', 'AZURE_CLIENT_ID']

const rules: readonly Rule[] = [
  bySign('federated-token-file', 'AZURE_FEDERATED_TOKEN_FILE'),
  {
    kind: 'github-oidc',
    // GitHub sets these for whatever the job does; an app's id tells that it is to sign in.
    sign: (environment) =>
      isSet(environment, 'AZURE_CLIENT_ID')
        ? first(environment, ['ACTIONS_ID_TOKEN_REQUEST_URL'])
        : undefined,
    needs: () => [...app, 'ACTIONS_ID_TOKEN_REQUEST_URL', 'ACTIONS_ID_TOKEN_REQUEST_TOKEN'],
  },
  bySign('certificate', 'AZURE_CLIENT_CERTIFICATE_PATH'),
  {
    kind: 'managed-identity',
    // A bare virtual machine sets nothing: asking whether an endpoint answers would be a guess, and a slow one.
    sign: (environment) => first(environment, ['IDENTITY_ENDPOINT', 'MSI_ENDPOINT']),
    needs: neededByManagedIdentity,
  },
  bySign('client-secret', 'AZURE_CLIENT_SECRET'),
]

function bySign(kind: SignInKind, sign: string): Rule {
  return { kind, sign: (environment) => first(environment, [sign]), needs: () => [...app, sign] }
}

/** What Azure itself sets beside the endpoint: for App Service and its kin, Azure Arc, Machine Learning. */
function neededByManagedIdentity(environment: Environment): readonly string[] {
  if (isSet(environment, 'IDENTITY_ENDPOINT')) {
    return isSet(environment, 'IMDS_ENDPOINT') ? [] : ['IDENTITY_HEADER']
  }
  return isSet(environment, 'MSI_ENDPOINT') ? ['MSI_SECRET'] : []
}

/** Names that Azure's own libraries use in AZURE_TOKEN_CREDENTIALS; its other values say nothing here. */
const credentialKinds: Readonly<Record<string, SignInKind>> = {
  managedidentitycredential: 'managed-identity',
  workloadidentitycredential: 'federated-token-file',
}

/** The kind of sign-in that the environment describes. `tenantId`: what the workspace's settings say. */
export function describeSignIn(environment: Environment, tenantId?: string): SignInChoice {
  const described = rules.flatMap((rule) => {
    const sign = rule.sign(environment)
    return sign === undefined ? [] : [{ kind: rule.kind, sign }]
  })
  const named = readNamedKind(environment)
  if (named?.kind === undefined && named !== undefined) {
    const problem = `${named.variable} is none of ${signInKinds.join(', ')}`
    return { decidedBy: [named.variable], missing: [], passedOver: [], problem }
  }
  const kind = named?.kind ?? described[0]?.kind
  if (kind === undefined) return { decidedBy: [], missing: [], passedOver: [] }
  const needs = rules.find((rule) => rule.kind === kind)!.needs(environment)
  const hasTenant = tenantId !== undefined && tenantId.trim() !== ''
  return {
    kind,
    decidedBy: [named?.variable ?? described[0]!.sign],
    missing: needs.filter((name) => !isSet(environment, name) && !(hasTenant && name === 'AZURE_TENANT_ID')),
    passedOver: described.map((each) => each.kind).filter((each) => each !== kind),
  }
}

function readNamedKind(
  environment: Environment,
): { readonly variable: string; readonly kind?: SignInKind } | undefined {
  const own = variableOf(environment, 'CALLCTL_SIGN_IN')?.toLowerCase()
  if (own !== undefined) {
    const kind = signInKinds.find((each) => each === own)
    return { variable: 'CALLCTL_SIGN_IN', ...(kind !== undefined && { kind }) }
  }
  const kind = credentialKinds[variableOf(environment, 'AZURE_TOKEN_CREDENTIALS')?.toLowerCase() ?? '']
  return kind === undefined ? undefined : { variable: 'AZURE_TOKEN_CREDENTIALS', kind }
}

/** A variable's value without blanks around it; undefined when nothing is left. */
export function variableOf(environment: Environment, name: string): string | undefined {
  const value = environment[name]?.trim()
  return value === '' ? undefined : value
}

const isSet = (environment: Environment, name: string): boolean => variableOf(environment, name) !== undefined

const first = (environment: Environment, names: readonly string[]): string | undefined =>
  names.find((name) => isSet(environment, name))
