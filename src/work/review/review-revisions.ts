// Two revisions of git, compiled and compared for `diff`. Nothing is checked out, and no code of either is run.

import { keyOfAddress } from '../../model/address.js'
import { type Diagnostic, hasErrors } from '../../model/diagnostics/diagnostic.js'
import { RecordError } from '../../model/errors.js'
import { type ExitCode, exitCodes } from '../../model/exit-code.js'
import type { PayloadHead, UnwrittenPayload } from '../../model/payload.js'
import type { Plan } from '../../model/plan.js'
import type { Lockfile } from '../../model/record/lockfile.js'
import type { PlanBlock, Review } from '../../model/review.js'
import type { World } from '../../model/world.js'
import { createPlan } from '../../plan/create-plan.js'
import { createLocator } from '../../record/lockfile/locate-entries.js'
import { createReview } from '../../review/create-review.js'
import { findMore } from '../../review/find-more.js'
import { maskReview } from '../../review/mask.js'
import { findPersonal } from '../../review/personal.js'
import type { ReviewedLockfile, ReviewedLockfiles, Revision } from '../../review/revision.js'
import { listBlocks } from '../../review/rings.js'
import { type Checks, flag, requireOptions, text } from '../options/check-options.js'
import { selectionChecks, workspaceChecks } from '../options/checks.js'
import type { SelectionOptions, WorkspaceOptions } from '../options/options.js'
import { type ReadValues, readValues } from '../workspace/compile-workspace.js'
import { createSelection, type Selection } from '../workspace/selection.js'
import { compileRevisions } from './compile-revisions.js'
import {
  type AnyRevisions,
  type ReadRevision,
  type ReadRevisions,
  readRevisions,
  within,
} from './revisions.js'
import { shareDocuments } from './share-documents.js'

export interface ReviewOptions extends Omit<WorkspaceOptions, 'paths' | 'mayCache'>, SelectionOptions {
  /** A name that git knows; absent: where the branch left the one it goes to. */
  readonly base?: string | undefined
  /** The same; absent: the working tree. */
  readonly head?: string | undefined
  /** Whether names and numbers stay readable. */
  readonly showsPeople?: boolean | undefined
}

const checks: Checks<ReviewOptions> = {
  ...workspaceChecks,
  ...selectionChecks,
  base: text,
  head: text,
  showsPeople: flag,
}

export interface ReviewedRevisions {
  readonly review: Review
  /** Head’s files by path, its lockfile among them. */
  readonly sources: ReadonlyMap<string, string>
  /** The folder of the workspace. */
  readonly root: string
  /** Why the review is not the whole truth; `done` when it is. */
  readonly problems: readonly ExitCode[]
}

/**
 * Compiles two revisions, plans both, compares, and masks people. Where no environment is named, in every
 * environment of either, too: what only they do is no less rung. Throws LimitError.
 */
export function reviewRevisions(asked: ReviewOptions, world: World): ReviewedRevisions {
  const options = requireOptions(asked, checks)
  const { showsPeople = false } = options
  const selection = createSelection(options)
  const values = readValues(options, world)
  const read = shareDocuments(readRevisions(options, world))
  const request: Request = { read, selection, values, mayBeGone: false, isShown: showsPeople }
  const usual = reviewWithin(request)
  const { base, head } = usual
  selection.requireFound()
  const names = [...base.settings.environmentNames, ...head.settings.environmentNames]
  const others = (values.environmentName === undefined ? [...new Set(names)].sort() : []).map((name) => ({
    name,
    reviewed: reviewWithin({ ...request, values: { ...values, environmentName: name }, mayBeGone: true }),
  }))
  const environments = others.flatMap(({ name, reviewed }) => {
    const review = findMore(reviewed.review, usual.review, reviewed.heldBack)
    return review === undefined ? [] : [{ name, review: reviewed.mask(review) }]
  })
  const all = [usual, ...others.map(({ reviewed }) => reviewed)]
  return {
    review: { ...usual.mask(usual.review), ...(environments.length > 0 && { environments }) },
    sources: new Map(all.toReversed().flatMap(({ sources }) => [...sources])),
    root: read.head.workspace.root,
    problems: all.flatMap(({ problems }) => problems),
  }
}

interface Request {
  readonly read: AnyRevisions
  readonly selection: Selection
  readonly values: ReadValues
  readonly mayBeGone: boolean
  readonly isShown: boolean
}

interface ReviewedWithin {
  readonly base: Revision
  readonly head: Revision
  readonly sources: Revision['sources']
  /** Not masked yet. */
  readonly review: Review
  mask(review: Review): Review
  /** What base's plan holds back by head's lockfile. */
  readonly heldBack: readonly PlanBlock[]
  readonly problems: readonly ExitCode[]
}

/** In one environment, or in none. */
function reviewWithin(request: Request): ReviewedWithin {
  const { selection, values, mayBeGone, isShown } = request
  const read = within(request.read, values.environmentName)
  const { base, head, findings } = compileRevisions(read, { values, mayBeGone, selects: selection.selects })
  const plans = planRevisions({ base, head, read, selection })
  const lockfiles = readLockfiles(read)
  const input = { base, head, ...plans, ...(lockfiles !== undefined && { lockfiles }) }
  const review = createReview(input, findings)
  return {
    base,
    head,
    sources: withLockfile(head.sources, read.head),
    review,
    heldBack: plans.basePlans.slice(0, 1).flatMap(listBlocks),
    mask: (each) =>
      isShown ? each : maskReview(each, findPersonal(input, findings.personalLines), values.budget?.spend),
    problems: [
      hasErrors(head.diagnostics) ? exitCodes.definitions : exitCodes.done,
      plans.isRecordBroken ? exitCodes.record : exitCodes.done,
    ],
  }
}

interface ToPlan {
  readonly base: Revision
  readonly head: Revision
  readonly read: { readonly base: ReadRevision; readonly head: ReadRevision }
  readonly selection: Selection
}

interface Plans {
  readonly plan: Plan<UnwrittenPayload> | { readonly problem: string }
  readonly basePlans: readonly Plan<UnwrittenPayload>[]
  readonly isRecordBroken: boolean
}

/** Head's plan by head's lockfile; base's by its own and, as calls may have been placed since, by head's. */
function planRevisions({ base, head, read, selection }: ToPlan): Plans {
  const lockfile = loadLockfile(read.head)
  if ('problem' in lockfile) return { plan: lockfile, basePlans: [], isRecordBroken: true }
  if (hasErrors(head.diagnostics)) {
    return { plan: { problem: describeErrors(head.diagnostics) }, basePlans: [], isRecordBroken: false }
  }
  const own = loadLockfile(read.base)
  const before = new Map(base.allPayloads.map((payload) => [keyOfAddress(payload.address), payload]))
  const isUnchanged = (after: PayloadHead): boolean => {
    const address = before.has(keyOfAddress(after.address))
      ? after.address
      : (after.movedFrom ?? after.address)
    return before.get(keyOfAddress(address))?.digest === after.digest
  }
  const formersOf = createFormersOf(base.allPayloads)
  const planWith = (revision: Revision, known: Lockfile): Plan<UnwrittenPayload> => {
    const { allPayloads: payloads, definedAddresses, occasionPatterns = [], settings } = revision
    const { selects, onlyNames } = selection
    const input = {
      payloads,
      definedAddresses,
      occasionPatterns,
      lockfile: known,
      selects,
      onlyNames,
      isUnchanged,
      formersOf,
    }
    return createPlan({ ...input, observations: [], limits: settings.limits })
  }
  return {
    plan: planWith(head, lockfile),
    basePlans: [lockfile, ...('problem' in own ? [] : [own])].map((each) => planWith(base, each)),
    isRecordBroken: false,
  }
}

/** Who sent the same at base, by its text with placeholders. */
function createFormersOf(payloads: readonly PayloadHead[]): (payload: PayloadHead) => readonly string[] {
  const groups = new Map<string, string[]>()
  for (const { digest, address, unset } of payloads) {
    if (unset === undefined) continue
    const group = groups.get(digest)
    if (group === undefined) groups.set(digest, [address])
    else group.push(address)
  }
  return ({ digest }) => groups.get(digest) ?? []
}

/** The lockfiles as they stand in the revisions, for comparing what they say; undefined where it is the same. */
function readLockfiles({ base, head }: ReadRevisions): ReviewedLockfiles | undefined {
  const before = readLockfile(base)
  const after = readLockfile(head)
  if (before.text === after.text && !('problem' in after.lockfile)) return undefined
  return {
    base: before.lockfile,
    head: after.lockfile,
    placeOf: createLocator(head.lockfileName, after.text),
  }
}

function withLockfile(sources: Revision['sources'], head: ReadRevision): Revision['sources'] {
  const { text } = readLockfile(head)
  return text === undefined ? sources : new Map([...sources, [head.lockfileName, text]])
}

function readLockfile(revision: ReadRevision): { lockfile: ReviewedLockfile; text?: string | undefined } {
  try {
    return revision.readLockfile()
  } catch (error) {
    if (error instanceof RecordError) return { lockfile: { problem: error.message } }
    throw error
  }
}

function loadLockfile(revision: ReadRevision): Lockfile | { readonly problem: string } {
  try {
    return revision.loadLockfile()
  } catch (error) {
    if (error instanceof RecordError) return { problem: error.message }
    throw error
  }
}

function describeErrors(diagnostics: readonly Diagnostic[]): string {
  const count = diagnostics.filter(({ severity }) => severity === 'error').length
  return count === 1 ? 'the definitions have an error' : `the definitions have ${count} errors`
}
