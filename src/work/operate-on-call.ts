import { resolve } from 'node:path'
import { operate } from '../apply/operate.js'
import { checkBody, type GivenBody, type OperationBody, readBody } from '../compile/payload/check-body.js'
import type { GraphTarget } from '../model/call.js'
import { type Diagnostic, hasErrors } from '../model/diagnostics/diagnostic.js'
import { UsageError } from '../model/errors.js'
import { exitCodes } from '../model/exit-code.js'
import { isJsonObject } from '../model/json.js'
import type { Sources } from '../model/language/sources.js'
import { isOver } from '../model/live-calls.js'
import { meaningOf } from '../model/meaning.js'
import type { CallFacts, OperationKind } from '../model/operation.js'
import { didYouMean } from '../model/words/suggest.js'
import type { WatchedWorld } from '../model/world.js'
import { findOperation, operationNames } from '../plan/operations.js'
import { refuseOperation, refuseTarget, targetOf } from '../plan/refuse-operation.js'
import { readNamedFile } from '../read/read-source.js'
import { loadRecord } from '../record/load-record.js'
import { chooseGraph, type OpenGraph } from './apply/graph-access.js'
import { factsOfDefinition, factsOfLiveCall } from './operate/call-facts.js'
import { operateQuietly, reportRefusal } from './operate/operate-quietly.js'
import { endByEarlier, operateRinging } from './operate/operate-ringing.js'
import {
  type OperateHandlers,
  type OperateOptions,
  type OperationReport,
  type OperationRun,
  refusal,
} from './operate/operation-run.js'
import { findPlacedCall } from './operate/placed-call.js'
import { bodyOf } from './operate/read-operation-answer.js'
import { type Check, type Checks, requireOptions, text } from './options/check-options.js'
import { graphChecks, workspaceChecks } from './options/checks.js'
import { readWorkspaceSettings } from './workspace/compile-workspace.js'
import { withRunLock } from './workspace/with-run-lock.js'

const { paths: _, ...valueChecks } = workspaceChecks
const body: Check = (value) => (isJsonObject(value) ? undefined : 'an object')

const checks: Checks<OperateOptions> = {
  ...valueChecks,
  ...graphChecks,
  operation: text,
  address: text,
  id: text,
  body,
  bodyFile: text,
  once: text,
}

/**
 * One operation on a call that was placed. What rings people asks, claims and is recorded, as a call is. Throws as
 * `exitCodeOf` knows.
 */
export async function operateOnCall(
  asked: OperateOptions,
  world: WatchedWorld,
  handlers: OperateHandlers,
): Promise<OperationReport> {
  const options = requireOptions(asked, checks)
  const kind = requireOperation(options.operation)
  const path = readPath(kind, options)
  const compiled = readWorkspaceSettings(options, world)
  const { diagnostics, sources } = compiled
  if (compiled.hasErrors) return { kind: 'broken', code: exitCodes.definitions, diagnostics, sources }
  const graph = await chooseGraph(options, world, compiled)
  const work = (): Promise<OperationReport> =>
    prepare({ options, world, handlers, compiled, graph, kind, path })
  return kind.effect === 'rings' ? withRunLock(graph.place, world, `call ${kind.name}`, work) : work()
}

/** Throws UsageError for what is none. */
/** `after` is what follows the name: somebody may have put the address first. */
export function requireOperation(name: string, others: readonly string[] = [], after = ''): OperationKind {
  const kind = findOperation(name)
  if (kind !== undefined) return kind
  const names = [...operationNames, ...others]
  throw new UsageError(
    name === '' ? 'Say what to do with the call.' : `There is no \`call ${name}\`.`,
    (findOperation(after) && `Did you mean \`call ${after} ${name}\`?`) ??
      didYouMean(name, names) ??
      `One of: ${names.join(', ')}.`,
  )
}

/** What stands for `{id}` in a path. */
const subjects = [
  ['an operation', /^\/operations\//],
  ['a group', /^\/audioRoutingGroups\//],
  ['a participant', /^\/participants\//],
] as const

const idForm = /^(?!\.+$)[\w.~=+:-]{1,256}$/

function readPath({ name, path }: OperationKind, { id }: OperateOptions): string {
  const takesId = path.includes('{id}')
  if (id !== undefined && !takesId) throw new UsageError(`\`call ${name}\` takes fewer names.`)
  if (!takesId) return path
  const what = `the id of ${subjects.find(([, form]) => form.test(path))![0]}`
  if (id === undefined || !idForm.test(id)) {
    throw new UsageError(`\`call ${name}\` needs ${what} after the address.`)
  }
  return path.replace('{id}', encodeURIComponent(id))
}

type Prepared = Omit<OperationRun, 'call' | 'body' | 'facts' | 'ports'>

/** Everything that can be said without Graph. */
async function prepare(prepared: Prepared): Promise<OperationReport> {
  const { options, world, handlers, graph, kind } = prepared
  const found = findPlacedCall(loadRecord(graph.place).lockfile, options.address)
  if (found === undefined) {
    const message = `Whether \`${options.address}\` was placed is not known: there is no call id to do it on.`
    return refusal(exitCodes.uncertain, { message, hint: '`callctl resolve` comes first.' })
  }
  const call = { ...found, target: targetOf(kind, found.target) }
  const stray = refuseTarget(kind, call.target)
  if (stray !== undefined) return refusal(exitCodes.refused, stray)
  const { body, diagnostics, sources } = prepareBody(prepared, call.target)
  if (hasErrors(diagnostics)) return { kind: 'broken', code: exitCodes.definitions, diagnostics, sources }
  handlers.tellProblems(diagnostics, sources)
  const open = await graph.open()
  try {
    const facts = hasRules(kind) ? factsOfDefinition(call, options, world) : {}
    return await decide({ ...prepared, call, body, facts, ports: portsOf(open, world) })
  } finally {
    await open.close()
  }
}

const hasRules = ({ onlyOn, effect }: OperationKind): boolean => onlyOn !== undefined || effect === 'rings'

const portsOf = (open: OpenGraph, { now, uuid, random, wait }: WatchedWorld): OperationRun['ports'] => ({
  calls: open.calls,
  operations: open.operations,
  ...{ now, uuid, random, wait },
})

interface CheckedBody {
  readonly body: OperationBody | undefined
  readonly diagnostics: readonly Diagnostic[]
  readonly sources: Sources
}

/** The body, checked; undefined where there is none, or none that may be sent. */
function prepareBody({ options, world, kind, compiled }: Prepared, target: GraphTarget): CheckedBody {
  const sources = new Map<string, string>()
  const { body: name } = kind
  if (name === undefined) return { body: undefined, diagnostics: [], sources }
  const given = readGiven(options, world, sources)
  if ('diagnostics' in given) return { body: undefined, diagnostics: given.diagnostics, sources }
  const { severities } = compiled.compilation.settings
  const { value, diagnostics } = checkBody(given, name, target, severities)
  return { body: hasErrors(diagnostics) ? undefined : value, diagnostics, sources }
}

function readGiven(
  { body: value = {}, bodyFile }: OperateOptions,
  { cwd }: WatchedWorld,
  sources: Map<string, string>,
): GivenBody | { readonly diagnostics: readonly Diagnostic[] } {
  if (bodyFile === undefined) return { value }
  const source = readNamedFile(resolve(cwd, bodyFile), bodyFile)
  if ('code' in source) return { diagnostics: [source] }
  sources.set(source.path, source.text)
  const { value: read, diagnostics } = readBody(source)
  return read === undefined || hasErrors(diagnostics) ? { diagnostics } : read
}

/** What the definition leaves open, or would forbid, the live call decides; before people are rung, always. */
async function decide(run: OperationRun): Promise<OperationReport> {
  const { kind, facts, body } = run
  const early = refuseOperation(kind, facts, body?.value)
  if (!hasRules(kind)) return operateQuietly(run)
  const isOpen = early !== undefined || facts.kind === undefined || facts.media === undefined
  if (kind.effect !== 'rings' && !isOpen) return operateQuietly(run)
  const ended = kind.effect === 'rings' ? endByEarlier(run) : undefined
  if (ended !== undefined) return ended
  const looked = await look(run)
  if ('code' in looked) return looked
  const refused = refuseOperation(kind, looked.facts, body?.value)
  if (refused !== undefined) return refusal(exitCodes.refused, refused)
  return kind.effect === 'rings' ? operateRinging(run) : operateQuietly(run)
}

/** Asks Graph for the call. Without an answer what is known must do, and Graph decides. */
async function look(run: OperationRun): Promise<{ readonly facts: CallFacts } | OperationReport> {
  const { ports, call, facts, handlers, world } = run
  const operated = await handlers.interruptible((interrupted) =>
    operate({ ...ports, interrupted }, call, { method: 'GET', path: '' }, 'reads'),
  )
  if (operated.kind !== 'answered') {
    world.tell(`Graph does not say what kind of call it is (${operated.message}); it decides by itself.`)
    return { facts }
  }
  const { answer } = operated
  if (meaningOf(answer.status) !== 'done') return reportRefusal(answer, run)
  const seen = factsOfLiveCall(bodyOf(answer), facts)
  if (seen.state === undefined || !isOver(seen.state)) return { facts: seen }
  const message = 'The call has ended: nothing was sent.'
  const hint = '`callctl status --refresh` records that.'
  return refusal(exitCodes.graphRefused, { message, hint })
}
