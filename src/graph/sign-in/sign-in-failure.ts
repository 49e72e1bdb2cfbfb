import { LostAnswerError, NotSentError, SignInError } from '../../model/errors.js'
import { mayPass } from '../../model/meaning.js'
import { plainText, withoutSecrets } from '../text/text.js'
import { describeFailure } from '../wire/failure.js'
import { type EntraCode, entraCodes } from './sign-in-codes.js'
import { type Exchanged, UnreadableAnswerError } from './token-endpoint.js'

/** A failed sign-in in words. Without a cause: the library's error may hold the request, the secret included. */
export function signInFailure(error: unknown, host: string, last: Exchanged): SignInError {
  if (error instanceof SignInError) return error
  const refusal = readRefusal(last)
  if (refusal !== undefined) return describeRefusal(refusal, host, last)
  const failure = last.failure ?? error
  const reason = withoutSecrets(failure instanceof Error ? failure.message : '', last.secrets)
  const text = failure instanceof NotSentError ? reason : describeFailure(new Error(reason))
  return new SignInError(`Sign-in at ${host} failed: ${text}`, undefined, { isRetryable: isPassing(failure) })
}

function isPassing(failure: unknown): boolean {
  if (failure instanceof NotSentError) return failure.retryable
  if (failure instanceof UnreadableAnswerError) return mayPass(failure.status)
  return failure instanceof LostAnswerError
}

/** An answer that says no, in the form of OAuth 2.0. */
interface Refusal {
  readonly status: number
  readonly error: string
  readonly description: string
  readonly code?: string
  readonly correlationId?: string
}

function readRefusal({ status = 0, body }: Exchanged): Refusal | undefined {
  const text = (name: string): string => (typeof body?.[name] === 'string' ? String(body[name]) : '')
  if (body === undefined || (text('error') === '' && status < 400)) return undefined
  const description = text('error_description') || text('message')
  const codes = Array.isArray(body['error_codes']) ? body['error_codes'] : []
  // The list is Entra's own; endpoints that pass its words on leave it out.
  const code = typeof codes[0] === 'number' ? String(codes[0]) : /^AADSTS(\d{4,8})\b/.exec(description)?.[1]
  const correlationId = /^[\da-f-]{36}$/i.exec(text('correlation_id'))?.[0]
  return {
    status,
    error: text('error'),
    description,
    ...(code !== undefined && { code }),
    ...(correlationId !== undefined && { correlationId }),
  }
}

function describeRefusal(refusal: Refusal, host: string, { secrets }: Exchanged): SignInError {
  const { status, error, code, correlationId } = refusal
  const known: EntraCode | undefined = code === undefined ? undefined : entraCodes[code]
  const words = firstLine(refusal.description, secrets)
  const options = { isRetryable: mayPass(status) || known?.isPassing === true }
  const trace =
    correlationId === undefined ? [] : [`Correlation id for Entra’s sign-in log: ${correlationId}.`]
  if (known === undefined) {
    const said = words || plainText(withoutSecrets(error, secrets), 200) || 'no reason given'
    const message = `Sign-in at ${host} failed: ${said}`
    return new SignInError(message, trace[0], options)
  }
  const quote = known.isQuoted === true && words !== '' ? [`Entra says: ${words}`] : []
  const hint = [known.hint, ...quote, ...trace].join(' ')
  return new SignInError(`Sign-in refused: ${known.meaning} (AADSTS${code})`, hint, options)
}

/** Trace ids and time stamps follow the first line. */
function firstLine(text: string, secrets: readonly string[]): string {
  const line = withoutSecrets(text, secrets).split(/[\r\n]|\s(?:Trace|Correlation) ID:/i)[0] ?? ''
  return plainText(line, 300)
}
