import { UsageError } from '../../model/errors.js'
import { type ExitCode, exitCodes } from '../../model/exit-code.js'
import type { Host } from '../../model/host.js'
import { loadRecord } from '../../record/load-record.js'
import { requireUncertain, settleByPerson } from '../../record/settle-by-person.js'
import { showText } from '../../report/paint.js'
import type { Arguments } from '../arguments.js'
import { findPlace } from '../find-place.js'
import { withRunLock } from '../with-run-lock.js'
import { confirmAddress, readWitness } from '../witness.js'

/** Settles an uncertain attempt by a person's word. */
export async function resolve(args: Arguments, host: Host): Promise<ExitCode> {
  const [address, ...more] = args.positionals
  if (address === undefined || more.length > 0) throw new UsageError('Name the one address to resolve.')
  const callId = args.text('placed')
  if ((callId !== undefined) === args.has('not-placed')) {
    throw new UsageError(
      'Give either `--placed CALL-ID` or `--not-placed`.',
      'Look into the call records, or ask those who were to be rung.',
    )
  }
  const witness = readWitness(args, host)
  const ruling = { address, witness, ...(callId !== undefined && { callId }) }
  const place = await findPlace(args, host)
  return withRunLock(place, host, 'resolve', async () => {
    requireUncertain(loadRecord(place).lockfile, ruling)
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
