import type { RenderedCall } from '../compile/call/rendered-call.js'
import type { Summary } from '../compile/compile.js'
import { UsageError } from '../model/errors.js'
import type { Payload } from '../model/payload.js'
import type { WatchedWorld } from '../model/world.js'
import { type Checks, requireOptions } from './options/check-options.js'
import { selectionChecks, workspaceChecks } from './options/checks.js'
import type { SelectionOptions, WorkspaceOptions } from './options/options.js'
import { type CompiledWorkspace, compileStream, compileWorkspace } from './workspace/compile-workspace.js'
import { createSelection, type Selection } from './workspace/selection.js'

export interface CompileOptions extends WorkspaceOptions, SelectionOptions {}

const checks: Checks<CompileOptions> = { ...workspaceChecks, ...selectionChecks }

export interface CompiledCalls {
  readonly compiled: CompiledWorkspace
  /** Those that are selected; empty where the definitions have errors. */
  readonly payloads: readonly Payload[]
}

/** What would be sent. Throws UsageError where no call is selected. */
export function compileCalls(asked: CompileOptions, world: WatchedWorld): CompiledCalls {
  const options = requireOptions(asked, checks)
  const compiled = compileWorkspace(options, world)
  if (compiled.hasErrors) return { compiled, payloads: [] }
  const selection = createSelection(options)
  const payloads = compiled.compilation.payloads.filter(({ address }) => selection.selects(address))
  requireAny(payloads.length, selection)
  return { compiled, payloads }
}

/** The same, with each selected call handed over and forgotten: before it is known whether there are errors. */
export function streamCalls(
  asked: CompileOptions,
  world: WatchedWorld,
  take: (rendered: RenderedCall) => void,
): CompiledWorkspace<Summary> {
  const options = requireOptions(asked, checks)
  const selection = createSelection(options)
  let count = 0
  const compiled = compileStream(options, world, (rendered) => {
    if (!selection.selects(rendered.instance.address)) return
    count += 1
    take(rendered)
  })
  if (!compiled.hasErrors) requireAny(count, selection)
  return compiled
}

function requireAny(count: number, selection: Selection): void {
  selection.requireFound()
  if (count === 0) throw new UsageError('No call is defined.')
}

export interface ValidatedCalls extends CompiledWorkspace<Summary> {
  /** How many calls are valid. */
  readonly count: number
}

/** Whether all calls are as they must be; nothing is kept of them. */
export function validateCalls(options: WorkspaceOptions, world: WatchedWorld): ValidatedCalls {
  let count = 0
  const compiled = compileStream(requireOptions(options, workspaceChecks), world, () => {
    count += 1
  })
  return { ...compiled, count }
}
