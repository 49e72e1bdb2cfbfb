import { cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { callctl } from './callctl.js'
import { type Workspace, withWorkspace } from './callctl-workspace.js'
import { readCommand, type Scenario, type Section } from './scenario.js'
import { createNormalize, type Normalize } from './scenario-tokens.js'

/** The scenario as it really went: the same steps, with what was observed. */
export async function runScenario(scenario: Scenario): Promise<Scenario> {
  const observed: Section[] = []
  await withWorkspace({}, async (workspace) => {
    const normalize = createNormalize(workspace.folder, givenText(scenario))
    for (const section of scenario.sections)
      observed.push(...(await runSection(section, workspace, normalize)))
  })
  return { title: scenario.title, sections: observed }
}

const observations = ['exit', 'connections', 'stdout', 'stderr', 'content', 'list']
const givenText = ({ sections }: Scenario): string =>
  sections
    .filter(({ head }) => !observations.includes(wordOf(head)))
    .map(({ head, body }) => `${head}\n${body}`)
    .join('\n')

const wordOf = (head: string): string => head.split(' ')[0]!

async function runSection(
  section: Section,
  workspace: Workspace,
  normalize: Normalize,
): Promise<readonly Section[]> {
  const { head, body } = section
  const word = wordOf(head)
  const rest = head.slice(word.length + 1)
  switch (word) {
    case 'file':
      workspace.write(rest, body)
      return [section]
    case 'copy':
      copy(rest, workspace)
      return [section]
    case 'remove':
      workspace.remove(rest)
      return [section]
    case 'run':
      return [section, ...(await runCommand(rest, workspace, normalize))]
    case 'content':
      return [{ head, body: normalize(contentOf(rest, workspace)) }]
    case 'list':
      return [{ head, body: listOf(rest, workspace) }]
    case 'exit':
    case 'connections':
    case 'stdout':
    case 'stderr':
      return []
    default:
      throw new Error(`A scenario has no section \`${head}\``)
  }
}

async function runCommand(
  text: string,
  { folder }: Workspace,
  normalize: Normalize,
): Promise<readonly Section[]> {
  const { environment, words } = readCommand(text)
  const { code, signal, stdout, stderr, connections } = await callctl(words, { cwd: folder, environment })
  const away = connections.filter((line) => line.startsWith('AWAY'))
  const sections = [{ head: `exit ${code ?? signal}`, body: '' }]
  if (connections.length > 0) {
    const count = connections.length - away.length
    sections.push({ head: `connections ${away.length > 0 ? away.join(', ') : count}`, body: '' })
  }
  if (stdout !== '') sections.push({ head: 'stdout', body: normalize(stdout) })
  if (stderr !== '') sections.push({ head: 'stderr', body: normalize(stderr) })
  return sections
}

function copy(path: string, { folder }: Workspace): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  cpSync(join(process.cwd(), path), join(folder, path), { recursive: true })
}

const contentOf = (path: string, { folder, read }: Workspace): string =>
  existsSync(join(folder, path)) ? read(path) : '(there is no such file)\n'

function listOf(path: string, { folder }: Workspace): string {
  if (!existsSync(join(folder, path))) return '(there is no such folder)\n'
  return `${readdirSync(join(folder, path)).sort().join('\n')}\n`
}
