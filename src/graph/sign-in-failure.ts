import { SignInError } from '../model/errors.js'
import { describeFailure } from './failure.js'
import { withoutSecrets } from './text.js'

/** Common codes of Microsoft Entra: what is wrong, and what most likely mends it. */
const knownCodes: Readonly<Record<string, readonly [string, string]>> = {
  '7000215': [
    'the client secret is wrong',
    'AZURE_CLIENT_SECRET has to be the secret’s value, not its id; both are shown when it is made.',
  ],
  '7000222': [
    'the client secret has expired',
    'Add a new secret to the app and set AZURE_CLIENT_SECRET to it.',
  ],
  '700016': [
    'the app is not in this tenant',
    'Compare AZURE_CLIENT_ID and AZURE_TENANT_ID; an administrator of the tenant may have to consent first.',
  ],
  '90002': [
    'there is no such tenant',
    'Compare AZURE_TENANT_ID, and whether the tenant is in the cloud that callctl.yaml names.',
  ],
  '53003': [
    'a conditional access policy forbids it',
    'Ask an administrator which policy covers this app, or run from a network that it allows.',
  ],
}

/** A failed sign-in in words. Without a cause: the library's error may hold the request, the secret included. */
export function signInFailure(error: unknown, host: string, secrets: readonly string[]): SignInError {
  if (error instanceof SignInError) return error
  const text = error instanceof Error ? error.message : ''
  const code = /AADSTS(\d{4,8})/.exec(text)?.[1]
  const known = code === undefined ? undefined : knownCodes[code]
  if (known !== undefined) return new SignInError(`Sign-in refused: ${known[0]} (AADSTS${code})`, known[1])
  // Trace ids and time stamps follow the first line.
  const reason = withoutSecrets(text, secrets).split(/[\r\n]|\s(?:Trace|Correlation) ID:/i)[0] ?? ''
  return new SignInError(`Sign-in at ${host} failed: ${describeFailure(new Error(reason))}`)
}
