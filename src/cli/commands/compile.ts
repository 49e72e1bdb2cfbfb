import { resolve } from 'node:path'
import type { Compilation } from '../../compile/compile.js'
import { formatEndpoint } from '../../model/call.js'
import { UsageError } from '../../model/errors.js'
import { type ExitCode, exitCodes } from '../../model/exit-code.js'
import type { Host } from '../../model/host.js'
import type { Payload } from '../../model/payload.js'
import { comparePayloadFiles, writePayloadFiles } from '../../record/payload-files.js'
import { describeDiagnostics, formatJson } from '../../report/diagnostics-json.js'
import { writeJson } from '../../report/json-text.js'
import { plural, showText } from '../../report/paint.js'
import type { Arguments } from '../arguments.js'
import {
  type CompiledWorkspace,
  compileWorkspace,
  readSelection,
  showDiagnostics,
} from '../compile-workspace.js'

const formats = ['payloads', 'ndjson', 'json']

export async function compilePayloads(args: Arguments, host: Host): Promise<ExitCode> {
  const format = args.has('json') ? 'json' : (args.text('format') ?? 'payloads')
  if (!formats.includes(format))
    throw new UsageError(`There is no format \`${format}\`.`, `It is one of ${formats.join(', ')}.`)
  if (args.has('check') && !args.has('out')) throw new UsageError('`--check` needs `--out DIR`.')
  const compiled = compileWorkspace(args, host)
  if (showDiagnostics(compiled, args, host) !== exitCodes.done) return exitCodes.definitions
  const { selects } = readSelection(args)
  const payloads = compiled.compilation.payloads.filter((payload) => selects(payload.address))
  if (payloads.length === 0) throw new UsageError('No call matches `--only`.')
  if (args.has('out')) return writeFolder(payloads, compiled.compilation, args, host)
  if (format === 'json') host.stdout.write(formatDocument(payloads, compiled))
  else for (const payload of payloads) writePayload(payload, format, host)
  return exitCodes.done
}

function writePayload(payload: Payload, format: string, host: Host): void {
  if (format === 'ndjson') {
    host.stdout.write(`${writeJson({ formatVersion: 1, ...describePayload(payload) })}\n`)
    return
  }
  if (host.terminal.stdout.isTerminal) host.stderr.write(`# ${showText(payload.address)}\n`)
  host.stdout.write(payload.text)
}

const formatDocument = (payloads: readonly Payload[], { diagnostics, sources }: CompiledWorkspace): string =>
  formatJson({ calls: payloads.map(describePayload), diagnostics: describeDiagnostics(diagnostics, sources) })

const describePayload = ({ address, digest, target, call }: Payload) => ({
  address,
  digest,
  endpoint: formatEndpoint(target),
  call,
})

function writeFolder(
  payloads: readonly Payload[],
  { definedAddresses }: Compilation,
  args: Arguments,
  host: Host,
): ExitCode {
  const folder = resolve(host.cwd, args.text('out')!)
  if (!args.has('check')) {
    const { written, removed, unchanged } = writePayloadFiles(folder, payloads, definedAddresses)
    host.stderr.write(`${plural(written, 'file')} written, ${removed} removed, ${unchanged} unchanged.\n`)
    return exitCodes.done
  }
  const stale = comparePayloadFiles(folder, payloads, definedAddresses)
  for (const { name, problem } of stale) host.stderr.write(`${problem}: ${showText(name)}\n`)
  if (stale.length === 0) return exitCodes.done
  host.stderr.write(`${showText(args.text('out')!)} is out of date; run callctl compile --out again.\n`)
  return exitCodes.definitions
}
