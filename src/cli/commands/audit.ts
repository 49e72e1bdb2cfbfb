import { UsageError } from '../../model/errors.js'
import { type ExitCode, exitCodes, worstExitCode } from '../../model/exit-code.js'
import type { Host } from '../../model/host.js'
import { auditRecord } from '../../record/audit-record.js'
import { type LoadedRecord, loadRecord } from '../../record/load-record.js'
import { listEvidence } from '../../record/lockfile/evidence.js'
import { describeShared, listSharedCalls, type SharedId } from '../../record/shared-calls.js'
import { formatJson } from '../../report/diagnostics/diagnostics-json.js'
import { describeAudit, formatAudit } from '../../report/record/audit-text.js'
import { formatEvidence } from '../../report/record/evidence-text.js'
import { describeLiveElsewhere } from '../../report/record/live-elsewhere-text.js'
import { showText } from '../../report/text/paint.js'
import { lookElsewhere } from '../apply/live-elsewhere.js'
import type { Arguments } from '../frame/arguments.js'
import { withErrorDocument } from '../frame/error-codes.js'
import { findPlace } from '../workspace/find-place.js'
import { recordWords } from '../workspace/record-words.js'

/** Every attempt that lockfile and attempts folder know, and whether any address was rung twice without leave. */
export const audit = (args: Arguments, host: Host): Promise<ExitCode> =>
  withErrorDocument(args, host, () => showAudit(args, host))

async function showAudit(args: Arguments, host: Host): Promise<ExitCode> {
  if (args.positionals.length > 0) throw new UsageError('`audit` takes no address: it is about all of them.')
  const place = await findPlace(args, host)
  const record = loadRecord(place)
  const address = args.text('evidence')
  if (address !== undefined) return showEvidence(address, record, args, host)
  const lines = auditRecord(record)
  const shared = listSharedCalls(record)
  const elsewhere = describeLiveElsewhere(lookElsewhere(place, args, host))
  const document = { ...describeAudit(lines), sharedCalls: shared, ...elsewhere }
  if (args.has('json')) host.stdout.write(formatJson(document))
  else host.stdout.write(formatAudit(lines, host.terminal.stdout) + formatShared(shared))
  return worstExitCode([
    lines.some(({ isUncertain }) => isUncertain) ? exitCodes.uncertain : exitCodes.done,
    lines.some(({ isDouble }) => isDouble) || shared.length > 0 ? exitCodes.record : exitCodes.done,
  ])
}

const formatShared = (shared: readonly SharedId[]): string =>
  shared.map((each) => `${showText(`ONE ID FOR TWO: ${describeShared(each)}.`)}\n`).join('')

/** What is kept of the answers to one address's attempts. */
function showEvidence(address: string, record: LoadedRecord, args: Arguments, host: Host): ExitCode {
  const evidence = listEvidence(address, record.lockfile, record.attempts)
  if (evidence.length === 0) throw new UsageError(`Nothing is recorded of \`${address}\`.`)
  if (args.has('json')) host.stdout.write(formatJson({ address, attempts: evidence }))
  else
    host.stdout.write(formatEvidence({ address, words: recordWords(args) }, evidence, host.terminal.stdout))
  const isOpen = evidence.some(({ state }) => state === 'uncertain' || state === 'damaged')
  return isOpen ? exitCodes.uncertain : exitCodes.done
}
