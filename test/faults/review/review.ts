// Generated pull requests against the review of each: whoever would be rung by an apply after the merge, and not before,
// is named, and so is whoever is rung no longer. A model says who; a server in Graph's place sees who was.

import { join } from 'node:path'
import { createDice, type Dice } from '../dice.js'
import { QuickGit } from '../quick-git/quick-git.js'
import type { SuiteReport } from '../suite-report.js'
import { checkReview } from './check-review.js'
import { honestEdits, lockfileEdits, type Revision } from './edits.js'
import { compareRevisions, listMayRing } from './model.js'
import { cloneOf, commit, fetchInto } from './repository.js'
import { applyIn, type Site, withSite } from './site.js'
import { environments, idOf, isBroken } from './world.js'

export interface ReviewSettings {
  readonly count: number
  readonly seed: number
  /** The title of an edit, with hyphens for blanks, to try no other. */
  readonly only?: string | undefined
}

/** Pull requests for one repository: making it takes as long as several of them. */
const requestsPerSite = 10
/** Of one repository in so many, git itself is asked whether it would answer as its stand-in does. */
const sitesPerCheck = 5

export async function runReview({ count, seed, only }: ReviewSettings): Promise<SuiteReport> {
  const totals = { requests: 0, differences: 0, rings: 0, refused: 0 }
  const violations: string[] = []
  const git = new QuickGit()
  await git.standIn(async () => {
    for (let number = 0; number * requestsPerSite < count; number++) {
      const siteSeed = seed * 1_000_000 + number
      git.isChecked = number % sitesPerCheck === 0
      await withSite(siteSeed, git, async (site) => {
        for (let turn = 0; turn < requestsPerSite && totals.requests < count; turn++) {
          const found = await tryRequest(site, createDice(siteSeed * 100 + turn), { turn, only })
          totals.requests += 1
          totals.differences += found.differences
          totals.rings += found.rings
          if (found.isRefused) totals.refused += 1
          const all = [...git.takeDifferences(), ...found.violations]
          violations.push(...all.map((each) => `seed ${siteSeed}, request ${turn}: ${each}`))
          git.isChecked = false
        }
      })
    }
  })
  const figures = [
    `${totals.requests} pull requests (seed ${seed}), ${totals.refused} of them not applied: refused or with errors`,
    `${totals.differences} changes of who is rung, each named in its review; ${totals.rings} rings, none that the model forbids`,
    `${git.checks} answers of git’s stand-in compared with git’s own`,
  ]
  return { suite: 'review', figures, violations }
}

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

async function tryRequest(site: Site, dice: Dice, { turn, only }: Turn): Promise<Found> {
  const { folder, repository, reviewer, base, rang } = site
  const { head, titles } = makeHead(base, dice, only)
  const branch = `topic-${turn}`
  commit(repository, head, branch)
  fetchInto(reviewer, repository, branch)
  const hasError = isBroken(head.state)
  const differences = hasError ? [] : compareRevisions(base, head, rang)
  const checked = await checkReview(
    reviewer.folder,
    branch,
    { differences, titles, isBroken: hasError },
    dice,
  )
  const violations = [...checked.violations]
  let rings = 0
  let isRefused = false
  const clone = cloneOf(repository, join(folder, `applier-${turn}`), branch)
  site.git.add(clone)
  for (const name of environments) {
    const from = site.server.requests.length
    const ended = await applyIn(clone.folder, site.server, name)
    const rung = site.server.requests
      .slice(from)
      .flatMap(({ method, body }) => (method === 'POST' ? body : []))
    rings += rung.length
    isRefused ||= ![0, 9].includes(ended.code)
    const allowed = checked.unknown.includes(name) ? [] : [...listMayRing(head, name, rang).values()]
    const forbidden = findForbidden(rung, allowed)
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
