import type { UnwrittenPayload } from '../model/payload.js'
import type { PropertyChange } from '../model/review.js'
import { compareValues, type ValueChange } from './compare-values.js'
import type { Causes, Trace } from './find-cause.js'
import { describeEndpoint } from './match-calls.js'
import type { Revision } from './revision.js'

/** What comes to light while calls are compared. */
export interface Findings {
  readonly causes: Causes
  /** Filled with the lines, as `keyOfLine` names them, from which names and numbers of the traced calls come. */
  readonly personalLines: Set<string>
  /** By the call at head: what was explained while it was compiled, when all that tracing needs was at hand. */
  readonly explained: WeakMap<UnwrittenPayload, Explained>
}

export interface Explained {
  readonly before: UnwrittenPayload
  readonly changes: readonly PropertyChange[]
}

/** One of the two revisions, as far as calls are traced in it. */
export type Traced = Pick<Revision, 'trace' | 'personalOf'>

/** The changes of one call with their causes. Each side is traced once, and only where a change needs it. */
export function explainChanges(
  before: UnwrittenPayload,
  after: UnwrittenPayload,
  { base, head }: { readonly base: Traced; readonly head: Traced },
  findings: Findings,
): readonly PropertyChange[] {
  const known = findings.explained.get(after)
  if (known?.before === before) return known.changes
  const traces = {
    base: once(() => traceSide(before, base, { ...findings, side: 'base' })),
    head: once(() => traceSide(after, head, { ...findings, side: 'head' })),
  }
  return listChanges(before, after).map(({ basePointer, ...change }) => {
    const trace = change.kind === 'removed' ? traces.base() : traces.head()
    const cause = trace && findings.causes.find({ ...change, basePointer }, trace)
    return cause === undefined ? change : { ...change, cause }
  })
}

function traceSide(
  payload: UnwrittenPayload,
  revision: Traced,
  { causes, personalLines, side }: Findings & { readonly side: 'base' | 'head' },
): Trace | undefined {
  const trace = revision.trace(payload.address)
  if (trace === undefined) return undefined
  const personal = revision.personalOf(payload).filter(({ kind }) => kind !== 'id')
  const pointers = personal.map(({ pointer }) => pointer)
  for (const line of causes.linesOf(pointers, trace, side)) personalLines.add(line)
  return trace
}

function listChanges(before: UnwrittenPayload, after: UnwrittenPayload): readonly ValueChange[] {
  const from = describeEndpoint(before)
  const to = describeEndpoint(after)
  const place = { pointer: '#endpoint', basePointer: '#endpoint' }
  const endpoint: readonly ValueChange[] =
    from === to ? [] : [{ ...place, kind: 'changed', before: from, after: to }]
  return [...endpoint, ...compareValues(before.call, after.call)]
}

function once<Value>(create: () => Value): () => Value {
  let made: { readonly value: Value } | undefined
  return () => {
    made ??= { value: create() }
    return made.value
  }
}
