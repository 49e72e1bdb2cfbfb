import { UsageError } from '../../model/errors.js'
import { type ExitCode, exitCodes } from '../../model/exit-code.js'
import type { Host } from '../../model/host.js'
import { plural } from '../../model/words/count.js'
import { isOpen, openRings } from '../../record/attempts/rings.js'
import { loadRecord } from '../../record/load-record.js'
import { openRingsOf, ringsOf, settleRings } from '../../record/settle-ring.js'
import { formatJson } from '../../report/diagnostics/diagnostics-json.js'
import { describeRings, formatRingList } from '../../report/record/operation-text.js'
import { showText } from '../../report/text/paint.js'
import { findPlace } from '../../work/workspace/find-place.js'
import { withRunLock } from '../../work/workspace/with-run-lock.js'
import type { Arguments } from '../frame/arguments.js'
import { readGraphOptions } from '../frame/read-options.js'
import { findElsewhere, tellElsewhere } from '../frame/tell-elsewhere.js'
import { confirmAddress, readWitness } from '../frame/witness.js'
import { worldOf } from '../frame/world-of.js'
import { ownOptions } from './operation-options.js'

type Care = (args: Arguments, host: Host, names: readonly string[]) => Promise<ExitCode>

/** Every invitation and transfer that is recorded, of one address or of all. */
const rings: Care = async (args, host, [address]) => {
  refuseOthers(args, 'rings', [])
  tellElsewhere(findElsewhere(args, host), host)
  const place = await findPlace(readGraphOptions(args), worldOf(args, host))
  const all = openRings(place).list()
  const list = address === undefined ? all : ringsOf(all, loadRecord(place).lockfile, address)
  if (args.has('json')) host.stdout.write(formatJson(describeRings(list)))
  else host.stdout.write(formatRingList(list, host.terminal.stdout))
  return list.some(isOpen) ? exitCodes.uncertain : exitCodes.done
}

/** Settles invitations and transfers whose outcome is unknown, by a person's word. */
const settle: Care = async (args, host, [address]) => {
  refuseOthers(args, 'settle', ['rang', 'not-rang', 'reason', 'yes'])
  if (address === undefined) throw new UsageError('Name the address to settle.')
  const rang = args.has('rang')
  if (rang === args.has('not-rang')) throw new UsageError('Give either `--rang` or `--not-rang`.')
  const witness = readWitness(args, host)
  tellElsewhere(findElsewhere(args, host), host)
  const place = await findPlace(readGraphOptions(args), worldOf(args, host))
  return withRunLock(place, host, 'call settle', async () => {
    const open = openRingsOf(place, address)
    const warning = `callctl will ring those people again when it is told to. If they were rung after all, twice.`
    if (!rang && open.length > 0 && !(await confirmAddress(address, warning, args, host)))
      return exitCodes.refused
    const settled = await settleRings(place, { address, rang, witness })
    const words = rang ? 'rang' : 'rang nobody'
    if (args.has('json')) host.stdout.write(formatJson({ address, settled: settled.length, rang }))
    else
      host.stdout.write(
        `${showText(address)}: ${plural(settled.length, 'request')} ${words}, by your word.\n`,
      )
    return exitCodes.done
  })
}

function refuseOthers(args: Arguments, name: string, allowed: readonly string[]): void {
  const stray = ownOptions.find((option) => args.has(option) && !allowed.includes(option))
  if (stray !== undefined) throw new UsageError(`\`call ${name}\` has no \`--${stray}\`.`)
}

/** What `call` does to callctl's own record of rings. */
export const callCares: ReadonlyMap<string, Care> = new Map([
  ['rings', rings],
  ['settle', settle],
])
