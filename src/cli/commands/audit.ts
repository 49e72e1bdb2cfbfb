import { UsageError } from '../../model/errors.js'
import { type ExitCode, exitCodes } from '../../model/exit-code.js'
import type { Host } from '../../model/host.js'
import { indexKeys } from '../../model/record/address-index.js'
import { didYouMeanNamed } from '../../model/words/suggest-address.js'
import { loadRecord } from '../../record/load-record.js'
import { listEvidence } from '../../record/lockfile/evidence.js'
import { describeShared, type SharedId } from '../../record/shared-calls.js'
import { formatJson } from '../../report/diagnostics/diagnostics-json.js'
import { describeAudit, formatAudit } from '../../report/record/audit-text.js'
import { formatEvidence } from '../../report/record/evidence-text.js'
import { describeLiveElsewhere } from '../../report/record/live-elsewhere-text.js'
import { showText } from '../../report/text/paint.js'
import { auditCalls } from '../../work/audit-calls.js'
import { findPlace } from '../../work/workspace/find-place.js'
import { recordWords } from '../../work/workspace/record-words.js'
import type { Arguments } from '../frame/arguments.js'
import { withErrorDocument } from '../frame/error-codes.js'
import { readGraphOptions } from '../frame/read-options.js'
import { tellElsewhere, withElsewhere } from '../frame/tell-elsewhere.js'
import { worldOf } from '../frame/world-of.js'

/** Every attempt that lockfile and attempts folder know, and whether any address was rung twice without leave. */
export const audit = (args: Arguments, host: Host): Promise<ExitCode> =>
  withErrorDocument(args, host, () => showAudit(args, host))

async function showAudit(args: Arguments, host: Host): Promise<ExitCode> {
  if (args.positionals.length > 0)
    throw new UsageError(
      '`audit` takes no address: it is about all of them.',
      '`--evidence ADDRESS` shows what is kept of one.',
    )
  const address = args.text('evidence')
  if (address !== undefined) return withElsewhere(args, host, () => showEvidence(address, args, host))
  const { code, lines, shared, elsewhere } = await auditCalls(readGraphOptions(args), worldOf(args, host))
  tellElsewhere(elsewhere, host)
  const document = { ...describeAudit(lines), sharedCalls: shared, ...describeLiveElsewhere(elsewhere) }
  if (args.has('json')) host.stdout.write(formatJson(document))
  else host.stdout.write(formatAudit(lines, host.terminal.stdout) + formatShared(shared))
  return code
}

const formatShared = (shared: readonly SharedId[]): string =>
  shared.map((each) => `${showText(`ONE ID FOR TWO: ${describeShared(each)}.`)}\n`).join('')

/** What is kept of the answers to one address's attempts. */
async function showEvidence(wanted: string, args: Arguments, host: Host): Promise<ExitCode> {
  const options = readGraphOptions(args)
  const record = loadRecord(await findPlace(options, worldOf(args, host)))
  const { calls } = record.lockfile
  const address = indexKeys(calls).find(wanted) ?? wanted
  const evidence = listEvidence(address, record.lockfile, record.attempts)
  if (evidence.length === 0)
    throw new UsageError(`Nothing is recorded of \`${wanted}\`.`, didYouMeanNamed(wanted, Object.keys(calls)))
  if (args.has('json')) host.stdout.write(formatJson({ address, attempts: evidence }))
  else
    host.stdout.write(
      formatEvidence({ address, words: recordWords(options) }, evidence, host.terminal.stdout),
    )
  const isOpen = evidence.some(({ state }) => state === 'uncertain' || state === 'damaged')
  return isOpen ? exitCodes.uncertain : exitCodes.done
}
