// What is most likely wrong with a call that its schema accepts. The rules are in the `lint-….ts` files, by idea.

import type { GraphTarget } from '../../model/call.js'
import type { JsonObject } from '../../model/json.js'
import { idRules } from './lint-ids.js'
import { mediaRules } from './lint-media.js'
import { meetingRules } from './lint-meeting.js'
import { numberRules } from './lint-numbers.js'
import { createSubject, type LintRule } from './lint-rule.js'
import { sourceRules } from './lint-source.js'
import { targetRules } from './lint-targets.js'
import { versionRules } from './lint-version.js'
import type { SchemaProblem } from './validate.js'

/** In words of callctl alone: a lint quotes nothing of a call. */
export interface LintProblem extends SchemaProblem {
  readonly message: string
  readonly hint?: string
}

const rules: readonly LintRule[] = [
  ...versionRules,
  ...targetRules,
  ...idRules,
  ...sourceRules,
  ...numberRules,
  ...meetingRules,
  ...mediaRules,
]

const rulesOf2018 = rules.filter((rule) => !rule.isLater)

/**
 * Findings of every rule, in the form of a schema's; for a call that satisfies its schema. Only of a call that holds
 * what the service sets is that asked.
 */
export function lintCall(
  call: JsonObject,
  target: GraphTarget,
  holdsReadOnly = true,
): readonly LintProblem[] {
  const subject = createSubject(call, target, holdsReadOnly)
  const problems: LintProblem[] = []
  for (const { code, find } of target.collection === 'communications' ? rules : rulesOf2018)
    for (const { isAboutName = false, ...finding } of find(subject))
      problems.push({ code, isAboutName, ...finding })
  return problems
}
