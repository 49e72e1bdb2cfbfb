import { keyOfAddress } from '../../model/address.js'
import { formatEndpoint } from '../../model/call.js'
import { UsageError } from '../../model/errors.js'
import { type ExitCode, exitCodes } from '../../model/exit-code.js'
import type { Host } from '../../model/host.js'
import type { Payload } from '../../model/payload.js'
import { importCall as recordCall } from '../../record/import-call.js'
import { showText } from '../../report/paint.js'
import type { Arguments } from '../arguments.js'
import { compileWorkspace, showDiagnostics } from '../compile-workspace.js'
import { findPlace } from '../find-place.js'
import { withRunLock } from '../with-run-lock.js'
import { readWitness } from '../witness.js'

/** Records a call that was placed elsewhere as the call of a definition. */
export async function importCall(args: Arguments, host: Host): Promise<ExitCode> {
  const [callId, ...more] = args.positionals
  const address = args.text('as')
  if (callId === undefined || more.length > 0 || address === undefined) {
    throw new UsageError('Give one call id, and its address with `--as`.')
  }
  const witness = readWitness(args, host)
  const compiled = compileWorkspace({ ...args, positionals: [] }, host)
  if (showDiagnostics(compiled, args, host) !== exitCodes.done) return exitCodes.definitions
  const key = keyOfAddress(address)
  const payload = compiled.compilation.payloads.find((each) => keyOfAddress(each.address) === key)
  if (payload === undefined) {
    throw new UsageError(`No definition has the address \`${address}\`.`, 'Define the call first.')
  }
  const place = await findPlace(args, host)
  return withRunLock(place, host, 'import', async () => {
    const claim = { ...claimOf(payload, host), claimedAt: witness.at }
    recordCall(place, { callId, claim, witness }, host.uuid())
    host.stdout.write(`${showText(payload.address)}: placed elsewhere, ${callId}.\n`)
    return exitCodes.done
  })
}

function claimOf({ address, digest, foldedDigest, target, call }: Payload, host: Host) {
  const tenantId = call['tenantId']
  return {
    address,
    attemptId: host.uuid(),
    digest,
    ...(foldedDigest !== undefined && { foldedDigest }),
    endpoint: formatEndpoint(target),
    cloud: target.cloud,
    ...(typeof tenantId === 'string' && { tenantId }),
    ...(host.operator !== undefined && { operator: host.operator }),
  }
}
