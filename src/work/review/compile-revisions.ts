import type { RenderedCall } from '../../compile/call/rendered-call.js'
import { type Compilation, compile, type Witness } from '../../compile/compile.js'
import { createTracer } from '../../compile/explain/trace-call.js'
import { personalOf } from '../../compile/payload/personal.js'
import { UsageError } from '../../model/errors.js'
import type { Payload } from '../../model/payload.js'
import type { PersonalValue } from '../../model/review.js'
import { differs } from '../../review/match-calls.js'
import type { Revision } from '../../review/revision.js'
import { type ReadValues, refuseUnknownEnvironment, sourcesOf } from '../workspace/compile-workspace.js'
import type { ReadRevision, ReadRevisions } from './revisions.js'

export interface CompiledRevisions {
  readonly base: Revision
  readonly head: Revision
}

export interface Selection {
  readonly values: ReadValues
  /** Whether head may lack the environment: then nothing is defined there, as at base. */
  readonly mayBeGone?: boolean
  selects(address: string): boolean
}

/** Compiles both. What tracing a call needs is kept only of those that may have changed. */
export function compileRevisions({ base, head }: ReadRevisions, asked: Selection): CompiledRevisions {
  const selection = { ...asked, values: { ...asked.values, tellsEnvironment: true, standsIn: true } }
  if (!base.hasCalls && !head.hasCalls) {
    throw new UsageError(`Neither ${base.name} nor ${head.name} has a folder \`calls/\` here.`)
  }
  const old = new Map<string, RenderedCall>()
  const now = new Map<string, RenderedCall>()
  const known = new Map<string, Payload>()
  const compiledBase = compileWithin(base, selection.values, (rendered, payload) => {
    old.set(payload.address, rendered)
    known.set(payload.address, payload)
  })
  const compileHead = selection.mayBeGone === true ? compileWithin : compileNamed
  const compiledHead = compileHead(head, selection.values, (rendered, after) => {
    const { address } = after
    const before = known.get(address)
    if (before === undefined || differs({ address, before, after })) now.set(address, rendered)
    else old.delete(address)
  })
  return {
    base: describeRevision(base, { compilation: compiledBase, renderings: old, selection }),
    head: describeRevision(head, { compilation: compiledHead, renderings: now, selection }),
  }
}

function compileNamed({ workspace }: ReadRevision, values: ReadValues, witness: Witness): Compilation {
  const compilation = compile(workspace, values, witness)
  refuseUnknownEnvironment(values, compilation)
  return compilation
}

/** In an environment that a revision does not have, nothing is defined. */
function compileWithin({ workspace }: ReadRevision, values: ReadValues, witness: Witness): Compilation {
  const { environmentName, ...others } = values
  const compilation = compile(workspace, values, witness)
  if (environmentName === undefined || compilation.settings.environmentNames.includes(environmentName)) {
    return compilation
  }
  const empty = { ...workspace, templates: [], calls: [], selected: new Set<string>(), paths: [] }
  return compile(empty, { ...others, assignments: [] })
}

interface Compiled {
  readonly compilation: Compilation
  readonly renderings: ReadonlyMap<string, RenderedCall>
  readonly selection: Selection
}

function describeRevision(read: ReadRevision, { compilation, renderings, selection }: Compiled): Revision {
  const { settings, payloads, definedAddresses, occasionPatterns, dataTexts, environmentUses } = compilation
  const { untracked, unseen } = compilation
  const personal = new WeakMap<Payload, readonly PersonalValue[]>()
  return {
    name: read.name,
    ...(read.commit !== undefined && { commit: read.commit }),
    payloads: payloads.filter(({ address }) => selection.selects(address)),
    allPayloads: payloads,
    definedAddresses,
    occasionPatterns,
    settings,
    environmentUses,
    // A copy: tracing renders again, and what that finds has been found.
    diagnostics: [...selection.values.diagnostics, ...compilation.diagnostics],
    sources: sourcesOf(read.workspace, selection.values.sources, compilation),
    dataFiles: new Set(dataTexts.keys()),
    untracked,
    unseen,
    trace(address) {
      const rendered = renderings.get(address)
      return rendered && createTracer(rendered, settings)
    },
    personalOf(payload) {
      const found = personal.get(payload) ?? personalOf(payload.call, payload.target)
      personal.set(payload, found)
      return found
    },
  }
}
