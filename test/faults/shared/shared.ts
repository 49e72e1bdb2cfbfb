import { type Cluster, createCluster, isInstalled } from '../../helpers/postgres.js'
import { type SuiteReport, skipped } from '../suite-report.js'
import { applyUnderFaults } from './applies.js'
import { cutAroundCommit } from './commit-cuts.js'
import type { Seen } from './links.js'
import { raceForClaims } from './racers.js'
import { killRunners } from './runners.js'
import { killUnderClaims } from './server-kills.js'
import { tryVerdicts } from './verdicts.js'

export interface SharedSettings {
  readonly claims: number
  readonly racers: number
  readonly kills: number
  readonly cuts: number
  readonly stalls: number
  /** Whole applies that are disturbed. */
  readonly rounds: number
  /** That is placed by several runners, which die. */
  readonly plan: { readonly calls: number; readonly deaths: number; readonly bundle?: string | undefined }
  readonly bundle?: string | undefined
  readonly seed: number
  /** Some rows of the table by name; all when absent. */
  readonly verdicts?: readonly string[] | undefined
  /** Some parts by name; all when absent. */
  readonly only?: readonly string[] | undefined
}

/** The record that several runners share, on a real server that is raced for, killed and cut off. */
export async function runShared(settings: SharedSettings): Promise<SuiteReport> {
  if (!isInstalled) return skipped('shared', 'PostgreSQL is not installed here')
  const { seed } = settings
  const parts: Readonly<Record<string, (cluster: Cluster) => Promise<Seen>>> = {
    racers: (cluster) => raceForClaims(cluster, settings),
    kills: (cluster) => killUnderClaims(cluster, settings),
    applies: (cluster) => applyUnderFaults(cluster, settings),
    runners: (cluster) => killRunners(cluster, settings.plan),
    verdicts: () => tryVerdicts(settings.verdicts),
    cuts: (cluster) => cutAroundCommit(cluster, settings),
  }
  const figures: string[] = [`seed ${seed}`]
  const violations: string[] = []
  for (const [name, part] of Object.entries(parts)) {
    if (settings.only !== undefined && !settings.only.includes(name)) continue
    const began = performance.now()
    const seen = await withCluster(part).catch(asViolation)
    const seconds = ((performance.now() - began) / 1000).toFixed(0)
    figures.push(...seen.figures.map((figure) => `${name}: ${figure}`), `${name}: ${seconds} s`)
    violations.push(...seen.violations.map((each) => `${name}: ${each}`))
  }
  return { suite: 'shared', figures, violations }
}

const asViolation = (error: unknown): Seen => ({ figures: [], violations: [String(error)] })

/** It ends, whatever happens. */
async function withCluster<Value>(work: (cluster: Cluster) => Promise<Value>): Promise<Value> {
  const cluster = createCluster()
  const leave = (): void => void cluster.end().then(() => process.exit(130))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, leave)
  try {
    await cluster.start()
    return await work(cluster)
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, leave)
    await cluster.end()
  }
}
