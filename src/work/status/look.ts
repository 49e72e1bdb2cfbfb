import type { Diagnostic } from '../../model/diagnostics/diagnostic.js'
import { SignInError } from '../../model/errors.js'
import { type ExitCode, exitCodes, worstExitCode } from '../../model/exit-code.js'
import type { Sources } from '../../model/language/sources.js'
import { hasLiveCall } from '../../model/live-calls.js'
import type { Observation } from '../../model/plan.js'
import type { LiveElsewhere } from '../../model/record/live-elsewhere.js'
import type { StatusLine, Whom } from '../../model/record/status-line.js'
import type { WatchedWorld } from '../../model/world.js'
import { loadRecord, saveLockfile } from '../../record/load-record.js'
import { listSharedCalls, type SharedId } from '../../record/shared-calls.js'
import { endingsSeen, recordEnded } from '../../refresh/record-ended.js'
import { refresh } from '../../refresh/refresh.js'
import { chooseGraph, type GraphAccess, type OpenGraph } from '../apply/graph-access.js'
import type { Interruptible } from '../apply/interruptible.js'
import { lookElsewhere } from '../apply/live-elsewhere.js'
import { readWorkspaceSettings, type SettledWorkspace } from '../workspace/compile-workspace.js'
import { codesOf } from '../workspace/open-shared.js'
import { findWhom } from './find-whom.js'
import { codeOfLine, createLines, type Entries, needGraph, selectEntries } from './status-lines.js'
import type { StatusOptions } from './status-options.js'

export interface LookedAtCalls {
  /** 10 where an outcome is unknown, 7 where two calls have one id, 9 where Graph could not be asked. */
  readonly code: ExitCode
  /** One for each address, and one more for each earlier call of it that may be live. */
  readonly lines: readonly StatusLine[]
  /** Ids that two attempts have. */
  readonly shared: readonly SharedId[]
}

/** The settings of a workspace, which have errors, instead of an answer. */
export interface BrokenSettings {
  readonly diagnostics: readonly Diagnostic[]
  readonly sources: Sources
  readonly hasErrors: true
}

export interface StatusHandlers {
  /** Is told, before Graph is asked, which other environments have live calls. */
  readonly tellElsewhere: (elsewhere: readonly LiveElsewhere[]) => void
  readonly interruptible: Interruptible
}

/** Looks that share what they are asked for, and one connection to Graph. */
export interface Looks {
  readonly graph: GraphAccess
  look(): Promise<LookedAtCalls>
  close(): Promise<void>
}

export async function startLooks(
  options: StatusOptions,
  world: WatchedWorld,
  handlers: StatusHandlers,
): Promise<Looks | BrokenSettings> {
  const compiled = readWorkspaceSettings(options, world)
  const { diagnostics, sources, hasErrors } = compiled
  if (hasErrors) return { diagnostics, sources, hasErrors }
  const graph = await chooseGraph(options, world, compiled, { ringsNobody: true })
  handlers.tellElsewhere(lookElsewhere(graph.place, options, world))
  let opened: OpenGraph | undefined
  const looking: Looking = {
    graph,
    compiled,
    options,
    world,
    handlers,
    open: async () => {
      opened ??= await graph.open()
      return opened
    },
    findWhom: rememberWhom(options, world),
  }
  const { shared } = graph.place
  let looks = 0
  return {
    graph,
    async look() {
      looks += 1
      // For the first look it was read just now.
      if (looks > 1) await shared?.reread()
      return look(looking)
    },
    async close() {
      await opened?.close()
      await shared?.close()
    },
  }
}

interface Looking {
  readonly graph: GraphAccess
  readonly compiled: SettledWorkspace
  readonly options: StatusOptions
  readonly world: WatchedWorld
  readonly handlers: StatusHandlers
  readonly open: () => Promise<OpenGraph>
  readonly findWhom: FindWhom
}

async function look(looking: Looking): Promise<LookedAtCalls> {
  const { graph, options } = looking
  const record = loadRecord(graph.place)
  const inFlight = graph.place.shared?.rows().inFlight
  const { lockfile } = record
  const entries = selectEntries(lockfile, options)
  const observations = needGraph(options.states) ? await observe(entries, looking) : []
  // Read again, for git may have brought another lockfile while Graph was asked.
  if (options.recordsEnded && record.exists)
    saveLockfile(graph.place, recordEnded(loadRecord(graph.place).lockfile, endingsSeen(observations)))
  const lines = withWhom(createLines(entries, { observations, inFlight }, options), looking.findWhom)
  const shared = listSharedCalls(record)
  const codes = [
    ...lines.map(codeOfLine),
    shared.length > 0 ? exitCodes.record : exitCodes.done,
    ...codesOf(graph.place),
  ]
  return { code: worstExitCode(codes), lines, shared }
}

/** Nothing is connected when no call has been placed. */
async function observe(
  entries: Entries,
  { compiled, world, handlers, open }: Looking,
): Promise<readonly Observation[]> {
  if (!Object.values(entries).some(hasLiveCall)) return []
  const { concurrency } = compiled.compilation.settings.limits
  const { calls } = await open()
  await signIn(calls)
  const { now, random, wait } = world
  return handlers.interruptible((interrupted) =>
    refresh(entries, { calls, now, random, wait, interrupted, concurrency }),
  )
}

/** A refused sign-in ends the command; other failures show beside each call. */
async function signIn(calls: { signIn(): Promise<unknown> }): Promise<void> {
  try {
    await calls.signIn()
  } catch (error) {
    if (error instanceof SignInError) throw error
  }
}

type FindWhom = (lines: readonly StatusLine[]) => ReadonlyMap<string, Whom>

/** Definitions are compiled anew only where other attempts are unknown than before. */
function rememberWhom(options: StatusOptions, world: WatchedWorld): FindWhom {
  let key = ''
  let known: ReadonlyMap<string, Whom> = new Map()
  return (lines) => {
    const wanted = lines.map(({ address, entry }) => `${address} ${entry.attempt}`).join('\n')
    if (wanted !== key) {
      key = wanted
      known = findWhom(new Map(lines.map(({ address, entry }) => [address, entry])), options, world)
    }
    return known
  }
}

function withWhom(lines: readonly StatusLine[], find: FindWhom): readonly StatusLine[] {
  const isUnknown = ({ entry }: StatusLine): boolean => entry.state === 'uncertain'
  const unknown = lines.filter(isUnknown)
  if (unknown.length === 0) return lines
  const found = find(unknown)
  return lines.map((line) => {
    const whom = isUnknown(line) ? found.get(line.address) : undefined
    return whom === undefined ? line : { ...line, whom }
  })
}
