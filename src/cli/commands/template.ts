import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { RecordError, UsageError } from '../../model/errors.js'
import { type ExitCode, exitCodes } from '../../model/exit-code.js'
import type { Host } from '../../model/host.js'
import { suggest } from '../../model/words/suggest.js'
import { findWorkspaceRoot, settingsName } from '../../read/read-workspace.js'
import { joinReal } from '../../record/disk/real-path.js'
import { type Look, paint, widthOf } from '../../report/text/paint.js'
import { formatRow } from '../../report/text/rows.js'
import { readStockTemplate, stockFiles, stockNames } from '../files/stock-templates.js'
import { differs, writeNew } from '../files/write-new.js'
import type { Arguments } from '../frame/arguments.js'

/** The stock templates: lists them, shows one, or puts some into the workspace. */
export async function template({ positionals }: Arguments, host: Host): Promise<ExitCode> {
  const [action, ...names] = positionals
  if (action === 'list' && names.length === 0) host.stdout.write(formatList(host.terminal.stdout))
  else if (action === 'show' && names.length === 1) host.stdout.write(readStockTemplate(names[0]!).text)
  else if (action === 'add' && names.length > 0)
    for (const line of addTemplates(names, findRoot(host))) host.stdout.write(`${line}\n`)
  else throw misuse(action)
  return exitCodes.done
}

function misuse(action: string | undefined): UsageError {
  if (action === 'list') return new UsageError('`template list` takes no names.')
  if (action === 'show') return new UsageError('`template show` takes one name.')
  if (action === 'add')
    return new UsageError('Name the templates to add.', '`callctl template list` names them.')
  const message = action === undefined ? 'Say what to do.' : `There is no \`template ${action}\`.`
  const near = action === undefined ? undefined : suggest(action, ['list', 'show', 'add'])
  return new UsageError(
    message,
    near === undefined ? 'One of: list, show NAME, add NAME.' : `Did you mean \`template ${near}\`?`,
  )
}

function formatList(look: Look): string {
  const width = widthOf(stockNames, look)
  const rows = stockNames.map((name) => {
    // `show` and `explain` say the rest.
    const text = firstSentence(readStockTemplate(name).description)
    return formatRow({ name, width, text }, look, { name: 'bold' })
  })
  const advice = paint(
    look,
    'dim',
    '`callctl template add NAME` puts one into templates/; `show NAME` prints it.',
  )
  return `${rows.join('\n')}\n\n${advice}\n`
}

const firstSentence = (text: string): string => /^.*?[.](?=\s|$)/s.exec(text)?.[0] ?? text

function findRoot({ cwd }: Host): string {
  const root = findWorkspaceRoot(cwd)
  if (existsSync(join(root, settingsName))) return root
  throw new UsageError(
    `There is no workspace here: no ${settingsName}.`,
    '`callctl init --template NAME` makes one.',
  )
}

/** What was done, a line for each file. Nothing is overwritten, nor written where one would go through a link. */
function addTemplates(names: readonly string[], root: string): readonly string[] {
  const files = Object.entries(Object.assign({}, ...names.map(stockFiles)) as Record<string, string>).map(
    ([path, text]) => ({ path, text, file: joinReal(root, path.split('/'), 'usage') }),
  )
  try {
    return files.map(({ path, text, file }) => {
      const done = writeNew(file, path, text)
      return done.startsWith('kept') && differs(file, text) ? `${done}, which is another one` : done
    })
  } catch (cause) {
    if (cause instanceof RecordError || cause instanceof UsageError) throw cause
    throw new UsageError(`templates/ cannot be written: ${(cause as Error).message}`)
  }
}
