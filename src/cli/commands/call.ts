import { resolve } from 'node:path'
import { operate } from '../../apply/operate.js'
import { checkBody, type GivenBody, type OperationBody, readBody } from '../../compile/payload/check-body.js'
import type { GraphTarget } from '../../model/call.js'
import { type Diagnostic, hasErrors } from '../../model/diagnostics/diagnostic.js'
import { UsageError } from '../../model/errors.js'
import { type ExitCode, exitCodes } from '../../model/exit-code.js'
import type { Host } from '../../model/host.js'
import type { Sources } from '../../model/language/sources.js'
import { isOver } from '../../model/live-calls.js'
import type { CallFacts, OperationKind } from '../../model/operation.js'
import { didYouMean } from '../../model/words/suggest.js'
import { findOperation, operationNames } from '../../plan/operations.js'
import { type Refusal, refuseOperation, refuseTarget } from '../../plan/refuse-operation.js'
import { readNamedFile } from '../../read/read-source.js'
import { loadRecord } from '../../record/load-record.js'
import { describeDiagnostics, formatJson } from '../../report/diagnostics/diagnostics-json.js'
import { formatDiagnostics } from '../../report/diagnostics/diagnostics-text.js'
import { chooseGraph, type OpenGraph } from '../../work/apply/graph-access.js'
import { compileSettings } from '../../work/workspace/compile-workspace.js'
import { withRunLock } from '../../work/workspace/with-run-lock.js'
import { callCares } from '../call/call-care.js'
import { factsOfDefinition, factsOfLiveCall } from '../call/call-facts.js'
import { operateQuietly, refused } from '../call/operate-quietly.js'
import { endByEarlier, operateRinging } from '../call/operate-ringing.js'
import { bodyFromOptions, refuseStrayOptions } from '../call/operation-options.js'
import { endRefused, type OperationRun } from '../call/operation-run.js'
import { findPlacedCall } from '../call/placed-call.js'
import { bodyOf } from '../call/read-operation-answer.js'
import type { Arguments } from '../frame/arguments.js'
import { withErrorDocument } from '../frame/error-codes.js'
import { interruptible } from '../frame/interruptible.js'
import { readGraphOptions, readWorkspaceOptions } from '../frame/read-options.js'
import { showDiagnostics } from '../frame/show-problems.js'
import { worldOf } from '../frame/world-of.js'

/** Operations on a call that was placed, for operators. */
export const call = (args: Arguments, host: Host): Promise<ExitCode> =>
  withErrorDocument(args, host, () => operateOnCall(args, host))

async function operateOnCall(args: Arguments, host: Host): Promise<ExitCode> {
  const [name = '', ...names] = args.positionals
  const care = callCares.get(name)
  if (care !== undefined) {
    if (names.length > 1) throw new UsageError(`\`call ${name}\` takes one address.`)
    return care(args, host, names)
  }
  const kind = readKind(name)
  const path = readPath(kind, names)
  refuseStrayOptions(args, kind)
  const options = { ...readWorkspaceOptions(args, []), ...readGraphOptions(args) }
  const world = worldOf(args, host)
  const compiled = compileSettings(options, world)
  if (compiled.hasErrors) return showDiagnostics(compiled, args, host)
  const graph = chooseGraph(options, world, compiled)
  const work = (): Promise<ExitCode> => prepare({ args, host, compiled, graph, kind, path })
  return kind.effect === 'rings' ? withRunLock(graph.place, host, `call ${name}`, work) : work()
}

function readKind(name: string): OperationKind {
  const kind = findOperation(name)
  if (kind !== undefined) return kind
  const names = [...operationNames, ...callCares.keys()]
  throw new UsageError(
    name === '' ? 'Say what to do with the call.' : `There is no \`call ${name}\`.`,
    didYouMean(name, names) ?? `One of: ${names.join(', ')}.`,
  )
}

const idForm = /^(?!\.+$)[\w.~=+:-]{1,256}$/

function readPath({ name, path }: OperationKind, [address, id, ...more]: readonly string[]): string {
  const takesId = path.includes('{id}')
  if (address === undefined) throw new UsageError(`\`call ${name}\` needs the address of a call.`)
  if (more.length > 0 || (id !== undefined && !takesId))
    throw new UsageError(`\`call ${name}\` takes fewer names.`)
  if (!takesId) return path
  const what = name === 'operation' ? 'the id of an operation' : 'the id of a participant'
  if (id === undefined || !idForm.test(id)) {
    throw new UsageError(`\`call ${name}\` needs ${what} after the address.`)
  }
  return path.replace('{id}', encodeURIComponent(id))
}

type Prepared = Pick<OperationRun, 'args' | 'host' | 'compiled' | 'graph' | 'kind' | 'path'>

/** Everything that can be said without Graph. */
async function prepare(prepared: Prepared): Promise<ExitCode> {
  const { args, host, compiled, graph, kind } = prepared
  const address = args.positionals[1]!
  const call = findPlacedCall(loadRecord(graph.place).lockfile, address)
  if (call === undefined) {
    const message = `Whether \`${address}\` was placed is not known: there is no call id to do it on.`
    return endRefused({ message, hint: '`callctl resolve` comes first.' }, exitCodes.uncertain, prepared)
  }
  const refusal = refuseTarget(kind, call.target)
  if (refusal !== undefined) return endRefused(refusal, exitCodes.refused, prepared)
  const checked = prepareBody(prepared, call.target)
  const code = showBodyProblems(checked, args, host)
  if (code !== exitCodes.done) return code
  const open = await graph.open()
  try {
    const facts = hasRules(kind) ? factsOfDefinition(call, args, host) : {}
    const ports = portsOf(open, host)
    return await decide({ ...prepared, compiled, call, body: checked.body, facts, ports })
  } finally {
    await open.close()
  }
}

const hasRules = ({ onlyOn, effect }: OperationKind): boolean => onlyOn !== undefined || effect === 'rings'

const portsOf = (open: OpenGraph, { now, uuid, random, wait }: Host): OperationRun['ports'] => ({
  calls: open.calls,
  operations: open.operations,
  ...{ now, uuid, random, wait },
})

interface CheckedBody {
  readonly body: OperationBody | undefined
  readonly diagnostics: readonly Diagnostic[]
  readonly sources: Sources
}

/** The body from options or from a file, checked; undefined where there is none, or none that may be sent. */
function prepareBody({ args, host, kind, compiled }: Prepared, target: GraphTarget): CheckedBody {
  const sources = new Map<string, string>()
  const { body: name } = kind
  if (name === undefined) return { body: undefined, diagnostics: [], sources }
  const path = args.text('body')
  const given = path === undefined ? { value: bodyFromOptions(name, args) } : readGiven(path, host, sources)
  if ('diagnostics' in given) return { body: undefined, diagnostics: given.diagnostics, sources }
  const { severities } = compiled.compilation.settings
  const { value, diagnostics } = checkBody(given, name, target, severities)
  return { body: hasErrors(diagnostics) ? undefined : value, diagnostics, sources }
}

function readGiven(
  path: string,
  host: Host,
  sources: Map<string, string>,
): GivenBody | { readonly diagnostics: readonly Diagnostic[] } {
  const source = readNamedFile(resolve(host.cwd, path), path)
  if ('code' in source) return { diagnostics: [source] }
  sources.set(source.path, source.text)
  const { value, diagnostics } = readBody(source)
  return value === undefined || hasErrors(diagnostics) ? { diagnostics } : value
}

function showBodyProblems({ diagnostics, sources }: CheckedBody, args: Arguments, host: Host): ExitCode {
  host.stderr.write(formatDiagnostics(diagnostics, sources, host.terminal.stderr))
  if (!hasErrors(diagnostics)) return exitCodes.done
  if (args.has('json'))
    host.stdout.write(formatJson({ diagnostics: describeDiagnostics(diagnostics, sources) }))
  return exitCodes.definitions
}

/** What the definition leaves open, or would forbid, the live call decides; before people are rung, always. */
async function decide(run: OperationRun): Promise<ExitCode> {
  const { kind, facts, body } = run
  const early = refuseOperation(kind, facts, body?.value)
  if (!hasRules(kind)) return operateQuietly(run)
  const isOpen = early !== undefined || facts.kind === undefined || facts.media === undefined
  if (kind.effect !== 'rings' && !isOpen) return operateQuietly(run)
  const ended = kind.effect === 'rings' ? endByEarlier(run) : undefined
  if (ended !== undefined) return ended
  const looked = await look(run)
  if ('code' in looked) return looked.code
  const refusal: Refusal | undefined = refuseOperation(kind, looked.facts, body?.value)
  if (refusal !== undefined) return endRefused(refusal, exitCodes.refused, run)
  return kind.effect === 'rings' ? operateRinging(run) : operateQuietly(run)
}

/** Asks Graph for the call. Without an answer what is known must do, and Graph decides. */
async function look(run: OperationRun): Promise<{ readonly facts: CallFacts } | { readonly code: ExitCode }> {
  const { ports, call, facts, host } = run
  const operated = await interruptible(host, (interrupted) =>
    operate({ ...ports, interrupted }, call, { method: 'GET', path: '' }, 'reads'),
  )
  if (operated.kind !== 'answered') {
    host.stderr.write(
      `Graph does not say what kind of call it is (${operated.message}); it decides by itself.\n`,
    )
    return { facts }
  }
  const { answer } = operated
  if (answer.status < 200 || answer.status > 299) return { code: refused(answer, run) }
  const seen = factsOfLiveCall(bodyOf(answer), facts)
  if (seen.state === undefined || !isOver(seen.state)) return { facts: seen }
  const message = 'The call has ended: nothing was sent.'
  const hint = '`callctl status --refresh` records that.'
  return { code: endRefused({ message, hint }, exitCodes.graphRefused, run) }
}
