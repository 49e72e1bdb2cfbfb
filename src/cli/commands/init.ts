import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { RecordError, UsageError } from '../../model/errors.js'
import { type ExitCode, exitCodes } from '../../model/exit-code.js'
import type { Host } from '../../model/host.js'
import { findWorkspaceRoot, settingsName } from '../../read/read-workspace.js'
import { findPremises, joinReal, landAt } from '../../record/disk/real-path.js'
import { replaceFile } from '../../record/disk/replace-file.js'
import { showText } from '../../report/text/paint.js'
import { initAdvice, initBeginnings, initFiles, initLines } from '../files/init-files.js'
import { schemaFolder, writeSchemaFiles } from '../files/schema-files.js'
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
  for (const line of makeWorkspace(root)) host.stdout.write(`${line}\n`)
  const enter = folder === '.' ? '' : `\n  cd ${showText(folder)}`
  host.stdout.write(initAdvice.replace('Next:', `Next:${enter}`))
  return exitCodes.done
}

/** What was done, a line for each file. Nothing is written where one of them would go through a link. */
function makeWorkspace(root: string): readonly string[] {
  const place = (path: string): string => joinReal(root, path.split('/'), 'usage')
  for (const path of [...Object.keys(initLines), ...Object.keys(initFiles), schemaFolder]) place(path)
  try {
    mkdirSync(root, { recursive: true })
    return [
      ...Object.entries(initLines).map(([path, line]) => ensureLine(place(path), path, line)),
      ...writeSchemaFiles(root).map((path) => `wrote    ${path}`),
      // callctl.yaml comes last: without it, `init` can be run again.
      ...Object.entries(initFiles)
        .toReversed()
        .map(([path, text]) => writeNew(place(path), path, text)),
    ]
  } catch (cause) {
    if (cause instanceof RecordError || cause instanceof UsageError) throw cause
    throw new UsageError(`${root} cannot be made a workspace: ${(cause as Error).message}`)
  }
}

function writeNew(file: string, path: string, text: string): string {
  mkdirSync(dirname(file), { recursive: true })
  try {
    writeFileSync(file, text, { flag: 'wx' })
    return `wrote    ${path}`
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return `kept     ${path}`
  }
}

function ensureLine(file: string, path: string, line: string): string {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : undefined
  if (text?.split(/\r?\n/).some((each) => each.trim() === line)) return `kept     ${path}`
  const gap = text === undefined || text === '' || text.endsWith('\n') ? '' : '\n'
  replaceFile(file, `${text ?? initBeginnings[path] ?? ''}${gap}${line}\n`)
  return text === undefined ? `wrote    ${path}` : `added to ${path}: ${line}`
}
