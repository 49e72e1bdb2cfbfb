import { readReferencePlaceholder } from '../../compile/bind/references.js'
import { findSecretChoices } from '../../compile/payload/choosing.js'
import { placeholdersIn, secretNameOf, secretNamesIn } from '../../compile/yaml/placeholders.js'
import { rings } from '../../model/action.js'
import { keyOfAddress } from '../../model/address.js'
import { UsageError } from '../../model/errors.js'
import type { JsonObject } from '../../model/json.js'
import type { PlannedPayload, Reference } from '../../model/payload.js'
import type { Plan, SavedChange, SavedPayload } from '../../model/plan.js'
import { indexKeys } from '../../model/record/address-index.js'
import type { World } from '../../model/world.js'
import type { LoadedRecord } from '../../record/load-record.js'
import type { PlanOptions } from '../options/options.js'
import { readValues, type SettledWorkspace } from '../workspace/compile-workspace.js'

// A saved plan holds placeholders where a definition has a secret or another call's id: what was reviewed is what is
// sent, with those filled and nothing else. A secret comes from the environment of whoever applies, or by `--var`.

/** Where values come from when a saved plan is made or applied. */
export interface FillPlace {
  readonly compiled: SettledWorkspace
  readonly options: PlanOptions
  readonly world: World
}

/** What fills a text's placeholders. */
export type Fillings = Pick<PlannedPayload, 'references' | 'revealSecrets'>

/**
 * Throws UsageError where a secret's value stands in a file of the workspace, which nobody reads at apply, or where a
 * secret would choose what nobody could review.
 */
export function refuseUnfillable({ changes }: Plan, place: FillPlace): void {
  const values = secretValues(place)
  for (const { address, action, payload } of changes) {
    if (!rings(action) || payload?.revealSecrets === undefined) continue
    const [choice] = findSecretChoices(JSON.parse(payload.text) as JsonObject)
    if (choice !== undefined)
      throw new UsageError(
        `${address}: a secret chooses ${choice.matter} (${choice.pointer}), so the plan cannot be saved.`,
        'Spell it out, or leave the call out with `--except`.',
      )
    for (const [placeholder, value] of payload.revealSecrets()) {
      const name = secretNameOf(placeholder) ?? ''
      const found = values.get(name)
      if (found !== undefined && found() === value) continue
      throw new UsageError(
        `${address}: the secret ${name} stands in a file of the workspace, so the plan cannot be saved.`,
        'Let it come from the environment (`env` in callctl.yaml), or give it with `--var`.',
      )
    }
  }
}

/** What fills the texts of a saved plan, or why nothing does. Throws UsageError for a flag that no text asks for. */
export function findFillings(
  changes: readonly SavedChange[],
  place: FillPlace & { readonly record: LoadedRecord },
): (payload: SavedPayload) => Fillings | string {
  const values = secretValues(place)
  refuseUnused(changes, place)
  const rung = new Set(
    changes.flatMap(({ address, action }) => (rings(action) ? [keyOfAddress(address)] : [])),
  )
  const { calls } = place.record.lockfile
  const known = indexKeys(calls)
  const isThere = ({ address }: Reference): boolean => {
    const found = known.find(address)
    const state = found === undefined ? undefined : calls[found]?.state
    return rung.has(keyOfAddress(address)) || state === 'placed' || state === 'ended'
  }
  return ({ text, references = [] }) => {
    const placeholders = text.includes('(') ? [...placeholdersIn(text)] : []
    const names = secretNamesIn(text)
    const unknown = names.find((name) => !values.has(name))
    if (unknown !== undefined)
      return `nothing gives the secret ${unknown}, which \`--var ${unknown}=…\` would do`
    const needed = placeholders.filter((each) => readReferencePlaceholder(each) !== undefined)
    if (!isJust(references, needed)) return 'whose ids it needs is not what its text says'
    const missing = references.find((each) => !isThere(each))
    if (missing !== undefined)
      return `it needs the ${missing.property} of ${missing.address}, which is not placed`
    return {
      ...(references.length > 0 && { references }),
      ...(names.length > 0 && { revealSecrets: () => byPlaceholder(placeholders, values) }),
    }
  }
}

/** Each placeholder has one reference, which means the call that it names: by its name, or an occasion of it. */
function isJust(references: readonly Reference[], placeholders: readonly string[]): boolean {
  const open = new Set(placeholders)
  return (
    references.every(({ placeholder, property, address }) => {
      const said = readReferencePlaceholder(placeholder)
      const isMeant = said?.property === property && isOf(said.name, address)
      return open.delete(placeholder) && isMeant
    }) && open.size === 0
  )
}

function isOf(name: string, address: string): boolean {
  const [key, whole] = [keyOfAddress(name), keyOfAddress(address)]
  return key === whole || whole.startsWith(`${key}@`)
}

const byPlaceholder = (
  placeholders: readonly string[],
  values: SecretValues,
): ReadonlyMap<string, string | undefined> =>
  new Map(
    placeholders.flatMap((each) => {
      const name = secretNameOf(each)
      return name === undefined ? [] : [[each, values.get(name)?.()] as const]
    }),
  )

/** Secrets that whoever is here can give, by name; behind functions, so that no dump holds them. */
type SecretValues = ReadonlyMap<string, () => string | undefined>

/** One name cannot stand for two values. */
function secretValues({ compiled, options, world }: FillPlace): SecretValues {
  const values = new Map<string, () => string | undefined>()
  const { environment } = compiled.compilation.settings
  for (const [name, { isSecret }] of environment)
    if (isSecret) values.set(name, () => world.environment[name] || undefined)
  const given = new Map(readValues(options, world).assignments.map(({ name, value }) => [name, value]))
  for (const [name, value] of given) {
    const text = typeof value === 'string' ? value : JSON.stringify(value)
    const other = values.get(name)?.()
    if (other !== undefined && other !== text)
      throw new UsageError(`${name} is a secret of the environment and of \`--var\`, with two values.`)
    values.set(name, () => text || undefined)
  }
  return values
}

/** A saved plan is applied as it is: a flag gives it a secret that it asks for, and nothing else. */
function refuseUnused(changes: readonly SavedChange[], { options, world }: FillPlace): void {
  const { assignments } = readValues(options, world)
  if (assignments.length === 0) return
  const asked = new Set(changes.flatMap(({ payload }) => secretNamesIn(payload?.text ?? '')))
  const unused = assignments.find(({ name }) => !asked.has(name))
  if (unused === undefined) return
  throw new UsageError(
    `\`${unused.level} ${unused.name}\` does not go with this saved plan, which is applied as it is.`,
    'It fills in the secrets of its calls, and nothing else.',
  )
}
