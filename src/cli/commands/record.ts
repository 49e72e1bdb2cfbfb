import { UsageError } from '../../model/errors.js'
import { type ExitCode, exitCodes } from '../../model/exit-code.js'
import type { Host } from '../../model/host.js'
import { plural } from '../../model/words/count.js'
import type { RecordPlace } from '../../record/folders/folders.js'
import type { SharedOptions } from '../../record/shared-record.js'
import { formatJson } from '../../report/diagnostics/diagnostics-json.js'
import { showText } from '../../report/text/paint.js'
import { readWorkspaceSettings } from '../../work/workspace/compile-workspace.js'
import { placeOf } from '../../work/workspace/find-place.js'
import { withRunLock } from '../../work/workspace/with-run-lock.js'
import type { Arguments } from '../frame/arguments.js'
import { withErrorDocument } from '../frame/error-codes.js'
import { readGraphOptions } from '../frame/read-options.js'
import { worldOf } from '../frame/world-of.js'

interface Caring {
  readonly place: RecordPlace
  readonly options: SharedOptions
  readonly args: Arguments
  readonly host: Host
  /** Whether callctl.yaml says that the record is shared. */
  readonly isSaid: boolean
}

type Care = (caring: Caring) => Promise<ExitCode>

/** Care for the record that several runners share. */
export async function record(args: Arguments, host: Host): Promise<ExitCode> {
  const [name = '', ...more] = args.positionals
  const care = cares.get(name)
  if (care === undefined || more.length > 0) {
    throw new UsageError(
      name === ''
        ? 'Say what to do with the shared record.'
        : `There is no \`record ${args.positionals.join(' ')}\`.`,
      'One of: init, check, import, export, accept.',
    )
  }
  if (args.has('leave') && name !== 'export') throw new UsageError(`\`record ${name}\` has no \`--leave\`.`)
  return withErrorDocument(args, host, () => care(findCaring(args, host)))
}

function findCaring(args: Arguments, host: Host): Caring {
  const graphOptions = readGraphOptions(args)
  const world = worldOf(args, host)
  const { workspace, compilation } = readWorkspaceSettings(graphOptions, world)
  const { environmentName } = graphOptions
  return {
    place: placeOf(graphOptions, workspace.root),
    options: { world, ...(environmentName !== undefined && { environmentName }) },
    args,
    host,
    isSaid: compilation.settings.record !== undefined,
  }
}

const loadCare = () => import('../../record/care-for-shared.js')

const sayIt = 'Add `record: { kind: postgres }` to callctl.yaml, and commit it with the lockfile.'

const init: Care = ({ place, options, args, host, isSaid }) =>
  withRunLock(place, host, 'record init', async () => {
    const { initSharedRecord } = await loadCare()
    const { lineage, before, identity } = await initSharedRecord(place, options)
    if (args.has('json')) host.stdout.write(formatJson({ lineage, ...identity, made: before === undefined }))
    else {
      const what = before === undefined ? 'schema made' : 'schema there already'
      host.stdout.write(`Shared record of ${lineage}: ${what}, in database ${identity.system}.\n`)
      if (!isSaid) host.stdout.write(`${sayIt}\n`)
    }
    return exitCodes.done
  })

/** All that an apply asks before it claims. */
const check: Care = async ({ place, options, args, host, isSaid }) => {
  if (!isSaid) throw new UsageError('callctl.yaml says nothing of a shared record.', sayIt)
  const { openSharedRecord } = await import('../../record/shared-record.js')
  const shared = await openSharedRecord(place, options)
  const { attempts, rings, endings } = shared.rows()
  const open = [...attempts, ...rings].filter(
    ({ outcome }) => outcome === undefined || outcome.kind === 'uncertain',
  )
  const counts = {
    attempts: attempts.length,
    rings: rings.length,
    ended: endings.length,
    unknown: open.length,
  }
  if (args.has('json')) host.stdout.write(formatJson({ lineage: shared.lineage, ...counts }))
  else {
    const known = [
      plural(counts.attempts, 'attempt'),
      plural(counts.rings, 'invitation or transfer', 'invitations and transfers'),
    ]
    host.stdout.write(
      `Fit for ${shared.lineage}: ${known.join(', ')}, ${counts.unknown} of unknown outcome.\n`,
    )
  }
  return counts.unknown === 0 ? exitCodes.done : exitCodes.uncertain
}

const takeOver: Care = ({ place, options, args, host }) =>
  withRunLock(place, host, 'record import', async () => {
    const { importIntoShared } = await loadCare()
    const count = await importIntoShared(place, options)
    if (args.has('json')) host.stdout.write(formatJson({ imported: count }))
    else host.stdout.write(count === 0 ? 'Nothing was new.\n' : `Taken over: ${plural(count, 'row')}.\n`)
    return exitCodes.done
  })

const bringBack: Care = ({ place, options, args, host, isSaid }) =>
  withRunLock(place, host, 'record export', async () => {
    const { exportShared } = await loadCare()
    const leaves = args.has('leave')
    const count = await exportShared(place, { ...options, leaves })
    if (args.has('json')) host.stdout.write(formatJson({ exported: count, left: leaves }))
    else {
      host.stdout.write(`${plural(count, 'claim')} written to ${showText(place.attempts)}.\n`)
      if (leaves && isSaid)
        host.stdout.write('Take `record` out of callctl.yaml: this machine’s record stands alone now.\n')
    }
    return exitCodes.done
  })

const goOn: Care = ({ place, options, args, host }) =>
  withRunLock(place, host, 'record accept', async () => {
    const { acceptShared } = await loadCare()
    const { system, timeline } = await acceptShared(place, options)
    if (args.has('json')) host.stdout.write(formatJson({ system, timeline }))
    else
      host.stdout.write(
        `Database ${system} on timeline ${timeline} goes on as the shared record, by your word.\n`,
      )
    return exitCodes.done
  })

const cares: ReadonlyMap<string, Care> = new Map([
  ['init', init],
  ['check', check],
  ['import', takeOver],
  ['export', bringBack],
  ['accept', goOn],
])
