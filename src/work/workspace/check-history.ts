import { rings } from '../../model/action.js'
import { RecordError } from '../../model/errors.js'
import type { PayloadHead } from '../../model/payload.js'
import type { Change } from '../../model/plan.js'
import type { PlanReport } from '../../model/plan-report.js'
import type { World } from '../../model/world.js'
import type { RecordPlace } from '../../record/folders/folders.js'
import type { LoadedRecord } from '../../record/load-record.js'
import { type Ringing, refuseRewound } from '../../record/refuse-rewound.js'
import type { SettledWorkspace } from './compile-workspace.js'

/** What of a plan asks history, and who. */
export const ringingOf = (
  report: PlanReport<PayloadHead>,
  { compilation }: SettledWorkspace,
  { environment }: World,
): Ringing => ({
  addresses: payloadsToRing(report).flatMap(namesOf),
  leave: payloadsToRing(report, ({ hasLeave }) => hasLeave === true).flatMap(namesOf),
  environmentNames: compilation.settings.environmentNames,
  environment,
})

/** Where the old name’s entry is gone from the lockfile, history alone knows that the call was placed. */
const namesOf = ({ address, movedFrom }: PayloadHead): readonly string[] =>
  movedFrom === undefined ? [address] : [address, movedFrom]

export const payloadsToRing = <Held extends PayloadHead>(
  { plan }: PlanReport<Held>,
  isWanted: (change: Change<Held>) => boolean = () => true,
): readonly Held[] =>
  plan.changes.flatMap((change) => {
    const { action, payload } = change
    return payload !== undefined && rings(action) && isWanted(change) ? payload : []
  })

/** What git's history says of a plan that nobody applies yet. */
export interface HistoryView {
  /** Why an apply would refuse. */
  readonly refusal?: { readonly message: string; readonly hint?: string }
  readonly warnings: readonly string[]
}

/** The look of an apply at git's history, for whoever reads the plan before. */
export function viewHistory(place: RecordPlace, record: LoadedRecord, ringing: Ringing): HistoryView {
  try {
    return { warnings: refuseRewound(place, record, ringing) }
  } catch (error) {
    if (!(error instanceof RecordError)) throw error
    const { message, hint } = error
    return { refusal: { message, ...(hint !== undefined && { hint }) }, warnings: [] }
  }
}
