import type { Callee, EnvironmentMark, Reference } from '../../model/payload.js'
import type { SavedChange, SavedPayload, SavedWorkspace } from '../../model/plan.js'
import type { PlanHead } from './saved-plan.js'

// The text of a saved plan, piece by piece: writing makes it, and reading takes no other. So nothing can stand in the
// file twice, or beside what is known.

/** 1 had no environment and no workspace; and whom it rang, it said itself. */
export const planFormat = 2

/** Up to the first change. */
export function formatPlanStart(head: PlanHead): string {
  const text = JSON.stringify({ callctlPlan: planFormat, ...knownOfHead(head) }, null, 2)
  return `${text.slice(0, -'\n}'.length)},\n  "changes": [`
}

/** By line feeds alone: a regular expression's lines end at U+2028, too, which JSON leaves in its strings. */
export const formatSavedChange = (change: SavedChange): string =>
  `\n    ${JSON.stringify(knownOfChange(change), null, 2).replaceAll('\n', '\n    ')}`

/** After the last of so many changes. */
export const formatPlanEnd = (count: number): string => (count === 0 ? '],\n' : '\n  ],\n')

/** The end of the file, which says what all before it hashes to. */
export const formatSeal = (sha256: string): string => `  "sha256": "${sha256}"\n}\n`

function knownOfHead(head: PlanHead): PlanHead {
  const { createdAt, callctl, destination, tenantId, environment, lineage, workspace } = head
  return {
    createdAt,
    callctl,
    destination,
    ...(tenantId !== undefined && { tenantId }),
    ...(environment !== undefined && { environment }),
    lineage,
    ...(workspace !== undefined && { workspace: knownOfWorkspace(workspace) }),
  }
}

const knownOfWorkspace = (workspace: SavedWorkspace): SavedWorkspace =>
  'folder' in workspace ? { folder: workspace.folder } : { path: workspace.path, commit: workspace.commit }

function knownOfChange(change: SavedChange): SavedChange {
  const { address, action, entry, movedFrom, attemptId, hasLeave, payload } = change
  return {
    address,
    action,
    entry: entry === null ? null : { state: entry.state, attempt: entry.attempt },
    ...(movedFrom !== undefined && { movedFrom }),
    ...(attemptId !== undefined && { attemptId }),
    ...(hasLeave !== undefined && { hasLeave }),
    ...(payload !== undefined && { payload: knownOfPayload(payload) }),
  }
}

function knownOfPayload({
  target,
  digest,
  touches,
  environment,
  movedFrom,
  references,
  text,
}: SavedPayload): SavedPayload {
  const { cloud, version, collection, applicationId } = target
  const { kind, people, numbers, permissions } = touches
  return {
    target: { cloud, version, collection, ...(applicationId !== undefined && { applicationId }) },
    digest,
    touches: { kind, people: people.map(knownOfCallee), numbers: numbers.map(knownOfCallee), permissions },
    ...(environment !== undefined && { environment: environment.map(knownOfMark) }),
    ...(movedFrom !== undefined && { movedFrom }),
    ...(references !== undefined && { references: references.map(knownOfReference) }),
    text,
  }
}

const knownOfMark = ({ pointer, name }: EnvironmentMark): EnvironmentMark => ({ pointer, name })

const knownOfReference = ({ address, property, placeholder }: Reference): Reference => ({
  address,
  property,
  placeholder,
})

const knownOfCallee = ({ id, name }: Callee): Callee => (name === undefined ? { id } : { id, name })
