import { SignInError } from '../../model/errors.js'
import { mayPass } from '../../model/meaning.js'
import { isLoopback } from '../wire/roots.js'
import type { GitHubGrant } from './grants.js'
import { signInFailure } from './sign-in-failure.js'
import type { TokenTransport } from './token-endpoint.js'

/** Where to ask for an assertion that Entra takes. Throws SignInError for a URL that no token may be sent to. */
export function readRequestUrl(text: string, authority: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname))
  if (url === undefined || !isSafe || url.username !== '' || url.password !== '') {
    throw new SignInError(
      'Cannot sign in: ACTIONS_ID_TOKEN_REQUEST_URL is not an https URL',
      'GitHub Actions sets it for a job with `permissions: id-token: write`.',
    )
  }
  url.searchParams.set('audience', audienceFor(authority))
  return url.href
}

/** Each cloud's Entra takes assertions of an audience of its own. */
function audienceFor(authority: string): string {
  const isGovernment = new URL(authority).hostname.endsWith('.us')
  return isGovernment ? 'api://AzureADTokenExchangeUSGov' : 'api://AzureADTokenExchange'
}

/** A new assertion of who this job is; each lasts some minutes. Throws SignInError. */
export async function askGitHub(grant: GitHubGrant, transport: TokenTransport): Promise<string> {
  const host = new URL(grant.url).host
  try {
    const headers = { Authorization: `Bearer ${grant.requestToken}`, Accept: 'application/json' }
    const { body, status } = await transport.sendGetRequestAsync<{ value?: unknown }>(grant.url, { headers })
    if (status === 200 && typeof body.value === 'string' && body.value !== '') return body.value
  } catch (error) {
    throw signInFailure(error, host, transport.last())
  }
  const { status = 0 } = transport.last()
  throw new SignInError(
    `GitHub gave no token for this job (HTTP ${status} from ${host})`,
    'The job needs `permissions: id-token: write`, which pull requests from forks never have.',
    { isRetryable: mayPass(status) },
  )
}
