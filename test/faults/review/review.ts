// Generated pull requests against the review of each: whoever would be rung by an apply after the merge, and not before,
// is named, and so is whoever is rung no longer. A model says who; a server in Graph's place sees who was.

import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { created, type GraphServer, startGraphServer } from '../../helpers/graph-server.js'
import { createDice, type Dice, uuidOf } from '../dice.js'
import { callctl, type Ended, git } from '../in-process.js'
import type { SuiteReport } from '../suite-report.js'
import { honestEdits, lockfileEdits, type Revision } from './edits.js'
import { compareRevisions, type Difference, fold, listMayRing, type Rang } from './model.js'
import { isNamed, type ReviewDocument } from './named.js'
import { commit, readLockfile } from './repository.js'
import { type EnvironmentName, environments, idOf, type State, whoOfOperator } from './world.js'

export interface ReviewSettings {
  readonly count: number
  readonly seed: number
  /** The title of an edit, with hyphens for blanks, to try no other. */
  readonly only?: string | undefined
}

interface World {
  readonly folder: string
  readonly repository: string
  readonly server: GraphServer
  readonly base: Revision
  readonly rang: Rang
}

/** Pull requests for one repository: making it takes as long as several of them. */
const requestsPerWorld = 10

export async function runReview({ count, seed, only }: ReviewSettings): Promise<SuiteReport> {
  const totals = { requests: 0, differences: 0, rings: 0, refused: 0 }
  const violations: string[] = []
  for (let number = 0; number * requestsPerWorld < count; number++) {
    const worldSeed = seed * 1_000_000 + number
    await withWorld(worldSeed, async (world) => {
      for (let turn = 0; turn < requestsPerWorld && totals.requests < count; turn++) {
        const found = await tryRequest(world, createDice(worldSeed * 100 + turn), { turn, only })
        totals.requests += 1
        totals.differences += found.differences
        totals.rings += found.rings
        if (found.isRefused) totals.refused += 1
        violations.push(...found.violations.map((each) => `seed ${worldSeed}, request ${turn}: ${each}`))
      }
    })
  }
  const figures = [
    `${totals.requests} pull requests (seed ${seed}), ${totals.refused} of them not applied: refused or with errors`,
    `${totals.differences} changes of who is rung, each named in its review; ${totals.rings} rings, none that the model forbids`,
  ]
  return { suite: 'review', figures, violations }
}

async function withWorld(seed: number, work: (world: World) => Promise<void>): Promise<void> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'callctl-review-')))
  let count = 0
  const server = await startGraphServer(() => created(uuidOf(createDice(seed * 7919 + ++count))))
  try {
    await work(await makeWorld(folder, server, createDice(seed)))
  } finally {
    await server.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Some calls placed and recorded by the program itself, some not: that is base. */
async function makeWorld(folder: string, server: GraphServer, dice: Dice): Promise<World> {
  const repository = join(folder, 'work')
  mkdirSync(repository)
  git(repository, folder, 'init', '-q', '-b', 'main')
  const first: State = {
    calls: Array.from({ length: 1 + dice.below(3) }, (_, index) => ({
      name: `call-${index}`,
      person: 10 + index,
    })),
    rows: Array.from({ length: 1 + dice.below(3) }, (_, index) => 40 + index),
    who: { default: 60 },
    limits: {},
    env: [],
  }
  commit(repository, folder, { state: first, lockfiles: { default: undefined, staging: undefined } })
  const placedIn = environments.filter((name) => name === 'default' || dice.below(2) === 0)
  for (const name of placedIn) await applyIn(repository, server, name)
  git(repository, folder, 'add', '-A')
  git(repository, folder, 'commit', '-q', '--allow-empty', '-m', 'placed')
  const rang = Object.fromEntries(
    environments.map((name) => [
      name,
      new Set(Object.keys(readLockfile(repository, name)?.calls ?? {}).map(fold)),
    ]),
  ) as unknown as Rang
  const state: State = {
    ...first,
    calls: [
      ...first.calls,
      ...Array.from({ length: dice.below(3) }, (_, index) => ({
        name: `later-${index}`,
        person: 20 + index,
      })),
      { name: 'whoever' },
    ],
  }
  const lockfiles = {
    default: readLockfile(repository, 'default'),
    staging: readLockfile(repository, 'staging'),
  }
  const base = { state, lockfiles }
  commit(repository, folder, base)
  return { folder, repository, server, base, rang }
}

const applyIn = (folder: string, server: GraphServer, name: EnvironmentName): Promise<Ended> =>
  callctl(folder, ['apply', '--yes', ...(name === 'default' ? [] : ['--env', name])], {
    CALLCTL_GRAPH_ROOT: server.url,
    WHO: idOf(whoOfOperator),
  })

interface Turn {
  readonly turn: number
  readonly only: string | undefined
}

interface Found {
  readonly differences: number
  readonly rings: number
  readonly isRefused: boolean
  readonly violations: readonly string[]
}

async function tryRequest(world: World, dice: Dice, { turn, only }: Turn): Promise<Found> {
  const { folder, repository, base, rang } = world
  const { head, titles } = makeHead(base, dice, only)
  const branch = `topic-${turn}`
  git(repository, folder, 'checkout', '-q', '-b', branch, 'main')
  commit(repository, folder, head)
  const reviewer = cloneOf(world, `reviewer-${turn}`, 'main')
  git(reviewer, folder, 'fetch', '-q', 'origin', `${branch}:${branch}`)
  const differences = compareRevisions(base, head, rang)
  const violations = await checkReview(reviewer, branch, { differences, titles }, dice)
  let rings = 0
  let isRefused = false
  const clone = cloneOf(world, `applier-${turn}`, branch)
  for (const name of environments) {
    const from = world.server.requests.length
    const ended = await applyIn(clone, world.server, name)
    const rung = world.server.requests
      .slice(from)
      .flatMap(({ method, body }) => (method === 'POST' ? body : []))
    rings += rung.length
    isRefused ||= ![0, 9].includes(ended.code)
    const forbidden = findForbidden(rung, [...listMayRing(head, name, rang).values()])
    violations.push(...forbidden.map((person) => `${name}: ${person} was rung, who must not be`))
  }
  const because = titles.join(' and ')
  return {
    differences: differences.length,
    rings,
    isRefused,
    violations: violations.map((each) => `${because}: ${each}`),
  }
}

function makeHead(
  base: Revision,
  dice: Dice,
  only: string | undefined,
): { head: Revision; titles: readonly string[] } {
  const head: Revision = { state: base.state, lockfiles: { ...base.lockfiles } }
  const all = { ...honestEdits, ...lockfileEdits }
  const names = dice.below(2) === 0 ? Object.keys(lockfileEdits) : Object.keys(all)
  const titles =
    only !== undefined
      ? [only.replaceAll('-', ' ')]
      : Array.from({ length: 1 + dice.below(2) }, () => dice.pick(names))
  for (const title of titles) all[title]!(head, dice)
  return { head, titles }
}

/** A fresh one, with all of the branch's history and nothing else. */
function cloneOf({ folder, repository }: World, name: string, branch: string): string {
  git(folder, folder, 'clone', '-q', '--single-branch', '-b', branch, repository, name)
  return join(folder, name)
}

/** Those who were rung more often than the model allows. */
function findForbidden(bodies: readonly string[], allowed: readonly number[]): readonly string[] {
  const left = allowed.map(idOf)
  return bodies.flatMap((body) => {
    const index = left.findIndex((id) => body.includes(id))
    if (index !== -1) {
      left.splice(index, 1)
      return []
    }
    return [/[0-9a-f-]{36}/.exec(body.slice(body.indexOf('"user"')))?.[0] ?? 'somebody']
  })
}

interface Expected {
  readonly differences: readonly Difference[]
  readonly titles: readonly string[]
}

/** Formats that say who would be rung; the others say so of edits of a lockfile alone. */
const ringFormats = ['text', 'markdown', 'html']
const recordFormats = ['github', 'sarif']

async function checkReview(
  folder: string,
  branch: string,
  expected: Expected,
  dice: Dice,
): Promise<string[]> {
  const { differences, titles } = expected
  const { code, stdout, stderr } = await callctl(folder, [
    'diff',
    'main',
    branch,
    '--json',
    '--detailed-exitcode',
  ])
  if (![0, 2, 4, 7].includes(code)) return [`diff ended with ${code}: ${stderr.slice(0, 200)}`]
  const review = JSON.parse(stdout) as ReviewDocument
  const unnamed = differences.filter((difference) => !isNamed(review, difference))
  const violations = unnamed.map(
    ({ environment, address, person, kind }) =>
      `${environment}: ${address} ${kind} ${idOf(person)}, which its review does not say`,
  )
  if (differences.some(({ kind }) => kind === 'rings') && code === 0 && hasNewRing(review))
    violations.push('the exit code says that nobody new is rung')
  const isRecordAlone = titles.every((title) => Object.hasOwn(lockfileEdits, title))
  if (differences.length > 0 && isRecordAlone && code === 0)
    violations.push('the exit code says that the lockfile changes nothing')
  const format = dice.pick([...ringFormats, ...(isRecordAlone ? recordFormats : [])])
  const { stdout: text } = await callctl(folder, ['diff', 'main', branch, '--format', format])
  const missing = differences.filter(
    ({ address, person }) => !text.includes(address) && !(person === whoOfOperator && text.includes('WHO')),
  )
  return [...violations, ...missing.map(({ address }) => `${format} does not say ${address}`)]
}

const hasNewRing = ({ rings = [], environments: others = [] }: ReviewDocument): boolean =>
  rings.some(({ isNew }) => isNew) || others.some(({ review }) => hasNewRing(review))
