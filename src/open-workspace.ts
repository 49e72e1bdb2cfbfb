// The use cases for a program of one's own: the world is this process's, and what commands ask of a terminal is asked of
// the program.

import { resolve } from 'node:path'
import { namedWorld } from './cli/frame/node-host.js'
import type { Diagnostic } from './model/diagnostics/diagnostic.js'
import type { Environment } from './model/environment.js'
import type { Sources } from './model/language/sources.js'
import type { Payload, PayloadHead } from './model/payload.js'
import type { PlanReport } from './model/plan-report.js'
import type { LiveElsewhere } from './model/record/live-elsewhere.js'
import type { WatchedWorld } from './model/world.js'
import type { SharedId } from './record/shared-calls.js'
import type { ApplyEvent } from './work/apply/apply-event.js'
import type { Interruptible } from './work/apply/interruptible.js'
import type { AppliedCalls } from './work/apply-calls.js'
import type { AuditedCalls } from './work/audit-calls.js'
import type { CompileOptions } from './work/compile-calls.js'
import type { HangUpOptions } from './work/hang-up-calls.js'
import type { BrokenSettings, LookedAtCalls, StatusOptions } from './work/look-at-calls.js'
import type { ApplyOptions } from './work/options/apply-options.js'
import {
  copyEnvironment,
  listen,
  requireConfirm,
  requireFolder,
  requireHandlers,
  requireSettings,
} from './work/options/check-handlers.js'
import type { GraphOptions, PlanOptions, WorkspaceOptions } from './work/options/options.js'
import type { ReviewedRevisions, ReviewOptions } from './work/review/review-revisions.js'
import type { TestedCalls, TestOptions } from './work/test-calls.js'
import type { HistoryView } from './work/workspace/check-history.js'

export interface WorkspaceSettings {
  /** A folder of the workspace, from that of the process. */
  readonly folder: string
  /** Instead of the process's environment. */
  readonly environment?: Environment
  /** Is told, in a sentence, what should be looked into; absent: nobody is. */
  readonly warn?: (text: string) => void
  /** Is told, in a sentence, what goes on; absent: nobody is. */
  readonly tell?: (text: string) => void
}

/** What was found wrong, and the texts that ranges point into. */
export interface CheckedCalls {
  readonly hasErrors: boolean
  readonly diagnostics: readonly Diagnostic[]
  readonly sources: Sources
}

export interface ValidCalls extends CheckedCalls {
  /** How many calls are valid. */
  readonly count: number
}

export interface ReadyPayloads extends CheckedCalls {
  /** In the order of their files; empty where there are errors. */
  readonly payloads: readonly Payload[]
}

export interface ReadyPlan extends CheckedCalls {
  /** Absent where there are errors. */
  readonly plan?: PlanReport<PayloadHead>
  /** What git's history says of it: why an apply would refuse, and what it would warn of. */
  readonly history?: HistoryView
  /** Ids that two calls of the record have. */
  readonly shared: readonly SharedId[]
}

export interface RunRequest {
  /** Is told what happens, as it happens. */
  readonly report?: (event: ApplyEvent) => void
  /** Aborted: no new call is begun, and those in flight are waited for. */
  readonly signal?: AbortSignal
}

export interface ApplyRequest extends ApplyOptions, RunRequest {
  /** Whether to ring those whom the plan names. It must look: a call cannot be taken back. */
  readonly confirm: (report: PlanReport) => boolean | Promise<boolean>
}

export interface HangUpRequest extends HangUpOptions, RunRequest {}

export interface StatusRequest extends StatusOptions {
  readonly signal?: AbortSignal
}

export type CallsInSight = LookedAtCalls & { readonly elsewhere: readonly LiveElsewhere[] }

/** A workspace on disk. Users' mistakes come back as diagnostics; what is thrown has an exit code by `exitCodeOf`. */
export interface OpenedWorkspace {
  validate(options?: WorkspaceOptions): Promise<ValidCalls>
  compile(options?: CompileOptions): Promise<ReadyPayloads>
  test(options?: TestOptions): Promise<TestedCalls>
  plan(options?: PlanOptions): Promise<ReadyPlan>
  apply(request: ApplyRequest): Promise<AppliedCalls>
  status(request?: StatusRequest): Promise<CallsInSight | BrokenSettings>
  hangUp(request: HangUpRequest): Promise<AppliedCalls>
  review(options?: ReviewOptions): Promise<ReviewedRevisions>
  audit(options?: GraphOptions): Promise<AuditedCalls>
}

/** Reads nothing yet: each use case reads the files as they are then. */
export function openWorkspace(settings: WorkspaceSettings): OpenedWorkspace {
  const worldNow = worldOf(settings)
  return { ...definitionsIn(worldNow), ...callsIn(worldNow) }
}

type OfDefinitions = 'validate' | 'compile' | 'test' | 'review'

function definitionsIn(worldNow: WorldNow): Pick<OpenedWorkspace, OfDefinitions> {
  return {
    async validate(options = {}) {
      const world = worldNow()
      const { validateCalls } = await import('./work/compile-calls.js')
      const validated = validateCalls(options, world)
      return { ...checkedOf(validated), count: validated.count }
    },
    async compile(options = {}) {
      const world = worldNow()
      const { compileCalls } = await import('./work/compile-calls.js')
      const { compiled, payloads } = compileCalls(options, world)
      return { ...checkedOf(compiled), payloads }
    },
    async test(options = {}) {
      const world = worldNow()
      const { testCalls } = await import('./work/test-calls.js')
      return testCalls(options, world)
    },
    async review(options = {}) {
      const world = worldNow()
      const { reviewRevisions } = await import('./work/review/review-revisions.js')
      return reviewRevisions(options, world)
    },
  }
}

function callsIn(worldNow: WorldNow): Omit<OpenedWorkspace, OfDefinitions> {
  return {
    async plan(options = {}) {
      const world = worldNow()
      const { planCalls } = await import('./work/plan-calls.js')
      const { compiled, plan, history, shared = [] } = await planCalls(options, world)
      return {
        ...checkedOf(compiled),
        shared,
        ...(plan !== undefined && { plan }),
        ...(history !== undefined && { history }),
      }
    },
    async apply(request) {
      const world = worldNow()
      const { confirm, report, signal, ...options } = requireHandlers(request)
      requireConfirm(confirm)
      const { applyCalls } = await import('./work/apply-calls.js')
      return applyCalls(options, world, {
        ...handlersOf({ report, signal }, world),
        confirm: async (report) => confirm(report),
      })
    },
    async status(request = {}) {
      const world = worldNow()
      const { signal, ...options } = requireHandlers(request)
      const { lookAtCalls } = await import('./work/look-at-calls.js')
      let elsewhere: readonly LiveElsewhere[] = []
      const found = await lookAtCalls(options, world, {
        interruptible: until(signal),
        tellElsewhere(live) {
          elsewhere = live
        },
      })
      return 'hasErrors' in found ? found : { ...found, elsewhere }
    },
    async hangUp(request) {
      const world = worldNow()
      const { report, signal, ...options } = requireHandlers(request)
      const { hangUpCalls } = await import('./work/hang-up-calls.js')
      return hangUpCalls(options, world, handlersOf({ report, signal }, world))
    },
    async audit(options = {}) {
      const world = worldNow()
      const { auditCalls } = await import('./work/audit-calls.js')
      return auditCalls(options, world)
    },
  }
}

/** The world as it is when a use case begins: its environment stays the same until that ends. */
type WorldNow = () => WatchedWorld

function worldOf(settings: WorkspaceSettings): WorldNow {
  requireSettings(settings)
  const { folder, environment, warn, tell } = settings
  const world = namedWorld()
  const cwd = resolve(world.cwd, folder)
  return () => {
    requireFolder(cwd)
    return {
      ...world,
      cwd,
      environment: copyEnvironment(environment ?? world.environment),
      warn: (text) => listen(() => warn?.(text), ignore),
      tell: (text) => listen(() => tell?.(text), ignore),
    }
  }
}

/** Nobody is left to be told. */
const ignore = (): void => {}

const checkedOf = ({ hasErrors, diagnostics, sources }: CheckedCalls): CheckedCalls => ({
  hasErrors,
  diagnostics,
  sources,
})

interface GivenHandlers {
  readonly report: RunRequest['report'] | undefined
  readonly signal: AbortSignal | undefined
}

const handlersOf = ({ report, signal }: GivenHandlers, world: WatchedWorld) => ({
  /** A listener that fails must not stop a run that is placing calls. */
  report: (event: ApplyEvent): void =>
    listen(
      () => report?.(event),
      (error) => world.warn(`report failed at the event ${event.event}: ${String(error)}`),
    ),
  interruptible: until(signal),
})

const until =
  (signal = new AbortController().signal): Interruptible =>
  (work) =>
    work(signal)
