import type { Cloud, Collection, GraphVersion } from '../call.js'
import type { Severity } from '../diagnostics/severity.js'
import type { MapNode, ScalarNode } from './document.js'
import type { Range } from './source.js'

/** `callctl.yaml`, read. Nodes still hold expressions. */
export interface Settings {
  readonly cloud: Cloud
  readonly target: TargetSettings
  readonly tenantId?: ScalarNode
  /** Environment variables that expressions may read. */
  readonly environment: ReadonlyMap<string, EnvironmentName>
  readonly variables?: MapNode
  readonly defaults?: MapNode
  readonly limits: Limits
  /** What keeps the record that the workspace's runners share; absent where each machine has its own. */
  readonly record?: 'postgres'
  /** Whether meetings grant what joining them needs (resource-specific consent), which no token tells. */
  readonly hasMeetingConsent?: boolean
  /** Severities that the team has set, by diagnostic code. */
  readonly severities: ReadonlyMap<string, Severity | 'off'>
  /** Every name under `environments`. */
  readonly environmentNames: readonly string[]
  /** What the chosen environment lays over the above. */
  readonly chosen?: Pick<Settings, 'variables' | 'defaults'>
}

export interface EnvironmentName {
  readonly range: Range
  readonly isSecret: boolean
}

/** `graph:` of callctl.yaml, a template or a definition; a later one wins, property by property. */
export interface TargetSettings {
  readonly version?: GraphVersion
  readonly collection?: Collection
  /** May hold an expression. */
  readonly applicationId?: ScalarNode
  /** Where `graph:` stands. */
  readonly range?: Range
}

export interface Limits {
  /** How many people and numbers one apply may ring; unlimited when absent. */
  readonly people?: number
  /** Calls in flight, 1 to 64. */
  readonly concurrency: number
  /** How many calls may be live at once; with Graph's quota in mind when absent. */
  readonly concurrentCalls?: number
  /** How many calls may be placed in a month of UTC; with Graph's quota in mind when absent. */
  readonly callsPerMonth?: number
}
