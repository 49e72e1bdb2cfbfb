import type { Answer, Calls, Connection } from '../model/call.js'
import { LostAnswerError } from '../model/errors.js'

/** By placeholder. */
export type Secrets = ReadonlyMap<string, string>

/** Graph may repeat what it was sent; no outcome, event or error may then hold a secret. */
export function redactAnswers(calls: Calls, secrets: Secrets): Calls {
  if (secrets.size === 0) return calls
  const redact = createRedaction(secrets)
  return {
    signIn: () => calls.signIn(),
    forgetToken: () => calls.forgetToken(),
    connect: async (target) => redactConnection(await calls.connect(target), redact),
    get: async (target, callId) => redact(await calls.get(target, callId)),
    hangUp: async (target, callId) => redact(await calls.hangUp(target, callId)),
  }
}

function redactConnection(connection: Connection, redact: (answer: Answer) => Answer): Connection {
  return {
    create: async (request) => {
      try {
        return redact(await connection.create(request))
      } catch (error) {
        // Its message may quote the start of an answer; `raw` is where such a text is redacted.
        if (!(error instanceof LostAnswerError)) throw error
        throw new LostAnswerError(redact({ status: 0, raw: error.message }).raw ?? '')
      }
    },
    isOpen: () => connection.isOpen(),
    close: () => connection.close(),
  }
}

/** As it is, and as JSON writes it inside a text. */
function createRedaction(secrets: Secrets): (answer: Answer) => Answer {
  const forms = [...secrets].flatMap(([placeholder, value]) =>
    [value, JSON.stringify(value).slice(1, -1)].map((form) => [form, placeholder] as const),
  )
  const redactText = (text: string): string =>
    forms.reduce((redacted, [form, placeholder]) => redacted.replaceAll(form, () => placeholder), text)
  const redactValue = (value: unknown): unknown => {
    if (typeof value === 'string') return redactText(value)
    if (Array.isArray(value)) return value.map(redactValue)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, redactValue(each)]))
  }
  // The ids are Graph's own, and what would remain of one that a secret stands in could find no call.
  return ({ callId, requestId, ...rest }) => ({
    ...(redactValue(rest) as Omit<Answer, 'callId' | 'requestId'>),
    ...(callId !== undefined && { callId }),
    ...(requestId !== undefined && { requestId }),
  })
}
