import { keyOfAddress } from '../../model/address.js'
import { formatEndpoint } from '../../model/call.js'
import { UsageError } from '../../model/errors.js'
import { type ExitCode, exitCodes } from '../../model/exit-code.js'
import type { Host } from '../../model/host.js'
import type { Payload } from '../../model/payload.js'
import { importCall as recordCall, requireImportable } from '../../record/import-call.js'
import { loadRecord } from '../../record/load-record.js'
import { showText } from '../../report/text/paint.js'
import { requireCall, requireForm } from '../../work/apply/check-call-id.js'
import { chooseGraph } from '../../work/apply/graph-access.js'
import { compileWorkspace } from '../../work/workspace/compile-workspace.js'
import { withRunLock } from '../../work/workspace/with-run-lock.js'
import type { Arguments } from '../frame/arguments.js'
import { lookingOf } from '../frame/interruptible.js'
import { readGraphOptions, readWorkspaceOptions } from '../frame/read-options.js'
import { showDiagnostics } from '../frame/show-problems.js'
import { readWitness } from '../frame/witness.js'
import { worldOf } from '../frame/world-of.js'

/** Records a call that was placed elsewhere as the call of a definition. */
export async function importCall(args: Arguments, host: Host): Promise<ExitCode> {
  const [callId, ...more] = args.positionals
  const address = args.text('as')
  if (callId === undefined || more.length > 0 || address === undefined) {
    throw new UsageError('Give one call id, and its address with `--as`.')
  }
  requireForm(callId, args.has('force'))
  const witness = readWitness(args, host)
  const options = { ...readWorkspaceOptions(args, []), ...readGraphOptions(args) }
  const world = worldOf(args, host)
  const compiled = compileWorkspace(options, world)
  if (showDiagnostics(compiled, args, host) !== exitCodes.done) return exitCodes.definitions
  const key = keyOfAddress(address)
  const payload = compiled.compilation.payloads.find((each) => keyOfAddress(each.address) === key)
  if (payload === undefined) {
    throw new UsageError(`No definition has the address \`${address}\`.`, 'Define the call first.')
  }
  const graph = await chooseGraph(options, world, compiled)
  const { place } = graph
  return withRunLock(place, host, 'import', async () => {
    requireImportable(loadRecord(place).lockfile, callId, payload.address)
    if (!args.has('force')) await requireCall({ ...placeOf(payload), callId }, lookingOf(graph, host))
    const claim = { ...claimOf(payload, host), claimedAt: witness.at }
    recordCall(place, { callId, claim, witness }, host.uuid())
    host.stdout.write(`${showText(payload.address)}: placed elsewhere, ${callId}.\n`)
    return exitCodes.done
  })
}

/** Where Graph is asked for it. No attempt is recorded yet. */
const placeOf = ({ target, digest }: Payload) => ({
  endpoint: formatEndpoint(target),
  cloud: target.cloud,
  digest,
  attempt: '',
})

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
