import { type DescribedTemplate, describeTemplate } from '../../../compile/explain/describe-template.js'
import { type ExitCode, exitCodes } from '../../../model/exit-code.js'
import type { Host } from '../../../model/host.js'
import { readWorkspace } from '../../../read/read-workspace.js'
import { formatJson } from '../../../report/diagnostics/diagnostics-json.js'
import { formatTemplate } from '../../../report/explain/template-text.js'
import type { Arguments } from '../../frame/arguments.js'

/** Undefined when there is no template of that name. */
export function explainTemplate(name: string, args: Arguments, host: Host): ExitCode | undefined {
  const described = findTemplate(name, args, host)
  if (described === undefined) return undefined
  const { stdout } = host.terminal
  host.stdout.write(args.has('json') ? formatJson(described) : formatTemplate(described, stdout))
  return exitCodes.done
}

function findTemplate(name: string, args: Arguments, host: Host): DescribedTemplate | undefined {
  if (args.positionals.length > 1) return undefined
  return describeTemplate(readWorkspace(host.cwd, []), name)
}
