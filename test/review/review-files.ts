// Reviews of two workspaces in memory.

import type { Values } from '../../src/model/language/workspace.js'
import type { Lockfile } from '../../src/model/record/lockfile.js'
import type { Review } from '../../src/model/review.js'
import { createPlan } from '../../src/plan/create-plan.js'
import { createReview } from '../../src/review/create-review.js'
import { maskReview } from '../../src/review/mask.js'
import { findPersonal } from '../../src/review/personal.js'
import { compileRevisions } from '../../src/work/review/compile-revisions.js'
import { type Files, noValues, workspace } from '../helpers/workspace.js'

export interface ReviewSetting {
  readonly baseLockfile?: Lockfile
  readonly lockfile?: Lockfile
  readonly values?: Values
}

export const emptyLockfile: Lockfile = { lockfileVersion: 1, lineage: '', calls: {} }

const read = (name: string, files: Files, lockfile: Lockfile) => ({
  name,
  workspace: workspace(files),
  hasCalls: true,
  lockfileName: 'calls.lock.json',
  readLockfile: () => ({ lockfile }),
  loadLockfile: () => lockfile,
})

export function reviewFiles(base: Files, head: Files, setting: ReviewSetting = {}) {
  const { lockfile = emptyLockfile, baseLockfile = lockfile, values = noValues } = setting
  const sides = { base: read('main', base, baseLockfile), head: read('topic', head, lockfile) }
  const compiled = compileRevisions(sides, {
    values: { ...values, diagnostics: [], sources: [] },
    selects: () => true,
  })
  const planWith = (side: 'base' | 'head', known: Lockfile) =>
    createPlan({
      payloads: compiled[side].payloads,
      definedAddresses: compiled[side].definedAddresses,
      lockfile: known,
      observations: [],
      limits: compiled[side].settings.limits,
    })
  const { findings, ...revisions } = compiled
  const input = {
    ...revisions,
    plan: planWith('head', lockfile),
    basePlans: [planWith('base', lockfile), planWith('base', baseLockfile)],
  }
  const review = createReview(input, findings)
  return { review, masked: maskReview(review, findPersonal(input, findings.personalLines)) }
}

export const review = (base: Files, head: Files, setting?: ReviewSetting): Review =>
  reviewFiles(base, head, setting).review

/** `POINTER KIND BEFORE → AFTER @FILE:LINE` of each change of a call. */
export const changesOf = ({ calls }: Review, address: string): readonly string[] =>
  (calls.find((call) => call.address === address)?.changes ?? []).map(
    ({ pointer, kind, before, after, cause }) =>
      `${pointer} ${kind} ${JSON.stringify(before) ?? ''} → ${JSON.stringify(after) ?? ''}` +
      (cause === undefined ? '' : ` @${cause.revision} ${cause.place.file}:${cause.place.line}`),
  )

export const settings =
  'version: 1\ndefaults: { tenantId: 6f0b1c2a-54d3-4c8e-9a71-2f3d5b7e9c10, callbackUri: https://bot.contoso.com/callback, mediaConfig: { "@odata.type": "#microsoft.graph.serviceHostedMediaConfig" } }\n'

/** A template that rings `people`, a target on each line of the definition. */
export const group = `variables:
  subject: { type: string, default: Hello }
  people: { type: array, items: { type: object } }
call:
  subject: "{{subject}}"
  targets:
    $each: "{{people}}"
    $as: person
    $do:
      identity:
        user: { id: "{{person.id}}", displayName: "{{person.name}}" }
`

export const person = (name: string): string => `{ id: ${name.toLowerCase()}-id, name: ${name} }`

export const groupCall = (people: readonly string[], more = ''): string =>
  `calls:\n  bridge:\n    uses: group\n    with:\n      people:\n${people.map((name) => `        - ${person(name)}\n`).join('')}${more}`
