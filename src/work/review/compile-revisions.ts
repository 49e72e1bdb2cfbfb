import { createUnwritten } from '../../compile/call/create-payload.js'
import type { RenderedCall } from '../../compile/call/rendered-call.js'
import { compileEach, compileNothing, type Summary, withReferences } from '../../compile/compile.js'
import { createTracer } from '../../compile/explain/trace-call.js'
import { personalOf } from '../../compile/payload/personal.js'
import { UsageError } from '../../model/errors.js'
import type { UnwrittenPayload } from '../../model/payload.js'
import type { PersonalValue } from '../../model/review.js'
import { explainChanges, type Findings, type Traced } from '../../review/explain-changes.js'
import { Causes } from '../../review/find-cause.js'
import { differs } from '../../review/match-calls.js'
import type { Revision } from '../../review/revision.js'
import { type ReadValues, refuseUnknownEnvironment, sourcesOf } from '../workspace/compile-workspace.js'
import type { ReadRevision, ReadRevisions } from './revisions.js'

export interface CompiledRevisions {
  readonly base: Revision
  readonly head: Revision
  readonly findings: Findings
}

export interface Selection {
  readonly values: ReadValues
  /** Whether head may lack the environment: then nothing is defined there, as at base. */
  readonly mayBeGone?: boolean
  selects(address: string): boolean
}

/**
 * Compiles both. A call of both that differs is traced as soon as it is compiled at head: of ten thousand, what tracing
 * needs would fill the memory. It is kept of those alone that may turn out to be renamed, removed or added.
 */
export function compileRevisions({ base, head }: ReadRevisions, asked: Selection): CompiledRevisions {
  const selection = { ...asked, values: { ...asked.values, tellsEnvironment: true, standsIn: true } }
  if (!base.hasCalls && !head.hasCalls) {
    throw new UsageError(`Neither ${base.name} nor ${head.name} has a folder \`calls/\` here.`)
  }
  const [old, now] = [new Side(base, selection), new Side(head, selection)]
  compileWithin(old, (rendered, { address }) => void old.renderings.set(address, rendered))
  const known = new Map(old.payloads.map((payload) => [payload.address, payload]))
  const findings: Findings = {
    causes: new Causes(old, now),
    personalLines: new Set(),
    explained: new WeakMap(),
  }
  const compileHead = selection.mayBeGone === true ? compileWithin : compileNamed
  compileHead(now, (rendered, after) => {
    const { address } = after
    const before = known.get(address)
    now.renderings.set(address, rendered)
    if (before === undefined) return
    if (differs({ address, before, after })) {
      // What it needs of other calls may not be known yet.
      if (rendered.arranged.mayHoldPlaceholder || !selection.selects(address)) return
      const changes = explainChanges(before, after, { base: old, head: now }, findings)
      findings.explained.set(after, { before, changes })
    }
    now.renderings.delete(address)
    old.renderings.delete(address)
  })
  return { base: old.describe(), head: now.describe(), findings }
}

type Witness = (rendered: RenderedCall, payload: UnwrittenPayload) => void

function compileNamed(side: Side, witness: Witness): void {
  side.compile(witness)
  refuseUnknownEnvironment(side.selection.values, side.summary)
}

/** In an environment that a revision does not have, nothing is defined. */
function compileWithin(side: Side, witness: Witness): void {
  const { environmentName } = side.selection.values
  side.compile(witness)
  if (environmentName !== undefined && !side.summary.settings.environmentNames.includes(environmentName))
    side.compileNothing()
}

/** A revision while it is compiled: calls can be traced, and places found, before all of it is. */
class Side implements Traced {
  /** Its files by path, as far as they were read. */
  readonly sources: Map<string, string>
  readonly renderings = new Map<string, RenderedCall>()
  readonly #personal = new WeakMap<UnwrittenPayload, readonly PersonalValue[]>()
  /** By place and kind: most calls have people in the same places. */
  readonly #places = new Map<string, PersonalValue>()
  #compiled: { readonly payloads: readonly UnwrittenPayload[]; readonly summary: Summary } | undefined

  constructor(
    private readonly read: ReadRevision,
    readonly selection: Selection,
  ) {
    this.sources = new Map(sourcesOf(read.workspace, selection.values.sources, { dataTexts: new Map() }))
  }

  get summary(): Summary {
    return this.#compiled!.summary
  }

  get payloads(): readonly UnwrittenPayload[] {
    return this.#compiled!.payloads
  }

  compile(witness: Witness): void {
    const payloads: UnwrittenPayload[] = []
    const { workspace } = this.read
    const openFile = (path: string) => this.#open(path)
    const summary = compileEach({ ...workspace, openFile }, this.selection.values, (rendered) => {
      const payload = createUnwritten(rendered)
      payloads.push(payload)
      witness(rendered, payload)
    })
    this.#keep(payloads, summary)
  }

  compileNothing(): void {
    const { environmentName: _gone, ...values } = this.selection.values
    this.renderings.clear()
    this.#keep([], compileNothing(this.read.workspace, { ...values, assignments: [] }))
  }

  /** Of a compilation that cost too much nothing is used but what it complains about. */
  #keep(payloads: readonly UnwrittenPayload[], summary: Summary): void {
    const isEnded = summary.diagnostics[0]?.code === 'limit/steps'
    this.#compiled = { payloads: isEnded ? [] : withReferences(payloads, summary), summary }
  }

  #open(path: string) {
    const found = this.read.workspace.openFile(path)
    if (!('code' in found) && !this.sources.has(path)) this.sources.set(path, found.text)
    return found
  }

  trace(address: string): ReturnType<Traced['trace']> {
    const rendered = this.renderings.get(address)
    return rendered && createTracer(rendered)
  }

  personalOf(payload: UnwrittenPayload): readonly PersonalValue[] {
    const known = this.#personal.get(payload)
    if (known !== undefined) return known
    const found = personalOf(payload.call, payload.target).map((each) => this.#shared(each))
    this.#personal.set(payload, found)
    return found
  }

  #shared(value: PersonalValue): PersonalValue {
    const key = `${value.kind} ${value.pointer}`
    const known = this.#places.get(key) ?? value
    this.#places.set(key, known)
    return known
  }

  describe(): Revision {
    const { payloads, summary } = this.#compiled!
    const { settings, definedAddresses, occasionPatterns, dataTexts, environmentUses } = summary
    const { untracked, unseen } = summary
    const { name, commit, workspace } = this.read
    const { values, selects } = this.selection
    return {
      name,
      ...(commit !== undefined && { commit }),
      payloads: payloads.filter(({ address }) => selects(address)),
      allPayloads: payloads,
      definedAddresses,
      occasionPatterns,
      settings,
      environmentUses,
      // A copy: tracing renders again, and what that finds has been found.
      diagnostics: [...values.diagnostics, ...summary.diagnostics],
      sources: sourcesOf(workspace, values.sources, summary),
      dataFiles: new Set(dataTexts.keys()),
      untracked,
      unseen,
      trace: (address) => this.trace(address),
      personalOf: (payload) => this.personalOf(payload),
    }
  }
}
