import type { Answer, Calls, Connection, CreateRequest, SignedIn } from '../../src/model/call.js'

export type Log = string[]
type Step<Value> = Value | Error | (() => Value | Promise<Value>)

export interface FakeCalls extends Calls {
  readonly log: Log
  readonly creates: { readonly address: string; readonly attemptId: string }[]
  answers(status: number, rest?: Partial<Answer>): FakeCalls
  failsWith(error: Error): FakeCalls
  /** The next create does this. */
  does(step: () => Answer | Promise<Answer>): FakeCalls
  signsIn(...steps: Step<SignedIn | undefined>[]): FakeCalls
  connects(...steps: Step<void>[]): FakeCalls
  /** What isOpen says next; true once these are used up. */
  isOpenSays(...steps: boolean[]): FakeCalls
  hangsUp(...steps: Step<Answer>[]): FakeCalls
  gets(...steps: Step<Answer>[]): FakeCalls
}

async function take<Value>(steps: Step<Value>[], otherwise: Step<Value>): Promise<Value> {
  const step = steps.length > 0 ? (steps.shift() as Step<Value>) : otherwise
  if (step instanceof Error) throw step
  return typeof step === 'function' ? (step as () => Value | Promise<Value>)() : step
}

/** Graph that does what it was told, step by step, and then places every call. */
export function fakeCalls(log: Log = []): FakeCalls {
  const steps = {
    create: [] as Step<Answer>[],
    signIn: [] as Step<SignedIn | undefined>[],
    connect: [] as Step<void>[],
    isOpen: [] as boolean[],
    hangUp: [] as Step<Answer>[],
    get: [] as Step<Answer>[],
  }
  const creates: FakeCalls['creates'] = []
  const connection: Connection = {
    async create({ attemptId, text }: CreateRequest) {
      const address = addressIn(text)
      log.push(`create ${address}`)
      creates.push({ address, attemptId })
      return take(steps.create, () => placedAnswer(creates.length))
    },
    isOpen: () => steps.isOpen.shift() ?? true,
    close: () => void log.push('close'),
  }
  const tell = <Value>(list: Step<Value>[], more: Step<Value>[]): FakeCalls => {
    list.push(...more)
    return fake
  }
  const fake: FakeCalls = {
    log,
    creates,
    answers: (status, rest = {}) => tell(steps.create, [{ status, ...rest }]),
    failsWith: (error) => tell(steps.create, [error]),
    does: (step) => tell(steps.create, [step]),
    signsIn: (...more) => tell(steps.signIn, more),
    connects: (...more) => tell(steps.connect, more),
    isOpenSays: (...more) => {
      steps.isOpen.push(...more)
      return fake
    },
    hangsUp: (...more) => tell(steps.hangUp, more),
    gets: (...more) => tell(steps.get, more),
    async signIn() {
      log.push('signIn')
      return (await take(steps.signIn, undefined)) ?? {}
    },
    forgetToken: () => void log.push('forgetToken'),
    async connect() {
      log.push('connect')
      await take(steps.connect, undefined)
      return connection
    },
    async get(_target, callId) {
      log.push(`get ${callId}`)
      return take(steps.get, { status: 200, call: { state: 'established' } })
    },
    async hangUp(_target, callId) {
      log.push(`hangUp ${callId}`)
      return take(steps.hangUp, { status: 204 })
    },
  }
  return fake
}

export const placedAnswer = (number: number): Answer => ({
  status: 201,
  callId: `call-${number}`,
  call: { id: `call-${number}`, callChainId: `chain-${number}` },
  requestId: `request-${number}`,
})

const addressIn = (text: string): string => (JSON.parse(text) as { subject: string }).subject
