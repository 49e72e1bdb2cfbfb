import { findHelper, formatParameters } from '../../../compile/expression/helpers.js'
import { UsageError } from '../../../model/errors.js'
import { type ExitCode, exitCodes } from '../../../model/exit-code.js'
import type { Host } from '../../../model/host.js'
import { formatJson } from '../../../report/diagnostics/diagnostics-json.js'
import { formatHelper } from '../../../report/explain/helper-text.js'
import type { Arguments } from '../../frame/arguments.js'

/** What a helper of expressions yields, and from what. */
export function explainHelper(name: string, args: Arguments, host: Host): ExitCode {
  const helper = findHelper(name)
  if (helper === undefined) throw new UsageError(`There is no helper \`${name}\`.`)
  const [example, yields] = helper.example
  const described = {
    helper: name,
    parameters: formatParameters(helper),
    meaning: helper.meaning,
    example,
    yields,
  }
  host.stdout.write(args.has('json') ? formatJson(described) : formatHelper(described, host.terminal.stdout))
  return exitCodes.done
}
