import { UsageError } from '../../model/errors.js'
import { type ExitCode, exitCodes } from '../../model/exit-code.js'
import type { Host } from '../../model/host.js'
import { loadRecord, saveLockfile } from '../../record/load-record.js'
import { forgetAddress } from '../../record/lockfile/forget-address.js'
import { showText } from '../../report/text/paint.js'
import { findPlace } from '../../work/workspace/find-place.js'
import { findRecorded, requireAttempt } from '../../work/workspace/find-recorded.js'
import { withRunLock } from '../../work/workspace/with-run-lock.js'
import type { Arguments } from '../frame/arguments.js'
import { readGraphOptions } from '../frame/read-options.js'
import { withElsewhere } from '../frame/tell-elsewhere.js'
import { confirmAddress } from '../frame/witness.js'
import { worldOf } from '../frame/world-of.js'

/** Takes an address that has ended or failed out of the lockfile, so that it may be placed anew. */
export async function forget(args: Arguments, host: Host): Promise<ExitCode> {
  const [wanted, ...more] = args.positionals
  if (wanted === undefined || more.length > 0) throw new UsageError('Name the one address to forget.')
  return withElsewhere(args, host, () => forgetOne(wanted, args, host))
}

async function forgetOne(wanted: string, args: Arguments, host: Host): Promise<ExitCode> {
  const place = await findPlace(readGraphOptions(args), worldOf(args, host))
  return withRunLock(place, host, 'forget', async () => {
    const { lockfile } = loadRecord(place)
    const named = args.text('attempt')
    const { address, attempt } =
      named === undefined
        ? { address: findRecorded(lockfile, wanted), attempt: undefined }
        : requireAttempt(lockfile, wanted, named)
    const by = host.operator
    const at = new Date(host.now()).toISOString()
    const after = forgetAddress(lockfile, {
      address,
      at,
      ...(by !== undefined && { by }),
      ...(attempt !== undefined && { attempt }),
    })
    const what = attempt === undefined ? 'was placed, and may place it anew' : `had the attempt ${attempt}`
    const warning = `callctl will no longer know that ${showText(address)} ${what}.`
    if (!(await confirmAddress(address, warning, args, host))) return exitCodes.refused
    saveLockfile(place, after)
    host.stdout.write(
      `${showText(address)}: ${attempt === undefined ? '' : `attempt ${attempt} `}forgotten.\n`,
    )
    return exitCodes.done
  })
}
