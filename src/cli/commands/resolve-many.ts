import { keyOfAddress } from '../../model/address.js'
import { compareAddresses } from '../../model/address-order.js'
import { exitCodeOf } from '../../model/error-codes.js'
import { RefusedError, UsageError } from '../../model/errors.js'
import { type ExitCode, exitCodes, worstExitCode } from '../../model/exit-code.js'
import type { Host } from '../../model/host.js'
import { plural } from '../../model/words/count.js'
import type { RecordPlace } from '../../record/folders/folders.js'
import { type LoadedRecord, loadRecord } from '../../record/load-record.js'
import { listEvidence, namedCalls } from '../../record/lockfile/evidence.js'
import { requireUncertain, settleByPerson } from '../../record/settle-by-person.js'
import { paint, showText, wrapText } from '../../report/text/paint.js'
import { findPlace } from '../../work/workspace/find-place.js'
import { createRecordedFinder } from '../../work/workspace/find-recorded.js'
import { createSelection } from '../../work/workspace/selection.js'
import { withRunLock } from '../../work/workspace/with-run-lock.js'
import type { Arguments } from '../frame/arguments.js'
import { readGraphOptions, readSelectionOptions } from '../frame/read-options.js'
import { confirmCount, readWitness } from '../frame/witness.js'
import { worldOf } from '../frame/world-of.js'

/** What a refused address ends with; the others are settled all the same. */
interface Refused {
  readonly address: string
  readonly error: unknown
}

/** Says of several uncertain attempts that nothing was placed, each by itself: one that is refused stops no other. */
export async function resolveMany(args: Arguments, host: Host): Promise<ExitCode> {
  const witness = readWitness(args, host)
  const place = await findPlace(readGraphOptions(args), worldOf(args, host))
  return withRunLock(place, host, 'resolve', async () => {
    const { addresses, refused } = chooseUncertain(loadRecord(place), args)
    const isConfirmed = addresses.length === 0 || (await confirm(addresses, args, host))
    if (!isConfirmed) return exitCodes.refused
    const settled: ExitCode[] = []
    const failed: Refused[] = [...refused]
    for (const address of addresses) {
      const code = settle(place, { address, witness }, host, failed)
      if (code !== undefined) settled.push(code)
    }
    for (const each of failed) tellRefused(each, host)
    const counts = [`${settled.length} settled`, ...(failed.length > 0 ? [`${failed.length} refused`] : [])]
    const next = settled.includes(exitCodes.done) ? ' The next apply may place what is settled.' : ''
    host.stdout.write(`${counts.join(', ')}.${next}\n`)
    return worstExitCode([...settled, ...failed.map(({ error }) => exitCodeOf(error))])
  })
}

/** By pattern those alone that are uncertain; what is named and is not is refused. */
function chooseUncertain(
  record: LoadedRecord,
  args: Arguments,
): { readonly addresses: readonly string[]; readonly refused: readonly Refused[] } {
  if (args.positionals.length > 0) return chooseNamed(record, args.positionals)
  const { selects, requireFound } = createSelection(readSelectionOptions(args), {
    noun: 'call of unknown outcome',
    keyOf: keyOfAddress,
  })
  const addresses = Object.entries(record.lockfile.calls)
    .filter(([address, { state }]) => state === 'uncertain' && selects(address))
    .map(([address]) => address)
  requireFound('`callctl status --state unknown` lists them.')
  return chooseNamed(record, addresses)
}

function chooseNamed(record: LoadedRecord, names: readonly string[]) {
  const { lockfile } = record
  const find = createRecordedFinder(lockfile)
  const addresses = new Set<string>()
  const refused: Refused[] = []
  for (const name of names) {
    try {
      const address = find(name)
      requireUncertain(lockfile, { address })
      requireUnnamed(address, record)
      addresses.add(address)
    } catch (error) {
      refused.push(refusedBy(error, name))
    }
  }
  return { addresses: [...addresses].sort(compareAddresses), refused }
}

/** Whoever's answer names a call most likely was rung: that is looked at by itself, with what is kept of it. */
function requireUnnamed(address: string, { lockfile, attempts }: LoadedRecord): void {
  const ids = namedCalls(listEvidence(address, lockfile, attempts))
  if (ids.length === 0) return
  throw new RefusedError(
    `${address}: an answer names the call ${ids.join(', ')}, so it most likely rang.`,
    'Settle it by itself: `callctl resolve` with its address alone shows what is kept of it.',
  )
}

/** Undefined where it was refused. */
function settle(
  place: RecordPlace,
  ruling: Parameters<typeof settleByPerson>[1],
  host: Host,
  failed: Refused[],
): ExitCode | undefined {
  const { address } = ruling
  try {
    const isStillOpen = settleByPerson(place, ruling)?.state === 'uncertain'
    host.stdout.write(`${showText(address)}: not placed.\n`)
    if (isStillOpen) host.stdout.write('  Another attempt of it is still uncertain: resolve that one too.\n')
    return isStillOpen ? exitCodes.uncertain : exitCodes.done
  } catch (error) {
    failed.push(refusedBy(error, address))
    return undefined
  }
}

/** Throws what is a bug. */
function refusedBy(error: unknown, address: string): Refused {
  if (exitCodeOf(error) === exitCodes.internal) throw error
  return { address, error }
}

function tellRefused({ address, error }: Refused, { stderr, terminal }: Host): void {
  const look = terminal.stderr
  const { message } = error as Error
  const { hint } = error as { readonly hint?: string }
  const name = error instanceof UsageError || error instanceof RefusedError ? '' : `${showText(address)}: `
  stderr.write(`${paint(look, 'red', 'error')}: ${name}${showText(message)}\n`)
  if (hint !== undefined)
    stderr.write(`  ${paint(look, 'cyan', wrapText(showText(hint), look.columns - 2, '  '))}\n`)
}

function confirm(addresses: readonly string[], args: Arguments, host: Host): Promise<boolean> {
  const names = addresses.map(showText).join(', ')
  const calls = plural(addresses.length, 'call')
  const warning = `callctl will place ${calls} again: ${names}. Whoever was rung after all is rung a second time.`
  return confirmCount(addresses.length, warning, args, host)
}
