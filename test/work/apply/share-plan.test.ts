import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { ApplyPorts } from '../../../src/apply/ports.js'
import { RecordError } from '../../../src/model/errors.js'
import type { Plan } from '../../../src/model/plan.js'
import type { Attempt, Outcome } from '../../../src/model/record/attempt.js'
import type { SharedRecord, SharedRows } from '../../../src/model/record/shared-record.js'
import type { CallResult, RunResult } from '../../../src/model/run.js'
import { carryOutShared, codeOfWhole, leaveTaken, type Sharing } from '../../../src/work/apply/share-plan.js'
import { claimOf, placed, refused, uncertain, uuid } from '../../record/temporary-place.js'

// What a runner of a shared plan does about calls that others have, without a database.

const test = suite('share-plan')
const addresses = ['a', 'b', 'c', 'd']
const idOf = (address: string): string => uuid(addresses.indexOf(address) + 1)

const plan = {
  changes: addresses.map((address) => ({ address, action: 'place', reason: '', attemptId: idOf(address) })),
} as unknown as Plan

const sharing: Sharing = {
  whole: addresses.map((address) => ({ address, attemptId: idOf(address) })),
  start: 0.5,
}

const attemptOf = (address: string, outcome?: Outcome, number = 1): Attempt => ({
  ...claimOf(address, number),
  attemptId: number === 1 ? idOf(address) : uuid(100 + number),
  ...(outcome !== undefined && { outcome }),
})

const resultsOf = (kind: CallResult['kind'], of: Plan): RunResult => ({
  results: of.changes.map(({ address }) => ({ address, kind, message: '' })),
})

interface Step {
  /** What the database has after this pass. */
  readonly rows: readonly Attempt[]
  readonly inFlight?: readonly string[]
  readonly kind: CallResult['kind']
}

/** The addresses of each pass, in their order, and how often it waited. */
async function passes(steps: readonly Step[], taken: SharedRecord['taken'] = async () => new Set()) {
  const seen: string[] = []
  let waits = 0
  let rows: SharedRows = { attempts: [], rings: [], endings: [], inFlight: new Set() }
  const shared = {
    taken,
    rows: () => rows,
    async reread() {
      const { rows: attempts, inFlight = [] } = steps[seen.length - 1]!
      rows = { ...rows, attempts, inFlight: new Set(inFlight.map(idOf)) }
    },
  } as unknown as SharedRecord
  const result = await carryOutShared(plan, {
    sharing,
    shared,
    ports: { interrupted: new AbortController().signal } as unknown as ApplyPorts,
    world: {
      async wait() {
        waits += 1
      },
    },
    async carryOut(part, ports) {
      for (const { attemptId } of part.changes) await ports.isTaken?.(attemptId!)
      seen.push(part.changes.map(({ address }) => address).join(''))
      return resultsOf(steps[seen.length - 1]!.kind, part)
    },
  })
  return { seen, waits, kinds: result.results.map(({ kind }) => kind) }
}

const all = addresses.map((address) => attemptOf(address, placed(address)))

test('it begins at its own share, and ends when each call has an outcome', async () => {
  assert.equal(await passes([{ rows: all, kind: 'placed' }]), {
    seen: ['cdab'],
    waits: 0,
    kinds: addresses.map(() => 'placed'),
  })
})

test('what another runner has in flight is waited for; what it left is taken', async () => {
  const flying = [attemptOf('a'), ...all.slice(1)]
  const { seen, waits } = await passes([
    { rows: flying.slice(0, 3), inFlight: ['a'], kind: 'elsewhere' },
    { rows: flying, inFlight: ['a'], kind: 'placed' },
    { rows: all, kind: 'placed' },
  ])
  assert.equal(seen, ['cdab', 'd', ''])
  assert.is(waits, 2)
})

test('calls that nobody can claim end it: nothing would change with another pass', async () => {
  for (const kind of ['not-sent', 'skipped', 'elsewhere'] as const)
    assert.equal((await passes([{ rows: [], kind }])).seen, ['cdab'], kind)
})

test('a look ahead that fails takes nothing from anybody: the claim decides', async () => {
  const look = async () => {
    throw new RecordError('away')
  }
  assert.equal((await passes([{ rows: all, kind: 'placed' }], look)).seen, ['cdab'])
})

test('what is claimed is left out of the plan, and judged by the last attempt, whoever made it', () => {
  const rows = (attempts: readonly Attempt[]): SharedRows => ({
    attempts,
    rings: [],
    endings: [],
    inFlight: new Set(),
  })
  const saved = { changes: plan.changes } as unknown as Parameters<typeof leaveTaken>[0]
  assert.equal(
    leaveTaken(saved, [attemptOf('b')]).changes.map(({ address }) => address),
    ['a', 'c', 'd'],
  )
  const rest = all.slice(1)
  assert.is(codeOfWhole(sharing, rows(all)), 0)
  assert.is(codeOfWhole(sharing, rows(rest)), 11)
  assert.is(codeOfWhole(sharing, rows([attemptOf('a'), ...rest])), 10)
  assert.is(codeOfWhole(sharing, rows([attemptOf('a', uncertain), ...rest])), 10)
  assert.is(codeOfWhole(sharing, rows([attemptOf('a', refused), ...rest])), 9)
  assert.is(codeOfWhole(sharing, rows([attemptOf('a', refused), attemptOf('a', placed('x'), 2), ...rest])), 0)
})

test.run()
