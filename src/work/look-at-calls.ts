import { compareAddresses } from '../model/address-order.js'
import { SignInError } from '../model/errors.js'
import { type ExitCode, exitCodes, worstExitCode } from '../model/exit-code.js'
import { hasLiveCall, listLiveCalls } from '../model/live-calls.js'
import type { Observation } from '../model/plan.js'
import type { LiveElsewhere } from '../model/record/live-elsewhere.js'
import type { Entry } from '../model/record/lockfile.js'
import type { StatusLine } from '../model/record/status-line.js'
import type { WatchedWorld } from '../model/world.js'
import { loadRecord, saveLockfile } from '../record/load-record.js'
import { listSharedCalls, type SharedId } from '../record/shared-calls.js'
import { endingsSeen, recordEnded } from '../refresh/record-ended.js'
import { refresh } from '../refresh/refresh.js'
import { chooseGraph, type GraphAccess } from './apply/graph-access.js'
import type { Interruptible } from './apply/interruptible.js'
import { lookElsewhere } from './apply/live-elsewhere.js'
import { type Checks, flag, requireOptions, texts } from './options/check-options.js'
import { graphChecks, workspaceChecks } from './options/checks.js'
import type { GraphOptions, WorkspaceOptions } from './options/options.js'
import { readWorkspaceSettings, type SettledWorkspace } from './workspace/compile-workspace.js'
import { createRecordedFinder } from './workspace/find-recorded.js'
import { withRunLock } from './workspace/with-run-lock.js'

export interface StatusOptions extends GraphOptions, Pick<WorkspaceOptions, 'assignments' | 'valueFiles'> {
  /** Absent or empty: all that the record knows. */
  readonly addresses?: readonly string[] | undefined
  /** Whether calls that have ended are recorded as ended. */
  readonly recordsEnded?: boolean | undefined
}

const checks: Checks<StatusOptions> = {
  ...workspaceChecks,
  ...graphChecks,
  addresses: texts,
  recordsEnded: flag,
}

export interface LookedAtCalls {
  /** 10 where an outcome is unknown, 7 where two calls have one id, 9 where Graph could not be asked. */
  readonly code: ExitCode
  /** One for each address, and one more for each earlier call of it that may be live. */
  readonly lines: readonly StatusLine[]
  /** Ids that two attempts have. */
  readonly shared: readonly SharedId[]
}

/** The settings of a workspace, which have errors, instead of an answer. */
export type BrokenSettings = Pick<SettledWorkspace, 'diagnostics' | 'sources'> & { readonly hasErrors: true }

export interface StatusHandlers {
  /** Is told, before Graph is asked, which other environments have live calls. */
  readonly tellElsewhere: (elsewhere: readonly LiveElsewhere[]) => void
  readonly interruptible: Interruptible
}

/**
 * Asks Graph about every call of the record that may be live; gives back settings that have errors. Throws as
 * `exitCodeOf` knows.
 */
export async function lookAtCalls(
  asked: StatusOptions,
  world: WatchedWorld,
  handlers: StatusHandlers,
): Promise<LookedAtCalls | BrokenSettings> {
  const options = requireOptions(asked, checks)
  const compiled = readWorkspaceSettings(options, world)
  const { diagnostics, sources, hasErrors } = compiled
  if (hasErrors) return { diagnostics, sources, hasErrors }
  const graph = chooseGraph(options, world, compiled)
  handlers.tellElsewhere(lookElsewhere(graph.place, options, world))
  const ask = () => askGraph({ graph, compiled, options, world, handlers })
  return options.recordsEnded ? withRunLock(graph.place, world, 'status --refresh', ask) : ask()
}

interface Asked {
  readonly graph: GraphAccess
  readonly compiled: SettledWorkspace
  readonly options: StatusOptions
  readonly world: WatchedWorld
  readonly handlers: StatusHandlers
}

async function askGraph(asked: Asked): Promise<LookedAtCalls> {
  const { graph, options } = asked
  const record = loadRecord(graph.place)
  const { lockfile } = record
  const entries = selectEntries(lockfile.calls, options.addresses ?? [])
  const observations = await observe(entries, asked)
  if (options.recordsEnded && record.exists)
    saveLockfile(graph.place, recordEnded(lockfile, endingsSeen(observations)))
  const lines = linesOf(entries, observations)
  const shared = listSharedCalls(record)
  const codes = [...lines.map(codeOf), shared.length > 0 ? exitCodes.record : exitCodes.done]
  return { code: worstExitCode(codes), lines, shared }
}
/** One for each address; and one more for each earlier call of it that may be live. */
function linesOf(
  entries: Readonly<Record<string, Entry>>,
  observations: readonly Observation[],
): readonly StatusLine[] {
  const seen = new Map(observations.map((each) => [`${each.callId} ${each.address}`, each]))
  return Object.keys(entries)
    .sort(compareAddresses)
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
  { graph, compiled, world, handlers }: Asked,
): Promise<readonly Observation[]> {
  if (!Object.values(entries).some(hasLiveCall)) return []
  const { concurrency } = compiled.compilation.settings.limits
  const open = await graph.open()
  try {
    await signIn(open.calls)
    const { now, random, wait } = world
    return await handlers.interruptible((interrupted) =>
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
