// A workspace, a Graph and the people around them, in memory but for the record's real files. What `apply` of
// src/cli does is done here with the same stages, so that a process can die between any two operations.

import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { applyPlan } from '../../../src/apply/apply-plan.js'
import type { Answer, Calls } from '../../../src/model/call.js'
import { LostAnswerError, NotSentError, RecordError } from '../../../src/model/errors.js'
import type { Payload } from '../../../src/model/payload.js'
import type { Lockfile } from '../../../src/model/record/lockfile.js'
import { createPlan } from '../../../src/plan/create-plan.js'
import { openConcurrentAttempts } from '../../../src/record/attempts/attempts.js'
import type { RecordPlace } from '../../../src/record/folders/folders.js'
import {
  createLockfile,
  type LoadedRecord,
  loadRecord,
  saveLockfile,
} from '../../../src/record/load-record.js'
import { endingsOf, recordEnded } from '../../../src/refresh/record-ended.js'
import { Crash, createFate, type Fate, type Mishap } from '../faulty-files.js'

/** What Graph does to a POST. */
export type Turn =
  | 'created'
  | 'created-lost'
  | 'created-500'
  | 'created-no-id'
  | 'lost'
  | 'refused'
  | 'throttled'
  | 'unauthorized'
  | 'not-sent'
  | 'no-connection'

export interface Ring {
  readonly address: string
  readonly attemptId: string
  readonly callId: string
}

export interface World {
  readonly place: RecordPlace
  /** Every call that was created, in order. */
  readonly rings: Ring[]
  /** Attempts that a POST was seen for. */
  readonly posts: string[]
  /** Defined calls and the version of their payload. */
  readonly defined: Map<string, number>
  /** How often a person gave leave to ring an address again. */
  readonly leaves: Map<string, number>
  /** Attempts that a person called not placed, though they rang. */
  readonly denied: Set<string>
  /** Lockfiles that were committed. */
  readonly commits: string[]
  /** Attempts of elsewhere have rung: without its lockfile only git's history could tell. */
  needsLockfile: boolean
  ids: number
  remove(): void
}

export function createWorld(): World {
  const parent = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()
  const folder = realpathSync(mkdtempSync(join(parent, 'callctl-model-')))
  const attempts = join(folder, '.callctl')
  const temporary = join(folder, 'temporary')
  mkdirSync(temporary)
  return {
    place: {
      lockfile: join(folder, 'calls.lock.json'),
      attempts,
      rescue: join(attempts, 'rescue'),
      temporary,
    },
    rings: [],
    posts: [],
    defined: new Map(),
    leaves: new Map(),
    denied: new Set(),
    commits: [],
    needsLockfile: false,
    ids: 0,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

export interface ApplyChoice extends Mishap {
  readonly turns: readonly Turn[]
  readonly concurrency: number
  /** Addresses named with `--redial`. */
  readonly redial: readonly string[]
}

/** One `apply`. Returns why it refused, if it did. Throws only for a bug. */
export async function applyOnce(world: World, choice: ApplyChoice): Promise<string | undefined> {
  const fate = createFate(choice)
  try {
    await applyWith(world, choice, fate)
    return undefined
  } catch (error) {
    if (fate.isDead() || error instanceof Crash) return 'killed'
    if (error instanceof RecordError) return error.message
    throw error
  } finally {
    if (existsSync(world.place.lockfile)) world.commits.push(readFileSync(world.place.lockfile, 'utf8'))
  }
}

async function applyWith(world: World, choice: ApplyChoice, fate: Fate): Promise<void> {
  const { place } = world
  const { files } = fate
  const record = loadRecord(place, files)
  if (record.exists) {
    createLockfile(place, record.lockfile.lineage, files)
    saveLockfile(place, record.lockfile, files)
  }
  const plan = planOf(world, record.lockfile, choice.redial)
  for (const { address, action } of plan.changes) if (action === 'redial') giveLeave(world, address)
  createLockfile(place, record.exists ? record.lockfile.lineage : uuidOf(world), files)
  let { lockfile } = record
  const result = await applyPlan(plan, {
    calls: createCalls(world, choice.turns, fate),
    attempts: openConcurrentAttempts(place, files),
    nextNumber: numberAfter(record),
    recordEnded(address, ended) {
      lockfile = recordEnded(lockfile, [{ address, ...ended }])
      saveLockfile(place, lockfile, files)
    },
    now: () => 0,
    uuid: () => uuidOf(world),
    random: () => 0.5,
    async wait() {},
    report() {},
    interrupted: new AbortController().signal,
    settings: { concurrency: choice.concurrency },
  })
  saveLockfile(place, recordEnded(loadRecord(place, files).lockfile, endingsOf(result.results)), files)
}

const planOf = (world: World, lockfile: Lockfile, redial: readonly string[]) =>
  createPlan({
    payloads: [...world.defined].map(([address, version]) => payloadOf(address, version)),
    definedAddresses: new Set(world.defined.keys()),
    lockfile,
    observations: [],
    limits: { concurrency: 1 },
    redialNames: new Set(redial),
  })

function numberAfter({ attempts }: LoadedRecord): (address: string) => number {
  return (address) =>
    Math.max(0, ...attempts.filter((each) => each.address === address).map(({ number }) => number)) + 1
}

export const giveLeave = (world: World, address: string): void =>
  void world.leaves.set(address, (world.leaves.get(address) ?? 0) + 1)

export const uuidOf = (world: World): string =>
  `00000000-0000-4000-8000-${(++world.ids).toString(16).padStart(12, '0')}`

export const payloadOf = (address: string, version: number): Payload => ({
  address,
  range: { source: 'calls/a.yaml', start: 0, end: 0 },
  target: { cloud: 'global', version: 'v1.0', collection: 'communications' },
  call: {},
  text: JSON.stringify({ address, version }),
  digest: Buffer.from(`${address}/${version}`).toString('hex').padEnd(64, '0'),
  touches: { kind: 'peer-to-peer', people: [{ id: address }], numbers: [], permissions: [] },
})

/** Graph: each POST takes the next turn; once they are used up, every call is created. */
function createCalls(world: World, turns: readonly Turn[], fate: Fate): Calls {
  const left = [...turns]
  const nextTurn = (): Turn => left.shift() ?? 'created'
  return {
    signIn: async () => ({}),
    forgetToken() {},
    async connect() {
      fate.step()
      if (left[0] !== 'no-connection') return { create, isOpen: () => true, close() {} }
      left.shift()
      throw new NotSentError('ECONNREFUSED', true)
    },
    get: () => Promise.reject(new Error('not used')),
    async hangUp() {
      fate.step()
      return { status: 204 }
    },
  }

  async function create({ attemptId, text }: { readonly attemptId: string; readonly text: string }) {
    fate.step()
    const turn = nextTurn()
    if (turn === 'not-sent' || turn === 'no-connection') throw new NotSentError('reset', true)
    const { address } = JSON.parse(text) as { address: string }
    world.posts.push(attemptId)
    const callId = `call-${world.posts.length}`
    if (turn.startsWith('created')) world.rings.push({ address, attemptId, callId })
    // Others have their turn while this one waits.
    await Promise.resolve()
    fate.step()
    return answerOf(turn, callId)
  }
}

function answerOf(turn: Turn, callId: string): Answer {
  if (turn === 'created') return { status: 201, callId, call: { id: callId } }
  if (turn === 'created-500') return { status: 500 }
  if (turn === 'created-no-id') return { status: 201, raw: '{}' }
  if (turn === 'refused') return { status: 403, error: { code: '7503', message: 'no' } }
  if (turn === 'throttled') return { status: 429, retryAfter: 1 }
  if (turn === 'unauthorized') return { status: 401 }
  throw new LostAnswerError('cut')
}

export function writeLockfile(world: World, text: string): void {
  mkdirSync(dirname(world.place.lockfile), { recursive: true })
  writeFileSync(world.place.lockfile, text)
}
