import { type FoundRepository, findRepository } from '../../git/find-repository.js'
import type { Check, CheckDetail } from '../../model/doctor.js'
import { RecordError } from '../../model/errors.js'
import { exitCodes } from '../../model/exit-code.js'
import { readGitRules } from '../../read/read-git-rules.js'
import type { DoctorWorld } from './doctor-world.js'

/** What git has to know, so that the lockfile merges and the simulator's files stay out. */
export function checkGit(world: DoctorWorld): Check {
  const name = 'git'
  const { root } = world.compiled.workspace
  try {
    const repository = findRepository(root)
    if (repository === undefined) {
      const message = 'This is no git repository: attempts are kept in .callctl/, and nobody can review.'
      return { name, state: 'skipped', message }
    }
    return judge(findGaps(world, repository))
  } catch (error) {
    if (!(error instanceof RecordError)) throw error
    return { name, state: 'error', message: error.message, exitCode: exitCodes.record }
  }
}

interface Gap {
  readonly detail: CheckDetail
  readonly isGap: boolean
  readonly hint: string
}

function judge(found: readonly Gap[]): Check {
  const gaps = found.filter(({ isGap }) => isGap)
  const details = found.map(({ detail }) => detail)
  if (gaps.length === 0) return { name: 'git', state: 'ok', message: 'All is set up.', details }
  const message = 'A merge of the lockfile would need a person, or files would be committed that should not.'
  return { name: 'git', state: 'warning', message, details, hint: gaps.map(({ hint }) => hint).join(' ') }
}

function findGaps({ compiled, git }: DoctorWorld, repository: FoundRepository): readonly Gap[] {
  const { ignore, attributes } = readGitRules(
    compiled.workspace.root,
    repository.top,
    repository.commonFolder,
  )
  const isIgnored = ignore.some((line) => /^(?:\*\*\/|\/)?(?:.*\/)?\.callctl\/?$/.test(line))
  const isMerged = attributes.some((line) => !line.startsWith('#') && /\smerge=callctl\b/.test(line))
  const driver = git(repository.commonFolder, ['config', '--get', 'merge.callctl.driver'])?.trim()
  return [
    gap('.callctl/ ignored', isIgnored, 'Add the line `.callctl/` to .gitignore.'),
    gap('merge attribute', isMerged, 'Add the line `calls*.lock.json merge=callctl` to .gitattributes.'),
    gap(
      'merge driver',
      driver !== undefined && driver !== '',
      'Run: git config merge.callctl.driver "callctl lock merge %O %A %B %P".',
    ),
  ]
}

const gap = (name: string, isThere: boolean, hint: string): Gap => ({
  detail: { name, value: isThere ? 'yes' : 'no' },
  isGap: !isThere,
  hint,
})
