import { basename } from 'node:path'
import { type Explanation, explain } from '../../../compile/explain/explain.js'
import { findHelper, helperNames } from '../../../compile/expression/helpers.js'
import { formatEndpoint } from '../../../model/call.js'
import { diagnosticCodes } from '../../../model/diagnostics/diagnostic-codes.js'
import { UsageError } from '../../../model/errors.js'
import { type ExitCode, exitCodes } from '../../../model/exit-code.js'
import type { Host } from '../../../model/host.js'
import { suggest } from '../../../model/words/suggest.js'
import { didYouMeanAddress } from '../../../model/words/suggest-address.js'
import { formatJson } from '../../../report/diagnostics/diagnostics-json.js'
import {
  describeExplanation,
  type ExplanationReport,
  formatExplanation,
} from '../../../report/explain/explain-text.js'
import { type CompiledWorkspace, compileWith } from '../../../work/workspace/compile-workspace.js'
import type { Arguments } from '../../frame/arguments.js'
import { readWorkspaceOptions } from '../../frame/read-options.js'
import { showDiagnostics } from '../../frame/show-problems.js'
import { worldOf } from '../../frame/world-of.js'
import { explainHelper } from './explain-helper.js'
import { explainTemplate } from './explain-template.js'

/** Where each value of a payload came from, or those beneath a JSON Pointer. */
export function explainAddress(args: Arguments, host: Host): ExitCode {
  const [address = '', pointer = '', ...more] = args.positionals
  if (more.length > 0) throw new UsageError('`explain` takes an address and perhaps a JSON Pointer.')
  let explanation: Explanation | undefined
  const compiled = compileWith(readWorkspaceOptions(args, []), worldOf(args, host), (workspace, values) => {
    const explained = explain(workspace, values, address)
    explanation = explained.explanation
    return explained.compilation
  })
  if (explanation === undefined && pointer === '' && findHelper(address) !== undefined)
    return explainTemplate(address, args, host) ?? explainHelper(address, args, host)
  const code = showDiagnostics(compiled, args, host)
  if (explanation === undefined) {
    if (code !== exitCodes.done) return code
    const asTemplate = explainTemplate(address, args, host)
    if (asTemplate !== undefined) return asTemplate
    const hint = /^\d{3,6}(?:[-/]\d+)?$/.test(address)
      ? `Graph’s codes are written \`graph/${address.replace('/', '-')}\`.`
      : hintFor(address, compiled)
    throw new UsageError(`There is no call, no template and no helper \`${address}\`.`, hint)
  }
  const report = createReport(explanation, pointer)
  const { sources } = compiled
  const text = args.has('json')
    ? formatJson(describeExplanation(report, sources))
    : formatExplanation(report, sources, host.terminal.stdout)
  host.stdout.write(text)
  return exitCodes.done
}

/** A near address, or a near name of the other things that are explained; else the addresses that there are. */
function hintFor(wanted: string, { compilation, workspace }: CompiledWorkspace): string | undefined {
  const addresses = compilation.payloads.map(({ address }) => address)
  const nearAddress = didYouMeanAddress(wanted, addresses)
  if (addresses.length === 0 || nearAddress?.startsWith('Did you mean')) return nearAddress
  const codes = Object.keys(diagnosticCodes)
  const code = codes.find((each) => each.endsWith(`/${wanted}`))
  const names = [...workspace.templates.map(({ path }) => basename(path, '.yaml')), ...helperNames, ...codes]
  const near = code ?? suggest(wanted, names)
  return near === undefined ? nearAddress : `Did you mean \`${near}\`?`
}

function createReport({ payload, values, variables }: Explanation, pointer: string): ExplanationReport {
  const at = pointer === '' || pointer.startsWith('/') ? pointer : `/${pointer}`
  const chosen = values.filter((value) => value.pointer === at || value.pointer.startsWith(`${at}/`))
  if (chosen.length === 0)
    throw new UsageError(`The payload has nothing at ${at}.`, 'A JSON Pointer is such as /targets/0.')
  const { address, range, template, target } = payload
  return {
    address,
    endpoint: formatEndpoint(target),
    range,
    values: chosen,
    variables: at === '' ? variables : [],
    ...(template !== undefined && { template }),
  }
}
