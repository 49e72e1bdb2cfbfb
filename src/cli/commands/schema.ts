import { UsageError } from '../../model/errors.js'
import { type ExitCode, exitCodes } from '../../model/exit-code.js'
import type { Host } from '../../model/host.js'
import { didYouMean } from '../../model/words/suggest.js'
import { findWorkspaceRoot } from '../../read/read-workspace.js'
import { writeSchemaFiles } from '../files/schema-files.js'
import { readSchemaTexts, schemaNames } from '../files/schema-texts.js'
import type { Arguments } from '../frame/arguments.js'

export async function schema(args: Arguments, host: Host): Promise<ExitCode> {
  const [name, more] = args.positionals
  if (args.has('write')) {
    if (name !== undefined)
      throw new UsageError('`schema --write` takes no name: it writes what editors need.')
    for (const path of writeSchemaFiles(findWorkspaceRoot(host.cwd))) host.stderr.write(`wrote ${path}\n`)
    return exitCodes.done
  }
  const list = `Schemas: ${schemaNames.join(', ')}.`
  if (name === undefined || more !== undefined) throw new UsageError('`schema` prints one schema.', list)
  if (!schemaNames.includes(name)) {
    throw new UsageError(`There is no schema \`${name}\`.`, didYouMean(name, schemaNames) ?? list)
  }
  host.stdout.write(readSchemaTexts()[name]!)
  return exitCodes.done
}
