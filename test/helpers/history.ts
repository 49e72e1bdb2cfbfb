import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { checkHistory, type Posted } from '../faults/history.js'

// After a test that applies: in the simulator's own words, no address rang twice without leave, no id is lost, and
// nothing was sent without a claim.

/** With a simulator of its own process, which logs every request. */
export function holdHistory(folder: string, posted: readonly Posted[], lacksEnded = false): void {
  const attempts = join(folder, '.callctl', 'simulator')
  const lockfile = join(folder, '.callctl', 'simulator.lock.json')
  const leaves = readLeaves(attempts)
  assert.equal(checkHistory({ posted, attempts, lockfile, leaves, lacksEnded }).violations, [])
}

/** With the built-in simulator, which keeps its calls until they end, with the attempt that each came by. */
export function holdBuiltInHistory(folder: string): void {
  const store = join(folder, '.callctl', 'simulator-calls.ndjson')
  if (!existsSync(store)) return
  const lines = readFileSync(store, 'utf8').trim().split('\n')
  const created = lines.map((line) => JSON.parse(line) as StoreLine).flatMap((line) => line.created ?? [])
  holdHistory(
    folder,
    created.map(({ id, scenarioId }) => ({
      method: 'POST',
      clientRequestId: scenarioId,
      callId: id,
      created: true,
    })),
    true,
  )
}

interface StoreLine {
  readonly created?: { readonly id: string; readonly scenarioId: string }
}

/** Leave to ring again stands in the claim that made use of it. */
function readLeaves(attempts: string): ReadonlyMap<string, number> {
  const leaves = new Map<string, number>()
  for (const name of existsSync(attempts) ? readdirSync(attempts) : []) {
    const claim =
      name.includes('@') && !name.startsWith('.') ? readFileSync(join(attempts, name), 'utf8') : ''
    if (!claim.slice(0, 4096).includes('"redial":true')) continue
    const address = /"address":"([^"]+)"/.exec(claim)?.[1] ?? ''
    leaves.set(address, (leaves.get(address) ?? 0) + 1)
  }
  return leaves
}
