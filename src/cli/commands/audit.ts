import { UsageError } from '../../model/errors.js'
import { type ExitCode, exitCodes, worstExitCode } from '../../model/exit-code.js'
import type { Host } from '../../model/host.js'
import { auditRecord } from '../../record/audit-record.js'
import { loadRecord } from '../../record/load-record.js'
import { describeAudit, formatAudit } from '../../report/audit-text.js'
import { formatJson } from '../../report/diagnostics-json.js'
import type { Arguments } from '../arguments.js'
import { withErrorDocument } from '../error-codes.js'
import { findPlace } from '../find-place.js'

/** Every attempt that lockfile and attempts folder know, and whether any address was rung twice without leave. */
export const audit = (args: Arguments, host: Host): Promise<ExitCode> =>
  withErrorDocument(args, host, () => showAudit(args, host))

async function showAudit(args: Arguments, host: Host): Promise<ExitCode> {
  if (args.positionals.length > 0) throw new UsageError('`audit` takes no address: it is about all of them.')
  const lines = auditRecord(loadRecord(await findPlace(args, host)))
  if (args.has('json')) host.stdout.write(formatJson(describeAudit(lines)))
  else host.stdout.write(formatAudit(lines, host.terminal.stdout))
  return worstExitCode([
    lines.some(({ isUncertain }) => isUncertain) ? exitCodes.uncertain : exitCodes.done,
    lines.some(({ isDouble }) => isDouble) ? exitCodes.record : exitCodes.done,
  ])
}
