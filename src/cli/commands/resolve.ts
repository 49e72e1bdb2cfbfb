import { UsageError } from '../../model/errors.js'
import { type ExitCode, exitCodes } from '../../model/exit-code.js'
import type { Host } from '../../model/host.js'
import { indexKeys } from '../../model/record/address-index.js'
import { entryAt } from '../../model/record/lockfile.js'
import { type LoadedRecord, loadRecord } from '../../record/load-record.js'
import { listEvidence } from '../../record/lockfile/evidence.js'
import { requireUncertain, settleByPerson } from '../../record/settle-by-person.js'
import { formatEvidence } from '../../report/record/evidence-text.js'
import { showText } from '../../report/text/paint.js'
import { requireCall, requireForm } from '../../work/apply/check-call-id.js'
import { chooseGraph } from '../../work/apply/graph-access.js'
import { readWorkspaceSettings } from '../../work/workspace/compile-workspace.js'
import { findPlace } from '../../work/workspace/find-place.js'
import { findRecorded } from '../../work/workspace/find-recorded.js'
import { recordWords } from '../../work/workspace/record-words.js'
import { withRunLock } from '../../work/workspace/with-run-lock.js'
import type { Arguments } from '../frame/arguments.js'
import { lookingOf } from '../frame/interruptible.js'
import { readGraphOptions, readSelectionOptions, readWorkspaceOptions } from '../frame/read-options.js'
import { showDiagnostics } from '../frame/show-problems.js'
import { withElsewhere } from '../frame/tell-elsewhere.js'
import { confirmAddress, readWitness } from '../frame/witness.js'
import { worldOf } from '../frame/world-of.js'

/** Settles uncertain attempts by a person's word. */
export async function resolve(args: Arguments, host: Host): Promise<ExitCode> {
  const [wanted, ...more] = args.positionals
  const isSelection = Object.keys(readSelectionOptions(args)).length > 0
  if ((wanted !== undefined) === isSelection)
    throw new UsageError('Name the addresses to resolve, or give `--only` or `--except`.')
  if (wanted !== undefined && more.length === 0)
    return withElsewhere(args, host, () => resolveOne(wanted, args, host))
  if (args.has('placed') || !args.has('not-placed'))
    throw new UsageError(
      'Several addresses are settled with `--not-placed`: each call has an id of its own.',
      'Give `--placed CALL-ID` for one address at a time.',
    )
  const { resolveMany } = await import('./resolve-many.js')
  return withElsewhere(args, host, () => resolveMany(args, host))
}

async function resolveOne(wanted: string, args: Arguments, host: Host): Promise<ExitCode> {
  const options = { ...readWorkspaceOptions(args, []), ...readGraphOptions(args) }
  const world = worldOf(args, host)
  const callId = args.text('placed')
  if ((callId !== undefined) === args.has('not-placed')) {
    const record = loadRecord(await findPlace(options, world))
    showKnown(indexKeys(record.lockfile.calls).find(wanted) ?? wanted, record, { args, host })
    throw new UsageError(
      'Give either `--placed CALL-ID` or `--not-placed`.',
      'Look into the call records, or ask those who were to be rung.',
    )
  }
  if (callId !== undefined) requireForm(callId, args.has('force'))
  const witness = readWitness(args, host)
  // With `--force` nothing is needed but the record.
  const compiled =
    callId === undefined || args.has('force') ? undefined : readWorkspaceSettings(options, world)
  if (compiled?.hasErrors) return showDiagnostics(compiled, args, host)
  const graph = compiled && (await chooseGraph(options, world, compiled))
  const place = graph?.place ?? (await findPlace(options, world))
  return withRunLock(place, host, 'resolve', async () => {
    const record = loadRecord(place)
    const address = findRecorded(record.lockfile, wanted)
    const ruling = { address, witness, ...(callId !== undefined && { callId }) }
    const uncertain = requireUncertain(record.lockfile, ruling)
    showKnown(address, record, { args, host })
    if (callId !== undefined && graph !== undefined)
      await requireCall({ ...uncertain, callId }, lookingOf(graph, host))
    const warning = `callctl will place ${showText(address)} again. If it rang after all, it rings a second time.`
    if (callId === undefined && !(await confirmAddress(address, warning, args, host)))
      return exitCodes.refused
    const entry = settleByPerson(place, ruling)
    const word = callId === undefined ? 'not placed; the next apply may place it' : `placed, ${callId}`
    host.stdout.write(`${showText(address)}: ${word}.\n`)
    if (entry?.state !== 'uncertain') return exitCodes.done
    host.stdout.write(`Another attempt of ${showText(address)} is still uncertain: resolve that one too.\n`)
    return exitCodes.uncertain
  })
}

/** What the answers left behind, where anything is to be settled: a person should see it before a ruling. */
function showKnown(
  address: string,
  { lockfile, attempts }: LoadedRecord,
  { args, host }: { readonly args: Arguments; readonly host: Host },
): void {
  const entry = entryAt(lockfile, address)
  if (entry?.state !== 'uncertain') return
  const evidence = listEvidence(address, lockfile, attempts)
  host.stderr.write(
    formatEvidence({ address, words: recordWords(readGraphOptions(args)) }, evidence, host.terminal.stderr),
  )
}
