// The use cases for a program of one's own: the world is this process's, and what commands ask of a terminal is asked of
// the program.

import { resolve } from 'node:path'
import { namedWorld, nodeVersion } from './cli/frame/node-host.js'
import type { LiveElsewhere } from './model/record/live-elsewhere.js'
import type { WatchedWorld } from './model/world.js'
import type { CheckedCalls, OpenedWorkspace, RunRequest, WorkspaceSettings } from './opened-workspace.js'
import type { ApplyEvent } from './work/apply/apply-event.js'
import type { Interruptible } from './work/apply/interruptible.js'
import {
  copyEnvironment,
  listen,
  requireConfirm,
  requireFolder,
  requireHandlers,
  requireSettings,
} from './work/options/check-handlers.js'

/** Reads nothing yet: each use case reads the files as they are then. */
export function openWorkspace(settings: WorkspaceSettings): OpenedWorkspace {
  const worldNow = worldOf(settings)
  return { ...definitionsIn(worldNow), ...callsIn(worldNow), ...careIn(worldNow) }
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

type OfCare = 'operate' | 'audit' | 'examine'

function callsIn(worldNow: WorldNow): Omit<OpenedWorkspace, OfDefinitions | OfCare> {
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
  }
}

/** Of calls that were placed, and of what placing needs. */
function careIn(worldNow: WorldNow): Pick<OpenedWorkspace, OfCare> {
  return {
    async operate(request) {
      const world = worldNow()
      const { confirm, signal, ...options } = requireHandlers(request)
      const { operateOnCall } = await import('./work/operate-on-call.js')
      return operateOnCall(options, world, {
        interruptible: until(signal),
        tellProblems(diagnostics) {
          for (const { message } of diagnostics) world.warn(message)
        },
        tellRings: ignore,
        async confirm(report) {
          requireConfirm(confirm)
          return (await confirm?.(report)) === true
        },
      })
    },
    async audit(options = {}) {
      const world = worldNow()
      const { auditCalls } = await import('./work/audit-calls.js')
      return auditCalls(options, world)
    },
    async examine(options = {}) {
      const world = worldNow()
      const { examine } = await import('./work/examine.js')
      return examine(options, world, nodeVersion)
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
