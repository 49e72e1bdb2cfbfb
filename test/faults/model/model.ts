import fc from 'fast-check'
import type { SuiteReport } from '../suite-report.js'
import { allCommands } from './model-commands.js'
import { createWorld } from './model-world.js'

export interface ModelSettings {
  readonly runs: number
  readonly seed: number
}

/** Random histories of a workspace, its people and its crashes, against the simplest model of what may ring. */
export async function runModel({ runs, seed }: ModelSettings): Promise<SuiteReport> {
  const totals = { steps: 0, posts: 0, rings: 0, most: 0, leaves: 0 }
  const property = fc.asyncProperty(
    fc.commands([...allCommands], { maxCommands: 40, size: 'max' }),
    async (commands) => {
      const world = createWorld()
      try {
        const model = { steps: 0 }
        await fc.asyncModelRun(() => ({ model, real: world }), commands)
        totals.steps += model.steps
        totals.posts += world.posts.length
        totals.rings += world.rings.length
        for (const leave of world.leaves.values()) totals.leaves += leave
      } finally {
        world.remove()
      }
    },
  )
  const details = await fc.check(property, { numRuns: runs, seed, endOnFailure: runs < 100 })
  const figures = [
    `${details.numRuns} random histories, ${totals.steps} steps (seed ${seed})`,
    `${totals.posts} requests, ${totals.rings} rings, ${totals.leaves} leaves given; none rang without leave, no id lost`,
  ]
  const violations = details.failed ? [fc.defaultReportMessage(details) ?? 'failed'] : []
  return { suite: 'model', figures, violations }
}
