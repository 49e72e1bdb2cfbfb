// A repository in which some calls were placed and recorded by the program itself, and the server that they rang at.

import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { created, type GraphServer, startGraphServer } from '../../helpers/graph-server.js'
import { createDice, type Dice, uuidOf } from '../dice.js'
import { callctl, type Ended } from '../in-process.js'
import { Objects } from '../quick-git/objects.js'
import type { QuickGit } from '../quick-git/quick-git.js'
import { QuickRepository } from '../quick-git/quick-repository.js'
import type { Revision } from './edits.js'
import { fold, type Rang } from './model.js'
import { checkOut, cloneOf, commit, readLockfile } from './repository.js'
import { type EnvironmentName, environments, idOf, type State, whoOfOperator } from './world.js'

export interface Site {
  readonly folder: string
  readonly repository: QuickRepository
  /** A clone with base in its work tree; pull requests are fetched into it. */
  readonly reviewer: QuickRepository
  readonly server: GraphServer
  readonly git: QuickGit
  readonly base: Revision
  readonly rang: Rang
}

export async function withSite(
  seed: number,
  git: QuickGit,
  work: (site: Site) => Promise<void>,
): Promise<void> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'callctl-review-')))
  let count = 0
  const server = await startGraphServer(() => created(uuidOf(createDice(seed * 7919 + ++count))))
  try {
    await work(await makeSite({ folder, server, git }, createDice(seed)))
  } finally {
    await server.close()
    git.clear()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Some calls placed, some not: that is base. */
async function makeSite(place: Pick<Site, 'folder' | 'server' | 'git'>, dice: Dice): Promise<Site> {
  const { folder, server, git } = place
  const first = firstState(dice)
  const work = join(folder, 'work')
  const objects = new Objects(join(work, '.git', 'objects'))
  const repository = new QuickRepository({ folder: work, objects, branch: 'main' })
  git.add(repository)
  commit(repository, { state: first, lockfiles: { default: undefined, staging: undefined } })
  checkOut(repository)
  const placedIn = environments.filter((name) => name === 'default' || dice.below(2) === 0)
  for (const name of placedIn) await applyIn(repository.folder, server, name)
  const lockfiles = {
    default: readLockfile(repository.folder, 'default'),
    staging: readLockfile(repository.folder, 'staging'),
  }
  commit(repository, { state: first, lockfiles })
  const rang = Object.fromEntries(
    environments.map((name) => [name, new Set(Object.keys(lockfiles[name]?.calls ?? {}).map(fold))]),
  ) as unknown as Rang
  const base = { state: laterState(first, dice), lockfiles }
  commit(repository, base)
  const reviewer = cloneOf(repository, join(folder, 'reviewer'), 'main')
  git.add(reviewer)
  return { ...place, repository, reviewer, base, rang }
}

const firstState = (dice: Dice): State => ({
  calls: Array.from({ length: 1 + dice.below(3) }, (_, index) => ({
    name: `call-${index}`,
    person: 10 + index,
  })),
  rows: Array.from({ length: 1 + dice.below(3) }, (_, index) => 40 + index),
  who: { default: 60 },
  limits: {},
  env: [],
})

const laterState = (first: State, dice: Dice): State => ({
  ...first,
  calls: [
    ...first.calls,
    ...Array.from({ length: dice.below(3) }, (_, index) => ({ name: `later-${index}`, person: 20 + index })),
    { name: 'whoever' },
  ],
})

export const applyIn = (folder: string, server: GraphServer, name: EnvironmentName): Promise<Ended> =>
  callctl(folder, ['apply', '--yes', ...(name === 'default' ? [] : ['--env', name])], {
    CALLCTL_GRAPH_ROOT: server.url,
    WHO: idOf(whoOfOperator),
  })
