import { RecordError } from '../model/errors.js'
import { listLiveCalls } from '../model/live-calls.js'
import type { Entry } from '../model/record/lockfile.js'
import type { CallResult } from '../model/run.js'
import { endCall } from './hang-up.js'
import type { LiveCall } from './live-call.js'
import { type Placement, placeCall } from './place-call.js'
import type { ApplyPorts } from './ports.js'
import type { Run } from './run.js'

/** Places an address again, with leave: first its live calls end, which is recorded; then it is a call like any. */
export async function redialCall(
  run: Run<ApplyPorts>,
  placement: Placement,
  entry: Entry,
): Promise<CallResult> {
  const { address } = placement.payload
  let last: CallResult | undefined
  // An earlier call that nobody saw end is hung up too: two calls of one address are one too many.
  for (const live of listLiveCalls(entry)) {
    last = await endRecorded(run, address, live)
    if (last.kind !== 'ended' || run.stop.reason() !== undefined) {
      run.report({ event: 'result', result: last })
      return last
    }
  }
  return placeCall(run, { ...placement, redial: true, ended: last?.ended })
}

/** Whether some attempt may have rung and nobody knows: then there is no leave that could be given. */
export const isUnsettled = ({ state, attempts = [] }: Entry): boolean =>
  state === 'uncertain' || attempts.some((earlier) => earlier.state === 'uncertain')

async function endRecorded(run: Run<ApplyPorts>, address: string, live: LiveCall): Promise<CallResult> {
  const result = await endCall(run, address, live)
  if (result.ended === undefined) return { ...result, message: `${result.message}; not placed again` }
  try {
    run.ports.recordEnded(address, result.ended)
    return withStop(run, result)
  } catch (error) {
    if (!(error instanceof RecordError)) throw error
    run.stop.forRecord(error)
    return withStop(run, result)
  }
}

function withStop(run: Run<ApplyPorts>, result: CallResult): CallResult {
  const stopped = run.stop.reason()
  return stopped === undefined
    ? result
    : { ...result, message: `${result.message}; not placed again: ${stopped}` }
}
