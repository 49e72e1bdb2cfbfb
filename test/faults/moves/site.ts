// A place where people work: a clone, a copy, a second worktree, or a folder without git; and what can be known there
// of who was rung.

import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { stockTemplate } from '../../helpers/callctl-workspace.js'
import { git } from '../in-process.js'

/** Ids of people. What a place knows of them is shared by all worktrees of one repository. */
export interface Knowledge {
  /** Who was rung, or may have been, by its record or by any commit that it has. */
  readonly rung: Set<string>
  /** Of these: whom a commit tells of. Only that reaches other clones. */
  readonly committed: Set<string>
}

export interface Site {
  readonly folder: string
  readonly hasGit: boolean
  readonly knowledge: Knowledge
}

export const emptyKnowledge = (): Knowledge => ({ rung: new Set(), committed: new Set() })

/** A folder that holds a workspace, from the site's top; every workspace has settings of its own. */
export function findWorkspaces({ folder }: Site): readonly string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return names
    .filter((name) => /(^|\/)callctl\.yaml$/.test(name) && !/(^|\/)\.(git|callctl)\//.test(name))
    .map((name) => dirname(name))
    .sort()
}

interface Settings {
  variables: { prefix: string }
  environments: Record<string, { variables: { prefix: string } }>
}

export const readSettings = (site: Site, workspace: string): Settings =>
  JSON.parse(readFileSync(join(site.folder, workspace, 'callctl.yaml'), 'utf8')) as Settings

export const writeSettings = (site: Site, workspace: string, settings: Settings): void =>
  writeFileSync(join(site.folder, workspace, 'callctl.yaml'), JSON.stringify(settings, null, 2))

/** People differ by workspace and environment, whatever these are called later. */
const prefixOf = (workspace: number, environment: number): string =>
  `00000000-0000-4000-8${workspace}0${environment}`

const personOf = (prefix: string, call: number): string => `${prefix}-${String(call).padStart(12, '0')}`

const nameCall = (index: number): string => `call-${index}`

export function writeWorkspace(site: Site, path: string, number: number): void {
  const write = (name: string, text: string): void => {
    mkdirSync(dirname(join(site.folder, path, name)), { recursive: true })
    writeFileSync(join(site.folder, path, name), text)
  }
  const settings = {
    version: 1,
    defaults: { callbackUri: 'https://bot.contoso.com/callback' },
    variables: { prefix: prefixOf(number, 0) },
    environments: { staging: { variables: { prefix: prefixOf(number, 1) } } },
  }
  write('callctl.yaml', JSON.stringify(settings, null, 2))
  write('templates/p2p-voip.yaml', stockTemplate('p2p-voip'))
  write('calls/calls.yaml', callsOf(2))
}

/** A call more than there was. */
export function addCall(site: Site, workspace: string): void {
  const path = join(site.folder, workspace, 'calls', 'calls.yaml')
  if (!existsSync(path)) return
  const { calls } = JSON.parse(readFileSync(path, 'utf8')) as { calls: object }
  writeFileSync(path, callsOf(Object.keys(calls).length + 1))
}

function callsOf(count: number): string {
  const calls = Array.from({ length: count }, (_, index) => [
    nameCall(index),
    { uses: 'p2p-voip', with: { userId: personOf('{{prefix}}', index) } },
  ])
  return JSON.stringify({ calls: Object.fromEntries(calls) }, null, 2)
}

/** Whom the lockfiles of the tree tell of, each read at the place where its workspace's environment has it. */
function knownByLockfiles(site: Site): readonly string[] {
  return findWorkspaces(site).flatMap((workspace) => {
    const { variables, environments } = readSettings(site, workspace)
    const owners = [
      ['calls.lock.json', variables.prefix],
      ...Object.entries(environments).map(([name, each]) => [
        `calls.${name}.lock.json`,
        each.variables.prefix,
      ]),
    ]
    return owners.flatMap(([name = '', prefix = '']) => {
      const path = join(site.folder, workspace, name)
      if (!existsSync(path)) return []
      const { calls } = JSON.parse(readFileSync(path, 'utf8')) as { calls: object }
      return Object.keys(calls).map((address) => personOf(prefix, Number(address.slice('call-'.length))))
    })
  })
}

/** Whom the lockfiles of each commit tell of, by its id. */
export type Commits = Map<string, readonly string[]>

/** All that the site has now, its lockfiles too. */
export function commitAll(site: Site, home: string, commits: Commits): void {
  if (!site.hasGit) return
  git(site.folder, home, 'add', '-A')
  git(site.folder, home, 'commit', '-q', '--allow-empty', '-m', 'change')
  const people = knownByLockfiles(site)
  commits.set(git(site.folder, home, 'rev-parse', 'HEAD'), people)
  for (const person of people) site.knowledge.committed.add(person)
}

/** Whom the history of what is checked out tells of. */
export const knownByHistory = (site: Site, home: string, commits: Commits): readonly string[] =>
  git(site.folder, home, 'rev-list', 'HEAD')
    .split('\n')
    .flatMap((commit) => commits.get(commit) ?? [])

/** `cp -a`, with or without git's folder. The copy knows what was known until then, and no more. */
export function copySite(site: Site, folder: string, withGit: boolean): Site {
  cpSync(site.folder, folder, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => withGit || !/[\\/]\.git$/.test(path),
  })
  const hasGit = site.hasGit && withGit
  const isWhole = hasGit || !site.hasGit
  const { rung, committed } = site.knowledge
  const copy = { folder, hasGit, knowledge: emptyKnowledge() }
  for (const person of isWhole ? rung : knownByLockfiles(copy)) copy.knowledge.rung.add(person)
  if (hasGit) for (const person of committed) copy.knowledge.committed.add(person)
  return copy
}
