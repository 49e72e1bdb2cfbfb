// What people do to the places where they work.

import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { GraphServer } from '../../helpers/graph-server.js'
import { type Bench, start } from '../bench.js'
import type { Dice } from '../dice.js'
import { callctl, git } from '../in-process.js'
import {
  addCall,
  type Commits,
  commitAll,
  copySite,
  emptyKnowledge,
  findWorkspaces,
  type Knowledge,
  knownByHistory,
  readSettings,
  type Site,
  writeSettings,
} from './site.js'

export interface World {
  /** A temporary folder: home, and parent of all sites. */
  readonly home: string
  readonly bench: Bench
  readonly server: GraphServer
  /** What the bare repository that all push to knows. */
  readonly origin: Knowledge
  readonly sites: Site[]
  readonly commits: Commits
  readonly dice: Dice
  readonly log: string[]
  readonly violations: string[]
  count: number
  rings: number
  refused: number
}

type Step = (world: World, site: Site) => Promise<void> | void

const mostSites = 4
const newName = (world: World, word: string): string => `${word}-${++world.count}`

function pickWorkspace({ dice }: World, site: Site): string | undefined {
  const found = findWorkspaces(site)
  return found.length === 0 ? undefined : dice.pick(found)
}

const inWorkspace =
  (work: (world: World, site: Site, workspace: string) => Promise<void> | void): Step =>
  async (world, site) => {
    const workspace = pickWorkspace(world, site)
    if (workspace !== undefined) await work(world, site, workspace)
  }

const withGit =
  (step: Step): Step =>
  (world, site) =>
    site.hasGit ? step(world, site) : undefined

/** Nobody may be rung of whom this site could know that he was rung. */
function judge(world: World, site: Site, from: number): void {
  for (const { method, body } of world.server.requests.slice(from)) {
    if (method !== 'POST') continue
    const person = /00000000-0000-4000-8\w{3}-\d{12}/.exec(body)?.[0] ?? 'somebody'
    world.rings += 1
    if (site.knowledge.rung.has(person) || site.knowledge.committed.has(person)) {
      world.violations.push(`${person} was rung again: ${world.log.join(', ')}`)
    }
    site.knowledge.rung.add(person)
  }
}

async function apply(world: World, site: Site, cwd: string, words: readonly string[]): Promise<void> {
  const from = world.server.requests.length
  const { code } = await callctl(cwd, ['apply', ...words, '--yes'], {
    CALLCTL_GRAPH_ROOT: world.server.url,
    HOME: world.home,
  })
  if (code !== 0) world.refused += 1
  world.log.push(`exit ${code}`)
  judge(world, site, from)
}

const applyIn = inWorkspace((world, site, workspace) => {
  const names = [undefined, ...Object.keys(readSettings(site, workspace).environments)]
  const name = world.dice.pick(names)
  return apply(world, site, join(site.folder, workspace), name === undefined ? [] : ['--env', name])
})

const applyFromAbove = inWorkspace((world, site, workspace) =>
  apply(world, site, site.folder, [join(workspace, 'calls')]),
)

/** Killed when its first request has arrived: there is a claim, no outcome, and no word of it in the lockfile. */
const crash = inWorkspace(async (world, site, workspace) => {
  const from = world.server.requests.length
  const arrival = world.server.arrival()
  const child = start(world.bench, ['apply', '--yes'], {
    cwd: join(site.folder, workspace),
    environment: { CALLCTL_GRAPH_ROOT: world.server.url, HOME: world.home },
  })
  child.stdout?.resume()
  child.stderr?.resume()
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  await Promise.race([ended, arrival])
  child.kill('SIGKILL')
  await ended
  judge(world, site, from)
})

/** Another folder beside the others, or within another workspace. */
function newPlace(world: World, site: Site, workspace: string): string {
  const others = findWorkspaces(site).filter((each) => !each.startsWith(workspace) && each !== '.')
  const parent = others.length > 0 && world.dice.below(2) === 0 ? world.dice.pick(others) : '.'
  return join(parent, newName(world, 'team'))
}

const isLockfile = (name: string): boolean => /^calls.*\.lock\.json$/.test(name)

function move(site: Site, from: string, to: string, isMoved: (name: string) => boolean): void {
  mkdirSync(join(site.folder, to), { recursive: true })
  for (const name of readdirSync(join(site.folder, from))) {
    if (isMoved(name)) renameSync(join(site.folder, from, name), join(site.folder, to, name))
  }
}

/** A workspace that holds others, or all of the site, is not moved. */
const renameFolder = (takesLockfiles: boolean) =>
  inWorkspace((world, site, workspace) => {
    const holdsOthers = findWorkspaces(site).some(
      (each) => each !== workspace && each.startsWith(`${workspace}/`),
    )
    if (workspace === '.' || holdsOthers) return
    const to = newPlace(world, site, workspace)
    mkdirSync(dirname(join(site.folder, to)), { recursive: true })
    if (takesLockfiles) renameSync(join(site.folder, workspace), join(site.folder, to))
    else move(site, workspace, to, (name) => !isLockfile(name))
  })

const renameEnvironment = (takesLockfile: boolean) =>
  inWorkspace((world, site, workspace) => {
    const settings = readSettings(site, workspace)
    const [old] = Object.keys(settings.environments)
    if (old === undefined) return
    const name = newName(world, 'stage')
    const { [old]: environment, ...others } = settings.environments
    writeSettings(site, workspace, { ...settings, environments: { ...others, [name]: environment! } })
    const pathOf = (each: string): string => join(site.folder, workspace, `calls.${each}.lock.json`)
    if (takesLockfile && existsSync(pathOf(old))) renameSync(pathOf(old), pathOf(name))
  })

const removeLockfiles = inWorkspace((_, site, workspace) => {
  for (const name of readdirSync(join(site.folder, workspace)).filter(isLockfile))
    rmSync(join(site.folder, workspace, name))
})

function tryGit({ home }: World, site: Site, ...words: readonly string[]): boolean {
  try {
    git(site.folder, home, ...words)
    return true
  } catch {
    return false
  }
}

const push: Step = withGit((world, site) => {
  if (!tryGit(world, site, 'push', '-q', 'origin', 'HEAD:refs/heads/main')) return
  for (const person of knownByHistory(site, world.home, world.commits)) world.origin.committed.add(person)
})

function learn(world: World, site: Site): void {
  for (const person of world.origin.committed) site.knowledge.committed.add(person)
}

/** Where the two sides cannot be merged, what was fetched is there all the same. */
const pull: Step = withGit((world, site) => {
  commitAll(site, world.home, world.commits)
  if (!tryGit(world, site, 'fetch', '-q', 'origin')) return
  learn(world, site)
  if (!tryGit(world, site, 'merge', '-q', '--no-edit', 'origin/main')) tryGit(world, site, 'merge', '--abort')
})

const clone: Step = (world) => {
  if (world.sites.length >= mostSites) return
  const folder = join(world.home, newName(world, 'clone'))
  git(world.home, world.home, 'clone', '-q', join(world.home, 'origin.git'), folder)
  const site = { folder, hasGit: true, knowledge: emptyKnowledge() }
  learn(world, site)
  world.sites.push(site)
}

const copy = (keepsGit: boolean): Step => {
  return (world, site) => {
    if (world.sites.length >= mostSites || isWorktree(site)) return
    world.sites.push(copySite(site, join(world.home, newName(world, 'copy')), keepsGit))
  }
}

/** Its folder names the repository that it belongs to. */
const isWorktree = ({ folder }: Site): boolean => /tree-\d+$/.test(folder)

const addWorktree: Step = withGit((world, site) => {
  if (world.sites.length >= mostSites) return
  const folder = join(world.home, newName(world, 'tree'))
  if (!tryGit(world, site, 'worktree', 'add', '-q', '--detach', folder)) return
  world.sites.push({ folder, hasGit: true, knowledge: site.knowledge })
})

/** The whole site as it was at some time before: what happened since is known to commits elsewhere alone. */
const backUpAndRestore: Step = async (world, site) => {
  const hasTrees = world.sites.some((each) => each !== site && each.knowledge === site.knowledge)
  if (isWorktree(site) || hasTrees) return
  const backup = copySite(site, join(world.home, newName(world, 'backup')), true)
  await applyIn(world, site)
  rmSync(site.folder, { recursive: true })
  renameSync(backup.folder, site.folder)
  world.sites[world.sites.indexOf(site)] = { ...backup, folder: site.folder }
}

const stash: Step = withGit((world, site) => void tryGit(world, site, 'stash', '-q', '--include-untracked'))
const goBack: Step = withGit((world, site) => {
  commitAll(site, world.home, world.commits)
  tryGit(world, site, 'checkout', '-q', '--detach', 'HEAD~1')
})
const commit: Step = (world, site) => commitAll(site, world.home, world.commits)
const define: Step = inWorkspace((_, site, workspace) => addCall(site, workspace))

export const steps: Readonly<Record<string, Step>> = {
  apply: applyIn,
  'apply again': applyIn,
  'apply once more': applyIn,
  'apply from above': applyFromAbove,
  crash,
  define,
  commit,
  'rename the folder': renameFolder(true),
  'rename the folder, but for lockfiles': withGit(renameFolder(false)),
  'rename the environment': renameEnvironment(true),
  'rename the environment, but for its lockfile': withGit(renameEnvironment(false)),
  'remove the lockfiles': withGit(removeLockfiles),
  push,
  pull,
  clone,
  copy: copy(true),
  'copy without git': copy(false),
  'add a worktree': addWorktree,
  'back up, apply, restore': backUpAndRestore,
  stash,
  'go back a commit': goBack,
}
