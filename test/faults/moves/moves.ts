// Workspaces that are renamed, moved, nested, copied, restored and cloned between applies, some of them killed: whoever
// was rung, as far as the place of an apply could know, is not rung again.

import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { created, startGraphServer } from '../../helpers/graph-server.js'
import { type Bench, withBench } from '../bench.js'
import { createDice, uuidOf } from '../dice.js'
import { git } from '../in-process.js'
import type { SuiteReport } from '../suite-report.js'
import { type Commits, commitAll, emptyKnowledge, type Site, writeWorkspace } from './site.js'
import { steps, type World } from './steps.js'

export interface MovesSettings {
  readonly runs: number
  readonly seed: number
  readonly bundle?: string | undefined
}

const stepsPerRun = 16

export function runMoves({ runs, seed, bundle }: MovesSettings): Promise<SuiteReport> {
  return withBench(async (bench) => {
    const totals = { steps: 0, rings: 0, refused: 0 }
    const violations: string[] = []
    for (let run = 0; run < runs; run++) {
      await withWorld(bench, seed * 1_000_000 + run, async (world) => {
        await wander(world)
        totals.steps += world.log.length
        totals.rings += world.rings
        totals.refused += world.refused
        violations.push(...world.violations.map((each) => `run ${run}: ${each}`))
      })
    }
    const figures = [
      `${runs} random histories (seed ${seed}), ${totals.steps} steps`,
      `${totals.rings} rings, ${totals.refused} applies refused; nobody was rung again of whom the place could know`,
    ]
    return { suite: 'record', figures, violations }
  }, bundle)
}

async function withWorld(bench: Bench, seed: number, work: (world: World) => Promise<void>): Promise<void> {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'callctl-moves-')))
  let count = 0
  const server = await startGraphServer(() => created(uuidOf(createDice(seed * 7919 + ++count))))
  try {
    git(home, home, 'init', '-q', '--bare', '-b', 'main', 'origin.git')
    const commits: Commits = new Map()
    const world: World = {
      home,
      bench,
      server,
      origin: emptyKnowledge(),
      sites: [makeFirst(home, commits)],
      commits,
      dice: createDice(seed),
      log: [],
      violations: [],
      count: 0,
      rings: 0,
      refused: 0,
    }
    await work(world)
  } finally {
    await server.close()
    rmSync(home, { recursive: true, force: true, maxRetries: 3 })
  }
}

/** Two workspaces side by side. */
function makeFirst(home: string, commits: Commits): Site {
  const folder = join(home, 'first')
  mkdirSync(folder)
  git(folder, home, 'init', '-q', '-b', 'main')
  git(folder, home, 'remote', 'add', 'origin', join(home, 'origin.git'))
  const site = { folder, hasGit: true, knowledge: emptyKnowledge() }
  writeWorkspace(site, 'alpha', 1)
  writeWorkspace(site, 'beta', 2)
  commitAll(site, home, commits)
  git(folder, home, 'push', '-q', 'origin', 'HEAD:refs/heads/main')
  return site
}

async function wander(world: World): Promise<void> {
  const names = Object.keys(steps)
  for (let turn = 0; turn < stepsPerRun; turn++) {
    const site = world.dice.pick(world.sites)
    const name = turn === 0 ? 'apply' : world.dice.pick(names)
    world.log.push(`${name} in ${site.folder.slice(world.home.length + 1)}`)
    await steps[name]!(world, site)
  }
}
