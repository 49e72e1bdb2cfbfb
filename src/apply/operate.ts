import type { Answer, Calls, GraphTarget } from '../model/call.js'
import { LostAnswerError, NotSentError } from '../model/errors.js'
import { mayPass, meaningOf } from '../model/meaning.js'
import type { CallOperations, Effect, OperationRequest } from '../model/operation.js'

/** The world, as far as one operation needs it. */
export interface OperatePorts {
  readonly calls: Pick<Calls, 'signIn' | 'forgetToken'>
  readonly operations: CallOperations
  /** Milliseconds since 1970. */
  now(): number
  uuid(): string
  /** At least 0 and less than 1. */
  random(): number
  wait(milliseconds: number, signal?: AbortSignal): Promise<void>
  readonly interrupted: AbortSignal
}

export interface OperationTarget {
  readonly target: GraphTarget
  readonly callId: string
}

/** What an operation that rings nobody came to. */
export type Operated =
  | { readonly kind: 'answered'; readonly answer: Answer }
  | { readonly kind: 'not-sent'; readonly message: string }
  /** It may have been done; doing it again would be heard. */
  | { readonly kind: 'unknown'; readonly message: string }

const tryLimit = 5
const firstPause = 500
const longestPause = 60_000

/**
 * Sends one request that rings nobody. Reads and what may be repeated are tried again after what may pass; what is
 * heard when it is repeated only after Graph or the network has provably refused it. Throws SignInError.
 */
export async function operate(
  ports: OperatePorts,
  { target, callId }: OperationTarget,
  request: Omit<OperationRequest, 'operationId'>,
  effect: Exclude<Effect, 'rings'>,
): Promise<Operated> {
  let hasRenewed = false
  for (let tries = 1; ; tries += 1) {
    const got = await sendOnce(ports, { target, callId }, request)
    if (isAnswer(got) && got.status === 401 && !hasRenewed) {
      hasRenewed = true
      ports.calls.forgetToken()
      continue
    }
    const isRepeated = effect === 'acts' ? isProvablyRefused(got) : mayPassLater(got)
    if (!isRepeated || tries >= tryLimit || ports.interrupted.aborted) return conclude(got, effect)
    await ports.wait(pauseAfter(got, tries, ports.random()), ports.interrupted)
  }
}

type Got = Answer | NotSentError | LostAnswerError

async function sendOnce(
  { calls, operations, uuid }: OperatePorts,
  { target, callId }: OperationTarget,
  request: Omit<OperationRequest, 'operationId'>,
): Promise<Got> {
  await calls.signIn()
  try {
    const connection = await operations.connect(target, callId)
    try {
      return await connection.send({ ...request, operationId: uuid() })
    } finally {
      connection.close()
    }
  } catch (error) {
    if (error instanceof NotSentError || error instanceof LostAnswerError) return error
    throw error
  }
}

const isAnswer = (got: Got): got is Answer => !(got instanceof Error)

function mayPassLater(got: Got): boolean {
  if (isAnswer(got)) return mayPass(got.status)
  return got instanceof NotSentError ? got.retryable : true
}

/** A 429 with Retry-After was refused by the throttle. */
function isProvablyRefused(got: Got): boolean {
  if (isAnswer(got)) return meaningOf(got.status, got.retryAfter) === 'throttled'
  return got instanceof NotSentError && got.retryable
}

/** What Graph asks for, or else full jitter under a limit that doubles. */
function pauseAfter(got: Got, tries: number, random: number): number {
  const asked = isAnswer(got) ? got.retryAfter : undefined
  const backoff = random * firstPause * 2 ** (tries - 1)
  return asked !== undefined && asked >= 0 ? Math.min(longestPause, asked * 1000 + backoff) : backoff
}

function conclude(got: Got, effect: Effect): Operated {
  if (got instanceof NotSentError) return { kind: 'not-sent', message: got.message }
  if (got instanceof LostAnswerError) return { kind: 'unknown', message: got.message }
  if (effect === 'acts' && isUnclear(got)) return { kind: 'unknown', message: `answer ${got.status}` }
  return { kind: 'answered', answer: got }
}

/** As for a call that is placed: only a plain refusal says that nothing was done. */
const isUnclear = ({ status, retryAfter }: Answer): boolean =>
  meaningOf(status, retryAfter) === 'passing' || (status >= 300 && status < 400)
