import type { ApplyPorts } from '../../src/apply/ports.js'
import type { Answer } from '../../src/model/call.js'
import { LostAnswerError, NotSentError, RecordError, SignInError } from '../../src/model/errors.js'
import type { Claim, Outcome } from '../../src/model/record/attempt.js'

export interface Fact {
  readonly what:
    | 'signed-in'
    | 'claimed'
    | 'created'
    | 'settled'
    | 'interrupted'
    | 'halted'
    | 'opened'
    | 'closed'
    | 'hung-up'
    | 'ended'
  readonly address?: string
  readonly attemptId?: string
  readonly outcome?: Outcome
  /** Whether the settle was durable; whether the create may have rung. */
  readonly is?: boolean
  readonly callId?: string
}

export interface World {
  readonly facts: Fact[]
  readonly ports: ApplyPorts
  /** How many exceptions that only a bug throws were thrown. */
  bugs: number
}

const statuses = [201, 200, 302, 400, 401, 403, 404, 408, 409, 429, 429, 500, 503, 504]

/** Ports that do what the numbers say, and what they should once these are used up. */
export function worldOf(numbers: readonly number[], interruptAt: number, concurrency: number): World {
  const facts: Fact[] = []
  const interrupt = new AbortController()
  let position = 0
  let operations = 0
  let ids = 0
  let time = 0
  const world = { facts, bugs: 0 }

  /** One operation of a port: maybe interrupts, maybe throws a bug; gives the next number, 0 to 99. */
  function turn(): number {
    operations += 1
    if (operations === interruptAt) {
      facts.push({ what: 'interrupted' })
      interrupt.abort()
    }
    const number = numbers[position++] ?? 99
    if (number === 0) {
      world.bugs += 1
      throw new TypeError('bug')
    }
    return number
  }
  async function slowTurn(): Promise<number> {
    const ticks = (numbers[position++] ?? 0) % 4
    for (let tick = 0; tick < ticks; tick += 1) await Promise.resolve()
    return turn()
  }
  function halt(error: Error): never {
    facts.push({ what: 'halted' })
    throw error
  }

  const connection = {
    async create({
      attemptId,
      text,
    }: {
      readonly attemptId: string
      readonly text: string
    }): Promise<Answer> {
      const address = (JSON.parse(text) as { subject: string }).subject
      const fact = { what: 'created', address, attemptId } as const
      // Recorded at the start, since that is when it rings; `is` says whether it may have.
      const index = facts.push({ ...fact, is: true }) - 1
      const number = await slowTurn()
      if (number > 85) {
        const callId = `call-${++ids}`
        facts[index] = { ...fact, is: true, callId }
        return { status: 201, callId }
      }
      if (number > 75) {
        facts[index] = { ...fact, is: false }
        throw new NotSentError('reset', number > 78)
      }
      if (number > 65) throw new LostAnswerError('cut')
      const status = statuses[number % statuses.length]!
      const refuses = [400, 401, 403, 404, 409].includes(status) || (status === 429 && number > 20)
      facts[index] = { ...fact, is: !refuses }
      return { status, ...(number > 20 ? { retryAfter: number % 3 } : {}) }
    },
    isOpen: () => turn() > 4,
    close() {
      facts.push({ what: 'closed' })
      turn()
    },
  }
  const claimed = new Set<string>()
  const ports: ApplyPorts = {
    calls: {
      async signIn() {
        const number = await slowTurn()
        if (number < 3) throw new SignInError('no')
        facts.push({ what: 'signed-in' })
        return {}
      },
      forgetToken: () => void turn(),
      async connect() {
        const number = await slowTurn()
        if (number < 15) throw new NotSentError('ECONNREFUSED', number > 4)
        facts.push({ what: 'opened' })
        return connection
      },
      get: () => Promise.reject(new Error('not used')),
      async hangUp(_target, callId) {
        const number = await slowTurn()
        if (number < 8) throw new LostAnswerError('cut')
        if (number < 16) throw new NotSentError('ECONNREFUSED', number > 10)
        const status = [204, 404, 401, 403, 429, 500][number > 60 ? number % 2 : number % 6]!
        if (status === 204 || status === 404) facts.push({ what: 'hung-up', callId })
        return { status, retryAfter: number % 3 }
      },
    },
    attempts: {
      claim(claim: Claim) {
        const number = turn()
        const name = `${claim.address}@${claim.number}`
        if (number < 3) halt(new RecordError('disk full'))
        if (number < 6 || claimed.has(name)) return false
        claimed.add(name)
        facts.push({ what: 'claimed', address: claim.address, attemptId: claim.attemptId })
        return true
      },
      settle({ address, attemptId }: Claim, outcome: Outcome) {
        const index = facts.push({ what: 'settled', address, attemptId, outcome, is: false }) - 1
        if (turn() < 4) halt(new RecordError('EIO'))
        facts[index] = { what: 'settled', address, attemptId, outcome, is: true }
      },
    },
    nextNumber: () => Math.min(1, turn()),
    recordEnded(address, { callId }) {
      if (turn() < 4) halt(new RecordError('EIO'))
      facts.push({ what: 'ended', address, callId })
    },
    now: () => {
      turn()
      return time
    },
    uuid: () => `uuid-${turn()}-${operations}`,
    random: () => turn() / 100,
    async wait(milliseconds) {
      await slowTurn()
      time += milliseconds
    },
    report: () => void turn(),
    interrupted: interrupt.signal,
    settings: { concurrency },
  }
  return Object.assign(world, { ports })
}
