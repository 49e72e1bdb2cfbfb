// What doctor looks at, check by check. Nothing here dials, writes, or shows a value that could be a secret.

import type { Compilation } from '../../compile/compile.js'
import type { SettingsSummary } from '../../compile/open-settings.js'
import type { Probe } from '../../model/doctor.js'
import type { World } from '../../model/world.js'
import type { GraphAccess } from '../apply/graph-access.js'
import type { GraphOptions, WorkspaceOptions } from '../options/options.js'
import type { SettledWorkspace } from '../workspace/compile-workspace.js'

export interface ExamineOptions extends WorkspaceOptions, GraphOptions {
  /** Whether the addresses that calls name for callbacks may be asked whether they answer. */
  readonly checksCallbacks?: boolean | undefined
}

export interface DoctorWorld {
  readonly options: ExamineOptions
  readonly world: World
  /** Such as `v20.20.2`. */
  readonly nodeVersion: string
  /** All definitions; only the settings where those cannot be read. */
  readonly compiled: SettledWorkspace<SettingsSummary & Pick<Compilation, 'payloads'>>
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
