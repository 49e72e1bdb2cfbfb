// The text form of a scenario: sections that begin with `--- WORD …`. What callctl answered stands in the same file.
//
//   --- file PATH       writes a file of the workspace (its text follows)
//   --- copy PATH       copies a file of this repository into the workspace
//   --- remove PATH     removes a file or folder
//   --- run WORDS       runs callctl; NAME=value before it sets environment variables. What follows was observed:
//   --- exit N          its exit code
//   --- connections N   how many connections it opened; left out when none
//   --- stdout, stderr  left out when empty
//   --- content PATH    what a file holds then
//   --- list PATH       which files a folder holds then

export interface Section {
  /** All after `--- `. */
  readonly head: string
  readonly body: string
}

export interface Scenario {
  /** Lines before the first section: what the scenario shows. */
  readonly title: string
  readonly sections: readonly Section[]
}

const openEnd = ' (no newline at the end)'

export function parseScenario(text: string): Scenario {
  const [title = '', ...parts] = text.split(/^--- /m)
  return { title, sections: parts.map(parseSection) }
}

/** One blank line at the end of a section is there for the eye. */
function parseSection(part: string): Section {
  const at = part.indexOf('\n')
  const head = part.slice(0, at)
  const body = part.slice(at + 1).replace(/(^|\n)\n$/, '$1')
  if (!head.endsWith(openEnd)) return { head, body }
  return { head: head.slice(0, -openEnd.length), body: body.replace(/\n$/, '') }
}

export function formatScenario({ title, sections }: Scenario): string {
  const text = sections.map(formatSection).join('')
  return `${title}${text}`.replace(/\n+$/, '\n')
}

function formatSection({ head, body }: Section, index: number, all: readonly Section[]): string {
  const isOpen = body !== '' && !body.endsWith('\n')
  const next = all[index + 1]?.head.split(' ')[0] ?? ''
  const isShort = body === '' && !['run', 'file'].includes(next)
  return `--- ${head}${isOpen ? openEnd : ''}\n${body}${isOpen ? '\n' : ''}${isShort ? '' : '\n'}`
}

/** Words as a shell splits them; quotes keep blanks, and nothing else is special. */
export function splitWords(text: string): readonly string[] {
  return [...text.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)].map(([word]) =>
    word.replace(/"([^"]*)"|'([^']*)'/g, '$1$2'),
  )
}

export interface Command {
  readonly environment: Readonly<Record<string, string>>
  readonly words: readonly string[]
}

export function readCommand(text: string): Command {
  const words = splitWords(text)
  const at = words.indexOf('callctl')
  const settings = words.slice(0, at).map((word) => word.split(/=(.*)/s).slice(0, 2) as [string, string])
  if (at < 0) throw new Error(`\`${text}\` runs no callctl`)
  return { environment: Object.fromEntries(settings), words: words.slice(at + 1) }
}
