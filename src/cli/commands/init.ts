import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { RecordError, UsageError } from '../../model/errors.js'
import { type ExitCode, exitCodes } from '../../model/exit-code.js'
import type { Host } from '../../model/host.js'
import { findWorkspaceRoot, settingsName } from '../../read/read-workspace.js'
import { findPremises, joinReal, landAt } from '../../record/disk/real-path.js'
import { replaceFile } from '../../record/disk/replace-file.js'
import { showText } from '../../report/text/paint.js'
import { findCommand } from '../files/find-command.js'
import { exampleCalls } from '../files/init-examples.js'
import { initAdvice, initFilesFor, initLines } from '../files/init-files.js'
import { schemaFolder, writeSchemaFiles } from '../files/schema-files.js'
import { readStockTemplate } from '../files/stock-templates.js'
import { writeNew } from '../files/write-new.js'
import type { Arguments } from '../frame/arguments.js'

/** Makes a workspace. No file that is there already is overwritten. */
export async function init(args: Arguments, host: Host): Promise<ExitCode> {
  if (args.positionals.length > 1) throw new UsageError('`init` makes one workspace: name one folder.')
  const folder = args.positionals[0] ?? '.'
  const premises = findPremises(findWorkspaceRoot(host.cwd))
  const { path: root } = landAt(premises, resolve(host.cwd, folder), folder)
  if (existsSync(join(root, settingsName))) {
    const hint = '`callctl schema --write` refreshes the schemas that editors use.'
    throw new UsageError(`${showText(folder)} is a workspace already: it has ${settingsName}.`, hint)
  }
  const names = args.texts('template')
  refuseCallless(names)
  for (const line of makeWorkspace(root, initFilesFor(names))) host.stdout.write(`${line}\n`)
  host.stdout.write(initAdvice(findCommand(root, host.environment), showText(folder), host.terminal.stdout))
  return exitCodes.done
}

/** Throws UsageError for templates that there are not, and for one that makes no call by itself. */
function refuseCallless(names: readonly string[]): void {
  for (const name of names) {
    readStockTemplate(name)
    if (exampleCalls([name]) !== '') continue
    throw new UsageError(
      `\`${name}\` makes no call by itself: others extend it.`,
      '`callctl template list` names them all.',
    )
  }
}

type Files = Readonly<Record<string, string>>

/** What was done, a line for each file. Nothing is written where one of them would go through a link. */
function makeWorkspace(root: string, files: Files): readonly string[] {
  const place = (path: string): string => joinReal(root, path.split('/'), 'usage')
  for (const path of [...Object.keys(initLines), ...Object.keys(files), schemaFolder]) place(path)
  try {
    mkdirSync(root, { recursive: true })
    return [
      ...Object.entries(initLines).map(([path, lines]) => ensureLines(place(path), path, lines)),
      ...writeSchemaFiles(root).map((path) => `wrote    ${path}`),
      // callctl.yaml comes last: without it, `init` can be run again.
      ...Object.entries(files)
        .toReversed()
        .map(([path, text]) => writeNew(place(path), path, text)),
    ]
  } catch (cause) {
    if (cause instanceof RecordError || cause instanceof UsageError) throw cause
    throw new UsageError(`${root} cannot be made a workspace: ${(cause as Error).message}`)
  }
}

function ensureLines(file: string, path: string, lines: readonly string[]): string {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : undefined
  const known = new Set(text?.split(/\r?\n/).map(bare))
  const missing = lines.filter((line) => !known.has(bare(line)))
  if (missing.length === 0) return `kept     ${path}`
  const gap = text === undefined || text === '' || text.endsWith('\n') ? '' : '\n'
  replaceFile(file, `${text ?? ''}${gap}${missing.join('\n')}\n`)
  return text === undefined ? `wrote    ${path}` : `added to ${path}: ${missing.join(', ')}`
}

/** `/node_modules`, `node_modules` and `node_modules/` ignore the same folder here. */
const bare = (line: string): string => line.trim().replace(/^\/|\/$/g, '')
