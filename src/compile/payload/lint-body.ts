import type { GraphTarget } from '../../model/call.js'
import type { JsonObject, JsonValue } from '../../model/json.js'
import type { BodyName } from '../../model/operation.js'
import type { LintProblem } from './lint.js'
import { idRules } from './lint-ids.js'
import { numberRules } from './lint-numbers.js'
import { createSubject, isGiven, objectAt } from './lint-rule.js'
import { findTwo } from './lint-source.js'
import { findDuplicates, findEmpty } from './lint-targets.js'
import { promptFault } from './prompt-uri.js'
import type { SchemaProblem } from './validate.js'

/** `isHarmless`: Graph takes it, and rings nobody more. */
export type BodyFault = SchemaProblem & { readonly isHarmless?: true }

/** What is most likely wrong with a body that its schema accepts. A ring cannot be undone: it is an error. */
export function findBodyFaults(body: JsonObject, name: BodyName, target: GraphTarget): readonly BodyFault[] {
  return [
    ...findParties(body, name, target),
    ...promptsOf(body).flatMap(findPromptFault),
    ...(name === 'invite' ? findReplacement(body) : []),
    ...(target.cloud === 'global' ? [] : findNational(body, name, target)),
  ]
}

/** Those whom a body rings. */
export function partiesOf(body: JsonObject, name: BodyName): readonly JsonValue[] {
  if (name === 'transfer') return [body['transferTarget'] ?? null]
  const participants = name === 'invite' ? body['participants'] : undefined
  return Array.isArray(participants) ? (participants as readonly JsonValue[]) : []
}

/** The rules for the targets of a new call hold for whom an operation rings. */
function findParties(body: JsonObject, name: BodyName, target: GraphTarget): readonly LintProblem[] {
  const subject = createSubject({ targets: partiesOf(body, name) }, target)
  const rules = [
    ...(name === 'invite' || name === 'transfer'
      ? [{ code: 'payload/empty-callee', find: findEmpty } as const]
      : []),
    { code: 'lint/duplicate-target', find: findDuplicates } as const,
    { code: 'lint/two-identities', find: findTwo } as const,
    ...idRules,
    ...numberRules,
  ]
  return rules.flatMap(({ code, find }) =>
    find(subject).map(({ isAboutName = false, pointer, message, ...finding }) => ({
      code,
      isAboutName,
      pointer: placeOf(pointer, name),
      message: message.replace('`targets[', '`participants['),
      ...finding,
    })),
  )
}

const placeOf = (pointer: string, name: BodyName): string =>
  name === 'transfer'
    ? pointer.replace(/^\/targets\/0/, '/transferTarget')
    : pointer.replace(/^\/targets/, '/participants')

function promptsOf(body: JsonObject): readonly JsonValue[] {
  return Array.isArray(body['prompts']) ? (body['prompts'] as readonly JsonValue[]) : []
}

function findPromptFault(prompt: JsonValue, index: number): readonly LintProblem[] {
  const uri = objectAt(prompt, 'mediaInfo')?.['uri']
  const fault = typeof uri === 'string' ? promptFault(uri) : undefined
  if (fault === undefined) return []
  return [
    { code: 'operation/body', pointer: `/prompts/${index}/mediaInfo/uri`, isAboutName: false, ...fault },
  ]
}

/** With `replacesCallId` Graph reads the first participant alone (docs/graph-facts.md#kinds-of-calls). */
function findReplacement(body: JsonObject): readonly BodyFault[] {
  const parties = partiesOf(body, 'invite')
  const index = parties.findIndex((party) => isGiven(objectAt(party)?.['replacesCallId']))
  if (index < 0 || parties.length === 1) return []
  return [
    {
      code: 'operation/body',
      pointer: `/participants/${index}/replacesCallId`,
      isAboutName: true,
      isHarmless: true,
      message: 'With `replacesCallId` Graph reads the first participant only, and this body has several.',
      hint: 'Send one invitation for each.',
    },
  ]
}

/** What national clouds lack, by the metadata of v1.0: there is no other (docs/graph-facts.md#clouds). */
const absentNationally = ['hidden', 'participantId', 'removeFromDefaultAudioRoutingGroup']

function findNational(body: JsonObject, name: BodyName, target: GraphTarget): readonly LintProblem[] {
  if (target.version !== 'v1.0') return []
  return partiesOf(body, name).flatMap((party, index) =>
    absentNationally
      .filter((property) => isGiven(objectAt(party)?.[property]))
      .map((property) => ({
        code: 'lint/not-in-version' as const,
        pointer: `${placeOf(`/targets/${index}`, name)}/${property}`,
        isAboutName: true,
        message: `The cloud \`${target.cloud}\` does not have this property.`,
        hint: 'Leave it out.',
      })),
  )
}
