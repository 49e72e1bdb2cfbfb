import { quote, type Words } from '../../model/diagnostics/wording.js'

/**
 * Variables by which callctl, or whoever runs it, proves who it is: sign-in, CI's own tokens, callctl's settings, the
 * password of a shared record. No expression may read them, secret or not: a payload is a way out.
 */
const proofs = new RegExp(
  `^(?:${[
    'AZURE_CLIENT_SECRET',
    'AZURE_CLIENT_CERTIFICATE_.*',
    'AZURE_FEDERATED_TOKEN.*',
    'MSI_.*',
    'IDENTITY_.*',
    'ACTIONS_.*_TOKEN.*',
    'GITHUB_TOKEN',
    'GH_TOKEN',
    'SYSTEM_ACCESSTOKEN',
    'CALLCTL_.*',
    'PGPASSWORD',
  ].join('|')})$`,
  'i',
)
const secretEnding = /(?:TOKEN|SECRET|PASSWORD|KEY)$/i

/** Windows tells no letter case apart in names of the environment, so none is told apart here. */
export const provesIdentity = (name: string): boolean => proofs.test(name)

export interface NameProblem {
  readonly message: Words
  readonly hint: Words
}

/** Why expressions may not read a variable of the environment, as callctl.yaml lists it; undefined where they may. */
export function environmentNameProblem(name: string, isSecret: boolean): NameProblem | undefined {
  if (provesIdentity(name)) {
    return {
      message: quote`${name} proves who somebody is, so no expression can read it.`,
      hint: 'Remove it: callctl itself needs no entry under `env`.',
    }
  }
  if (isSecret || !secretEnding.test(name)) return undefined
  return {
    message: quote`${name} is named like a secret, and is not kept as one.`,
    hint: `Write \`{ name: ${name}, secret: true }\`.`,
  }
}
