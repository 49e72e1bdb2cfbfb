import { SignInError } from '../../model/errors.js'
import { type ExitCode, exitCodes, worstExitCode } from '../../model/exit-code.js'
import type { Host } from '../../model/host.js'
import { hasLiveCall, listLiveCalls } from '../../model/live-calls.js'
import type { Observation } from '../../model/plan.js'
import type { Entry } from '../../model/record/lockfile.js'
import { loadRecord, saveLockfile } from '../../record/load-record.js'
import { endingsSeen, recordEnded } from '../../refresh/record-ended.js'
import { refresh } from '../../refresh/refresh.js'
import { formatJson } from '../../report/diagnostics/diagnostics-json.js'
import { describeLiveElsewhere } from '../../report/record/live-elsewhere-text.js'
import { describeStatus, formatStatus, type StatusLine } from '../../report/record/status-text.js'
import { chooseGraph, type GraphAccess } from '../apply/graph-access.js'
import { lookElsewhere } from '../apply/live-elsewhere.js'
import type { Arguments } from '../frame/arguments.js'
import { withErrorDocument } from '../frame/error-codes.js'
import { interruptible } from '../frame/interruptible.js'
import { withRunLock } from '../frame/with-run-lock.js'
import { type CompiledWorkspace, compileSettings, showDiagnostics } from '../workspace/compile-workspace.js'
import { createRecordedFinder } from '../workspace/find-recorded.js'
import { warnShared } from '../workspace/warn-shared.js'

export const status = (args: Arguments, host: Host): Promise<ExitCode> =>
  withErrorDocument(args, host, () => showStatus(args, host))

async function showStatus(args: Arguments, host: Host): Promise<ExitCode> {
  const compiled = compileSettings(args, host)
  if (compiled.hasErrors) return showDiagnostics(compiled, args, host)
  const graph = chooseGraph(args, host, compiled)
  const elsewhere = describeLiveElsewhere(lookElsewhere(graph.place, args, host))
  const ask = (): Promise<ExitCode> => askGraph({ graph, compiled, elsewhere }, args, host)
  return args.has('refresh') ? withRunLock(graph.place, host, 'status --refresh', ask) : ask()
}

interface Asked {
  readonly graph: GraphAccess
  readonly compiled: CompiledWorkspace
  /** For the document. */
  readonly elsewhere: object
}

async function askGraph(
  { graph, compiled, elsewhere }: Asked,
  args: Arguments,
  host: Host,
): Promise<ExitCode> {
  const record = loadRecord(graph.place)
  const { lockfile } = record
  const entries = selectEntries(lockfile.calls, args.positionals)
  const observations = await observe(entries, graph, compiled, host)
  if (args.has('refresh') && record.exists)
    saveLockfile(graph.place, recordEnded(lockfile, endingsSeen(observations)))
  const lines = linesOf(entries, observations)
  const shared = warnShared(record, host)
  if (args.has('json')) host.stdout.write(formatJson({ ...describeStatus(lines), ...shared, ...elsewhere }))
  else host.stdout.write(formatStatus(lines, host.terminal.stdout))
  const isShared = shared.sharedCalls !== undefined
  return worstExitCode([...lines.map(codeOf), isShared ? exitCodes.record : exitCodes.done])
}

/** One for each address; and one more for each earlier call of it that may be live. */
function linesOf(
  entries: Readonly<Record<string, Entry>>,
  observations: readonly Observation[],
): readonly StatusLine[] {
  const seen = new Map(observations.map((each) => [`${each.callId} ${each.address}`, each]))
  return Object.keys(entries)
    .sort()
    .flatMap((address) => {
      const entry = entries[address]!
      const earlier = listLiveCalls(entry).filter(({ attempt }) => attempt !== entry.attempt)
      return [...earlier, entry].map((call): StatusLine => {
        const observation = seen.get(`${call.callId} ${address}`)
        return { address, entry: call, ...(observation !== undefined && { observation }) }
      })
    })
}

function codeOf({ entry, observation }: StatusLine): ExitCode {
  if (entry.state === 'uncertain') return exitCodes.uncertain
  return observation?.problem === undefined ? exitCodes.done : exitCodes.graphRefused
}

function selectEntries(
  calls: Readonly<Record<string, Entry>>,
  addresses: readonly string[],
): Readonly<Record<string, Entry>> {
  if (addresses.length === 0) return calls
  const find = createRecordedFinder({ calls })
  return Object.fromEntries(
    addresses.map((wanted) => {
      const address = find(wanted)
      return [address, calls[address]!]
    }),
  )
}

/** Nothing is connected when no call has been placed. */
async function observe(
  entries: Readonly<Record<string, Entry>>,
  graph: GraphAccess,
  compiled: CompiledWorkspace,
  host: Host,
): Promise<readonly Observation[]> {
  if (!Object.values(entries).some(hasLiveCall)) return []
  const { concurrency } = compiled.compilation.settings.limits
  const open = await graph.open()
  try {
    await signIn(open.calls)
    const { now, random, wait } = host
    return await interruptible(host, (interrupted) =>
      refresh(entries, { calls: open.calls, now, random, wait, interrupted, concurrency }),
    )
  } finally {
    await open.close()
  }
}

/** A refused sign-in ends the command; other failures show beside each call. */
async function signIn(calls: { signIn(): Promise<unknown> }): Promise<void> {
  try {
    await calls.signIn()
  } catch (error) {
    if (error instanceof SignInError) throw error
  }
}
