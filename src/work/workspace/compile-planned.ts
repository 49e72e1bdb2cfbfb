import { createPayload } from '../../compile/call/create-payload.js'
import { type Summary, withReferences } from '../../compile/compile.js'
import { type PlannedPayload, planPayload } from '../../model/payload.js'
import type { WatchedWorld } from '../../model/world.js'
import { HeldText } from '../../record/held/held-text.js'
import type { WorkspaceOptions } from '../options/options.js'
import { type CompiledWorkspace, compileStream } from './compile-workspace.js'

/** As `compileStream`; of each payload what applying needs is kept, and its text where it needs little memory. */
export function compilePlanned(options: WorkspaceOptions, world: WatchedWorld): PlannedWorkspace {
  const held = new HeldText()
  const payloads: PlannedPayload[] = []
  const compiled = compileStream(options, world, (rendered) => {
    const payload = createPayload(rendered)
    const place = held.add(payload.text)
    payloads.push(planPayload(payload, () => held.at(place)))
  })
  return { ...compiled, payloads: withReferences(payloads, compiled.compilation) }
}

export interface PlannedWorkspace extends CompiledWorkspace<Summary> {
  readonly payloads: readonly PlannedPayload[]
}
