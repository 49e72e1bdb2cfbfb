import { writeCall } from '../../compile/call/create-payload.js'
import { markEnvironment } from '../../compile/call/mark-values.js'
import type { RenderedCall } from '../../compile/call/rendered-call.js'
import { formatCall } from '../../compile/payload/canonical.js'
import { isCompiledPayload } from '../../compile/payload/own-payload.js'
import { formatEndpoint } from '../../model/call.js'
import { UsageError } from '../../model/errors.js'
import { type ExitCode, exitCodes } from '../../model/exit-code.js'
import type { Host } from '../../model/host.js'
import type { Payload } from '../../model/payload.js'
import { plural } from '../../model/words/count.js'
import { HeldText } from '../../record/held/held-text.js'
import { PayloadFolder } from '../../record/payloads/payload-files.js'
import { describeDiagnostics, formatJson } from '../../report/diagnostics/diagnostics-json.js'
import { makeInert } from '../../report/text/json-text.js'
import { showText } from '../../report/text/paint.js'
import {
  type CompiledCalls,
  type CompileOptions,
  compileCalls,
  streamCalls,
} from '../../work/compile-calls.js'
import type { Arguments } from '../frame/arguments.js'
import { readOutputFolder } from '../frame/named-output.js'
import { readSelectionOptions, readWorkspaceOptions } from '../frame/read-options.js'
import { showDiagnostics } from '../frame/show-problems.js'
import { worldOf } from '../frame/world-of.js'

const formats = ['payloads', 'ndjson', 'json']

export async function compilePayloads(args: Arguments, host: Host): Promise<ExitCode> {
  const format = args.has('json') ? 'json' : (args.text('format') ?? 'payloads')
  if (!formats.includes(format))
    throw new UsageError(`There is no format \`${format}\`.`, `It is one of ${formats.join(', ')}.`)
  if (args.has('check') && !args.has('out')) throw new UsageError('`--check` needs `--out DIR`.')
  const out = args.text('out')
  if (out !== undefined) return fillFolder(out, args, host)
  // On a terminal, each payload has a heading of its own on stderr.
  const isStream = format === 'ndjson' || (format === 'payloads' && !host.terminal.stdout.isTerminal)
  if (isStream) return streamPayloads(format, args, host)
  const compiled = compileCalls(readOptions(args), worldOf(args, host))
  if (showDiagnostics(compiled.compiled, args, host) !== exitCodes.done) return exitCodes.definitions
  if (format === 'json') host.stdout.write(formatDocument(compiled))
  else for (const payload of compiled.payloads) writePayload(payload, host)
  return exitCodes.done
}

const readOptions = (args: Arguments): CompileOptions => ({
  ...readWorkspaceOptions(args),
  ...readSelectionOptions(args),
})

/** Nothing is printed unless all is well, and memory does not grow with what is printed. */
async function streamPayloads(format: string, args: Arguments, host: Host): Promise<ExitCode> {
  const held = new HeldText()
  const compiled = streamCalls(readOptions(args), worldOf(args, host), (rendered) => {
    held.add(format === 'ndjson' ? formatLine(rendered) : formatCall(rendered.arranged.value))
  })
  if (showDiagnostics(compiled, args, host) !== exitCodes.done) return exitCodes.definitions
  await writeAll(held, host)
  return exitCodes.done
}

/** No faster than it is read, or all of it would wait in memory. */
async function writeAll(held: HeldText, host: Host): Promise<void> {
  for (const piece of held.pieces()) {
    host.stdout.write(piece)
    await host.drained?.()
  }
}

/** As `writeJson` would of the same properties: the call's own text is at hand. */
function formatLine(rendered: RenderedCall): string {
  const { instance, target } = rendered
  const { text, digest } = writeCall(rendered)
  const { address } = instance
  const environment = markEnvironment(rendered)
  const marks = environment === undefined ? {} : { environment }
  const head = JSON.stringify({
    formatVersion: 1,
    address,
    digest,
    endpoint: formatEndpoint(target),
    ...marks,
  })
  return makeInert(`${head.slice(0, -1)},"call":${text}}\n`)
}

function writePayload(payload: Payload, host: Host): void {
  host.stderr.write(`# ${showText(payload.address)}\n`)
  host.stdout.write(payload.text)
}

const formatDocument = ({ payloads, compiled: { diagnostics, sources } }: CompiledCalls): string =>
  formatJson({ calls: payloads.map(describePayload), diagnostics: describeDiagnostics(diagnostics, sources) })

const describePayload = ({ address, digest, target, call, environment }: Payload) => ({
  address,
  digest,
  endpoint: formatEndpoint(target),
  ...(environment !== undefined && { environment }),
  call,
})

/** `--out`: like what is printed, nothing is written unless all is well. */
function fillFolder(out: string, args: Arguments, host: Host): ExitCode {
  const folder = new PayloadFolder(readOutputFolder(out, host), isCompiledPayload)
  const compiled = streamCalls(readOptions(args), worldOf(args, host), ({ instance, arranged }) =>
    folder.take(instance.address, formatCall(arranged.value)),
  )
  if (showDiagnostics(compiled, args, host) !== exitCodes.done) return exitCodes.definitions
  const { definedAddresses } = compiled.compilation
  if (!args.has('check')) {
    const { written, removed, unchanged } = folder.write(definedAddresses)
    for (const name of removed) host.stderr.write(`removed: ${showText(name)}\n`)
    const counts = `${plural(written, 'file')} written, ${removed.length} removed, ${unchanged} unchanged.`
    host.stderr.write(`${counts}\n`)
    return exitCodes.done
  }
  const stale = folder.compare(definedAddresses)
  for (const { name, problem } of stale) host.stderr.write(`${problem}: ${showText(name)}\n`)
  if (stale.length === 0) return exitCodes.done
  host.stderr.write(`${showText(out)} is out of date; run callctl compile --out again.\n`)
  return exitCodes.definitions
}
