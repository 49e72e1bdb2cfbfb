import { type ExitCode, exitCodes, worstExitCode } from '../model/exit-code.js'
import type { AuditLine } from '../model/record/audit-line.js'
import type { LiveElsewhere } from '../model/record/live-elsewhere.js'
import type { WatchedWorld } from '../model/world.js'
import { auditRecord } from '../record/audit-record.js'
import { loadRecord } from '../record/load-record.js'
import { listSharedCalls, type SharedId } from '../record/shared-calls.js'
import { lookElsewhere } from './apply/live-elsewhere.js'
import { requireOptions } from './options/check-options.js'
import { graphChecks } from './options/checks.js'
import type { GraphOptions } from './options/options.js'
import { findPlace } from './workspace/find-place.js'

export interface AuditedCalls {
  /** 10 where an outcome is unknown, 7 where an address was rung twice without leave or two calls have one id. */
  readonly code: ExitCode
  readonly lines: readonly AuditLine[]
  readonly shared: readonly SharedId[]
  readonly elsewhere: readonly LiveElsewhere[]
}

/** Every attempt that lockfile and attempts folder know, and whether any address was rung twice without leave. */
export async function auditCalls(asked: GraphOptions, world: WatchedWorld): Promise<AuditedCalls> {
  const options = requireOptions(asked, graphChecks)
  const place = await findPlace(options, world)
  const record = loadRecord(place)
  const lines = auditRecord(record, place.shared?.rows().inFlight)
  const shared = listSharedCalls(record)
  return {
    code: worstExitCode([
      lines.some(({ isUncertain }) => isUncertain) ? exitCodes.uncertain : exitCodes.done,
      lines.some(({ isDouble }) => isDouble) || shared.length > 0 ? exitCodes.record : exitCodes.done,
    ]),
    lines,
    shared,
    elsewhere: lookElsewhere(place, options, world),
  }
}
