// Cases of the list that are about processes, packages, pages and bytes: each has its test where its code has its own.

export interface CaseElsewhere {
  readonly of: string
  readonly what: string
  /** Below test/. */
  readonly file: string
  /** As the file writes it. */
  readonly title: string
}

const at = (of: string, what: string, file: string, title: string): CaseElsewhere => ({
  of,
  what,
  file,
  title,
})

export const casesElsewhere: readonly CaseElsewhere[] = [
  at(
    'D 27',
    'an old Node is told what is needed',
    'launch/chunks.test.ts',
    'says what callctl needs, and loads nothing',
  ),
  at(
    'D 27',
    'and can read the launcher at all',
    'launch/chunks.test.ts',
    'the launcher can be read by a Node that has none of the newer syntax',
  ),
  at(
    'D 27a',
    'a text that was edited runs',
    'launch/compiled-form.test.ts',
    'a text that was edited is what runs, its length unchanged',
  ),
  at(
    'D 27a',
    'a cache of another Node',
    'launch/compiled-form.test.ts',
    'one of another Node is not even opened',
  ),
  at(
    'D 27a',
    'a folder that cannot be written to',
    'launch/compiled-form.test.ts',
    'where the folder cannot be written to, everything works and nothing is said',
  ),
  at(
    'D 27b',
    'every Node reads the name of the lock alike',
    'record/run-lock/run-lock.test.ts',
    'the kernel’s name fills all its room, so that every Node reads it alike',
  ),
  at(
    'D 28',
    'packed answers',
    'graph/answer/exchange-bodies.test.ts',
    'a body packed all the same is read: ',
  ),
  at(
    'D 28',
    'answers that are cut',
    'cli/apply/hostile-answers.test.ts',
    'each as the table says, none rung twice, no id lost',
  ),
  at(
    'D 29',
    'one package',
    'library/package.test.ts',
    'it installs as one package that runs no script, and its command and library place calls',
  ),
  at('D 29', 'what git is to ignore', 'cli/commands/init.test.ts', 'is not ignored a second time'),
  at(
    'D 29',
    'how callctl is called',
    'cli/commands/init.test.ts',
    'where callctl is installed, npx finds it; elsewhere npx is to fetch nothing',
  ),
  at(
    'D 30',
    'the library applies',
    'library/open-workspace.test.ts',
    'apply sends what confirm has seen, once, and the record is that of the commands',
  ),
  at(
    'D 30',
    'its types need nothing else',
    'library/types.test.ts',
    'the package compiles and runs in a strict TypeScript program',
  ),
  at(
    'E 33',
    'secrets and references in a saved plan',
    'cli/apply/saved-placeholders.test.ts',
    'a plan holds placeholders, and applying fills them and nothing else',
  ),
  at(
    'E 33',
    'a secret that is not set',
    'cli/apply/saved-placeholders.test.ts',
    'a secret that is not set keeps everything from being sent, and the plan can be applied afterwards',
  ),
  at(
    'E 34',
    'a line of CSV through `$each`',
    'compile/expression/ways.test.ts',
    'an item that `$each` made of a list, with items left out before it',
  ),
  at('E 34', 'the warning of a secret', 'graph/sign-in/auth.test.ts', 'warns once that a secret is used'),
  at(
    'E 34',
    'columns of doctor',
    'report/record/doctor-text.test.ts',
    'what does not fit side by side stands beneath',
  ),
  at(
    'E 35',
    'a review on a telephone',
    'report/html/page.test.ts',
    'on a telephone’s screen it is seen what lets more pass, and whom the picture’s calls ring',
  ),
  at(
    'E 35',
    'equal rows',
    'report/html/page.test.ts',
    'three hundred calls that are alike are one row, which opens',
  ),
]
