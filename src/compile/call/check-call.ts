import { createDiagnostic, type Diagnostic } from '../../model/diagnostics/diagnostic.js'
import type { JsonObject } from '../../model/json.js'
import type { Origin } from '../../model/payload.js'
import { costs } from '../base/costs.js'
import type { Instance } from '../bind/instances.js'
import { NodeTrace } from '../bind/trace.js'
import { formatCall } from '../payload/canonical.js'
import { findSecretChoices } from '../payload/choosing.js'
import { lintCall } from '../payload/lint.js'
import { type SchemaProblem, validate } from '../payload/validate.js'
import { locate } from './origins.js'
import type { RenderedCall } from './rendered-call.js'

/** In bytes of a payload's text. */
export const maximumPayload = 256 * 1024

/** What is wrong with a call, each thing at the line that is to be changed. */
export function checkCall(rendered: RenderedCall): readonly Diagnostic[] {
  const { arranged, target, instance, surroundings } = rendered
  const { value: call, maximumBytes, holdsReadOnly } = arranged
  if (maximumBytes > maximumPayload && Buffer.byteLength(formatCall(call)) > maximumPayload)
    return [tooLarge(instance)]
  const problems = validate(call, target)
  const chosen = arranged.mayHoldPlaceholder ? secretProblems(call, surroundings.secrets) : []
  const all = [...chosen, ...(problems.length > 0 ? problems : lintCall(call, target, holdsReadOnly))]
  if (all.length === 0) return []
  surroundings.budget.spend(arranged.size * costs.tracedCharacter)
  const traces = traceLayers(rendered)
  return all.map((problem) => placeProblem(problem, traces, rendered))
}

/** What secrets would choose unseen, but for those of the environment: of them `env/chooses` tells. */
const secretProblems = (call: JsonObject, ofEnvironment: ReadonlySet<string>): readonly SchemaProblem[] =>
  findSecretChoices(call)
    .filter(({ names, isOwn }) => !isOwn && names.some((name) => !ofEnvironment.has(name)))
    .map(({ matter, pointer, isAboutName }) => ({
      pointer,
      isAboutName,
      code: 'secret/chooses',
      message: `A secret chooses ${matter}.`,
      hint: 'Spell it out, or choose with `--env`: reviewers see what that chooses.',
    }))

export function tooLarge({ address, bound }: Instance): Diagnostic {
  const message = 'This call compiles to more than 256 KiB, or to more than 64 levels.'
  return createDiagnostic('payload/too-large', message, { range: bound.definition.name.range, address })
}

/** Renders once more, now noting where every value comes from: only what has a problem pays for that. */
export function traceLayers({ layers }: RenderedCall): readonly NodeTrace[] {
  return layers.map(({ render, frame }) => {
    const trace = new NodeTrace()
    render(frame, trace, '')
    return trace
  })
}

function placeProblem(
  problem: SchemaProblem,
  traces: readonly NodeTrace[],
  rendered: RenderedCall,
): Diagnostic {
  const { pointer } = problem
  const found = locate(pointer, traces)
  const { bound, address } = rendered.instance
  // What the whole object lacks is nobody's line but the definition's own.
  const isWhole = pointer === '' || found === undefined
  const place = isWhole ? bound.definition.name.range : found.range
  const named = problem.isAboutName ? found?.nameRange : undefined
  const range = named ?? found?.source ?? place
  const isElsewhere = found !== undefined && !isWhole && range !== found.range && named === undefined
  const origin: Origin | undefined = found && { pointer, range: found.range, variables: found.variables }
  return createDiagnostic(problem.code, problem.message, {
    range,
    address,
    pointer,
    ...(origin !== undefined && !isWhole && { origin }),
    ...(isElsewhere && { related: [{ message: 'it is used here', range: found.range }] }),
    ...(problem.hint !== undefined && { hint: problem.hint }),
  })
}
