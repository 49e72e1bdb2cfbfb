import { UsageError } from '../../model/errors.js'
import { type ExitCode, exitCodes } from '../../model/exit-code.js'
import type { Host } from '../../model/host.js'
import { plural } from '../../model/words/count.js'
import { didYouMean } from '../../model/words/suggest.js'
import type { RecordPlace } from '../../record/folders/folders.js'
import type { SharedOptions } from '../../record/shared/workspace-link.js'
import { formatJson } from '../../report/diagnostics/diagnostics-json.js'
import { showText, wrapText } from '../../report/text/paint.js'
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
      didYouMean(name, cares.keys()),
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

/** As JSON where that is asked for, else in sentences, a paragraph each. */
function tell({ args, host }: Caring, facts: object, sentences: readonly string[]): void {
  const { columns } = host.terminal.stdout
  host.stdout.write(
    args.has('json')
      ? formatJson(facts)
      : sentences.map((text) => `${wrapText(showText(text), columns, '  ')}\n`).join(''),
  )
}

const init: Care = (caring) =>
  withRunLock(caring.place, caring.host, 'record init', async () => {
    const { initSharedRecord } = await loadCare()
    const { lineage, before, identity } = await initSharedRecord(caring.place, caring.options)
    const what = before === undefined ? 'schema made' : 'schema there already'
    tell(caring, { lineage, ...identity, made: before === undefined }, [
      `Shared record of ${lineage}: ${what}, in database ${identity.system}.`,
      ...(caring.isSaid ? [] : [sayIt]),
    ])
    return exitCodes.done
  })

/** All that an apply asks before it claims. */
const check: Care = async (caring) => {
  if (!caring.isSaid) throw new UsageError('callctl.yaml says nothing of a shared record.', sayIt)
  const { openSharedRecord } = await import('../../record/shared-record.js')
  const { lineage, rows } = await openSharedRecord(caring.place, caring.options)
  const { attempts, rings, endings, inFlight } = rows()
  const open = [...attempts, ...rings].filter(
    ({ outcome }) => outcome === undefined || outcome.kind === 'uncertain',
  )
  const unknown = open.length - inFlight.size
  const counts = { attempts: attempts.length, rings: rings.length, ended: endings.length }
  const known = [
    plural(counts.attempts, 'attempt'),
    plural(counts.rings, 'invitation or transfer', 'invitations and transfers'),
    ...(inFlight.size > 0 ? [`${inFlight.size} in flight`] : []),
    `${unknown} of unknown outcome`,
  ]
  tell(caring, { lineage, ...counts, inFlight: inFlight.size, unknown }, [
    `Fit for ${lineage}: ${known.join(', ')}.`,
  ])
  return unknown === 0 ? exitCodes.done : exitCodes.uncertain
}

const takeOver: Care = (caring) =>
  withRunLock(caring.place, caring.host, 'record import', async () => {
    const { importIntoShared } = await loadCare()
    const count = await importIntoShared(caring.place, caring.options)
    tell(caring, { imported: count }, [
      count === 0 ? 'Nothing was new.' : `Taken over: ${plural(count, 'row')}.`,
    ])
    return exitCodes.done
  })

const bringBack: Care = (caring) =>
  withRunLock(caring.place, caring.host, 'record export', async () => {
    const { exportShared } = await loadCare()
    const leaves = caring.args.has('leave')
    const count = await exportShared(caring.place, { ...caring.options, leaves })
    const last = 'Take `record` out of callctl.yaml: this machine’s record stands alone now.'
    tell(caring, { exported: count, left: leaves }, [
      `${plural(count, 'claim')} written to ${caring.place.attempts}.`,
      ...(leaves && caring.isSaid ? [last] : []),
    ])
    return exitCodes.done
  })

const goOn: Care = (caring) =>
  withRunLock(caring.place, caring.host, 'record accept', async () => {
    const { acceptShared } = await loadCare()
    const { system, timeline } = await acceptShared(caring.place, caring.options)
    tell(caring, { system, timeline }, [
      `Database ${system} on timeline ${timeline} goes on as the shared record, by your word.`,
    ])
    return exitCodes.done
  })

const cares: ReadonlyMap<string, Care> = new Map([
  ['init', init],
  ['check', check],
  ['import', takeOver],
  ['export', bringBack],
  ['accept', goOn],
])
