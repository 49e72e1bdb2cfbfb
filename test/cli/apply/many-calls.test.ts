import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { callctl, type Finished } from '../../helpers/callctl.js'
import { parseLines, runSimulator, type SimulatorProcess } from '../../helpers/callctl-simulator.js'
import { peerCalls, readEntries, type Workspace, withWorkspace } from '../../helpers/callctl-workspace.js'
import { holdHistory } from '../../helpers/history.js'

// Two hundred calls, sixteen at a time, through every fault at random (but the same in each run of this test).

const test = suite('many calls')
const names = Array.from({ length: 200 }, (_, index) => `call-${String(index).padStart(3, '0')}`)
const faults =
  'seed=20251123,lost-answer=0.03,cut-answer=0.03,reset=0.02,server-error=0.02,no-id=0.02,bad-json=0.03,' +
  'unavailable=0.02,redirect=0.01,refuse=0.03,throttle=0.005,unauthorized=0.01,slow=0.05,delay=20,latency=2'

interface Event {
  readonly event: string
  readonly address: string
  readonly attemptId: string
}

/** Applies, and remembers which attempt was for which address. */
async function apply(
  { folder }: Workspace,
  { url }: SimulatorProcess,
  attempts: Map<string, string>,
): Promise<Finished> {
  const finished = await callctl(['apply', '--yes', '--json', '--simulator', url], { cwd: folder })
  for (const { event, address, attemptId } of parseLines<Event>(finished.stdout)) {
    if (event === 'claimed') attempts.set(attemptId, address)
  }
  return finished
}

/** The addresses of the calls that were created, in the simulator's own words. */
const ringing = (simulator: SimulatorProcess, attempts: ReadonlyMap<string, string>): readonly string[] =>
  simulator.created().map(({ clientRequestId = '' }) => attempts.get(clientRequestId)!)

test('whatever goes wrong, each address rings at most once, and no call that rang is forgotten', () =>
  withWorkspace(peerCalls(names, 16), (workspace) =>
    withWorkspace({}, async (place) => {
      const attempts = new Map<string, string>()
      const holds = (simulator: SimulatorProcess): void => {
        holdHistory(workspace.folder, simulator.log())
        const rang = ringing(simulator, attempts)
        assert.is(new Set(rang).size, rang.length, 'an address rang twice')
        const entries = readEntries(workspace, '.callctl/simulator.lock.json')
        const known = new Set(['placed', 'uncertain'])
        assert.ok(rang.every((address) => known.has(entries[address]?.state ?? '')))
        const ids = new Set(simulator.created().map(({ callId }) => callId))
        const recorded = Object.values(entries).flatMap(({ callId }) => callId ?? [])
        assert.ok(
          recorded.every((id) => ids.has(id)),
          'an id is recorded that no call has',
        )
      }
      await runSimulator(faults, place, async (simulator) => {
        // Three unknown outcomes in a row stop a run: run after run until none does.
        for (let run = 0; run < 12; run += 1) {
          const { stdout } = await apply(workspace, simulator, attempts)
          holds(simulator)
          if (!stdout.includes('"kind":"skipped"')) break
        }
        assert.ok(simulator.created().length > 150)
      })
      await runSimulator('seed=1', place, async (simulator) => {
        await apply(workspace, simulator, attempts)
        holds(simulator)
        const before = simulator.log().length
        const last = await apply(workspace, simulator, attempts)
        assert.is(last.code, 10)
        assert.equal(last.connections, [])
        assert.is(simulator.log().length, before)
        const states = Object.values(readEntries(workspace, '.callctl/simulator.lock.json')).map(
          ({ state }) => state,
        )
        assert.is(states.length, names.length)
        assert.equal([...new Set(states)].sort(), ['placed', 'uncertain'])
      })
    }),
  ))

test.run()
