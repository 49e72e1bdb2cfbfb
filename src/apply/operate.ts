import type { Answer, GraphTarget } from '../model/call.js'
import { LostAnswerError, NotSentError, SignInError } from '../model/errors.js'
import { meaningOf } from '../model/meaning.js'
import type { CallOperations, Effect, OperationRequest } from '../model/operation.js'
import { type Sent, send } from '../send/send.js'
import { type SenderPorts, startSender } from '../send/start-sender.js'

/** The world, as far as one operation needs it. */
export interface OperatePorts extends SenderPorts {
  readonly operations: CallOperations
  /** Milliseconds since 1970. */
  now(): number
  uuid(): string
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
  const sender = startSender(ports)
  try {
    const ended = await send(sender, {
      repeat: effect === 'acts' ? 'undone' : 'always',
      async send() {
        const connection = await ports.operations.connect(target, callId)
        try {
          return await connection.send({ ...request, operationId: ports.uuid() })
        } finally {
          connection.close()
        }
      },
    })
    if ('stopped' in ended && ended.stopped instanceof SignInError) throw ended.stopped
    const last = 'stopped' in ended ? ended.last : ended.sent
    return last === undefined ? { kind: 'not-sent', message: 'interrupted' } : conclude(last, effect)
  } finally {
    sender.end()
  }
}

function conclude(sent: Sent, effect: Effect): Operated {
  if (sent instanceof NotSentError) return { kind: 'not-sent', message: sent.message }
  if (sent instanceof LostAnswerError) return { kind: 'unknown', message: sent.message }
  if (effect === 'acts' && isUnclear(sent)) return { kind: 'unknown', message: `answer ${sent.status}` }
  return { kind: 'answered', answer: sent }
}

/** As for a call that is placed: only a plain refusal says that nothing was done. */
const isUnclear = ({ status, retryAfter }: Answer): boolean =>
  meaningOf(status, retryAfter) === 'passing' || (status >= 300 && status < 400)
