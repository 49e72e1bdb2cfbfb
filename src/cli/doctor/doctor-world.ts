// What doctor looks at, check by check. Nothing here dials, writes, or shows a value that could be a secret.

import type { Probe } from '../../model/doctor.js'
import type { Host } from '../../model/host.js'
import type { GraphAccess } from '../../work/apply/graph-access.js'
import type { CompiledWorkspace } from '../../work/workspace/compile-workspace.js'
import type { Arguments } from '../frame/arguments.js'

export interface DoctorWorld {
  readonly args: Arguments
  readonly host: Host
  /** All definitions; only the settings where those cannot be read. */
  readonly compiled: CompiledWorkspace
  /** Why the definitions could not be read at all. */
  readonly definitionsProblem?: Error
  /** Where calls go, or why that cannot be said. */
  readonly graph: GraphAccess | Error
  /** One request that carries nothing. */
  probe(url: string, method: 'GET' | 'HEAD'): Promise<Probe>
  /** Starts the built-in simulator without its files, and ends it. */
  trySimulator(): Promise<void>
  /** What git prints; undefined when it fails. */
  git(gitFolder: string, words: readonly string[]): string | undefined
}
