import { type HistoricText, openStrangeHistory } from '../git/history.js'
import type { RepositoryPath } from '../git/repository-path.js'
import { createGit } from '../git/strict-git.js'
import type { Tips } from '../git/tips.js'
import type { Environment } from '../model/environment.js'

/** Warnings are for people: more of them would be read no more. */
const mostWarnings = 5

/** What commits that came from strangers say of the addresses that would be placed: a sentence for each address. */
export function describeStrange(
  repository: RepositoryPath,
  tips: Tips,
  environment: Environment,
  search: (version: HistoricText) => readonly string[],
): readonly string[] {
  const found = new Map<string, HistoricText>()
  for (const version of openStrangeHistory(repository, tips, environment).readVersions())
    for (const address of search(version)) if (!found.has(address)) found.set(address, version)
  return [...found].slice(0, mostWarnings).map(([address, version]) => {
    const refs = refsWith(version.commit, tips, repository, environment)
    return describe(address, version, refs)
  })
}

function refsWith(
  commit: string,
  { strangeRefs }: Tips,
  repository: RepositoryPath,
  environment: Environment,
): readonly string[] {
  const run = createGit(repository, environment)
  const names = run(['for-each-ref', `--contains=${commit}`, '--format=%(refname)']).toString('utf8')
  const strange = new Set(strangeRefs)
  return names.split('\n').filter((name) => strange.has(name))
}

function describe(address: string, { commit, path }: HistoricText, [ref]: readonly string[]): string {
  const where = ref === undefined ? 'git’s log of what was looked at' : ref
  const out =
    ref === undefined
      ? 'It goes when that log ends.'
      : `\`git update-ref -d ${ref}\` leaves it out; merging it, or pushing it to origin, makes it count.`
  return `${where} has a commit, ${commit.slice(0, 12)}, whose ${path} says that ${address} was placed. It came from somebody else and is in no branch of this repository’s own, so it does not count. ${out}`
}
