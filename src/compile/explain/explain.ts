// What a compilation can say of itself: where the values of a call came from, by which way, and what a template takes.
// Compiles like everybody else and changes nothing.

import { keyOfAddress } from '../../model/address.js'
import { isJsonObject, type JsonValue } from '../../model/json.js'
import { startOf } from '../../model/language/document.js'
import type { Range } from '../../model/language/source.js'
import type { Values, Workspace } from '../../model/language/workspace.js'
import { namesAt, type Payload, type VariableOrigin } from '../../model/payload.js'
import { pointerToken } from '../../model/pointer.js'
import { candidatesOf } from '../bind/call-variables.js'
import type { NodeTrace } from '../bind/trace.js'
import { fixedBinding } from '../bind/variables.js'
import { traceLayers } from '../call/check-call.js'
import { locate } from '../call/origins.js'
import type { RenderedCall } from '../call/rendered-call.js'
import { type Compilation, compile } from '../compile.js'

/** Where every value of a call's payload came from. */
export interface Explanation {
  readonly payload: Payload
  readonly values: readonly ExplainedValue[]
  readonly variables: readonly ExplainedVariable[]
}

export interface ExplainedValue {
  readonly pointer: string
  readonly value: JsonValue
  /** The place that gave the value: the highest layer that has it. */
  readonly range?: Range
  /** The variables behind it, from the place back to the file that spells the value out. */
  readonly variables: readonly VariableOrigin[]
  /** Variables of the environment, no secrets, that have a say in it. */
  readonly environment?: readonly string[]
  /** Lower layers that had this property too, the highest first. */
  readonly overridden: readonly Range[]
}

/** A variable of the template: which level gave its value, and which gave one in vain, the highest first. */
export interface ExplainedVariable {
  readonly name: string
  readonly won: VariableOrigin
  readonly lost: readonly VariableOrigin[]
}

/** Compiles the workspace and explains one call of it; no explanation for an address that is not compiled. */
export function explain(
  workspace: Workspace,
  values: Values,
  address: string,
): { compilation: Compilation; explanation?: Explanation } {
  const key = keyOfAddress(address)
  let explanation: Explanation | undefined
  const compilation = compile(workspace, values, (rendered, payload) => {
    if (keyOfAddress(payload.address) === key) explanation = explainCall(rendered, payload, values)
  })
  return { compilation, ...(explanation !== undefined && { explanation }) }
}

function explainCall(rendered: RenderedCall, payload: Payload, values: Values): Explanation {
  const traces = traceLayers(rendered)
  const leaves = [...leavesOf(payload.call, '')]
  return {
    payload,
    values: leaves.map(({ pointer, value }) => {
      const environment = namesAt(payload.environment, pointer)
      const explained = explainValue(pointer, value, traces)
      return environment === undefined ? explained : { ...explained, environment }
    }),
    variables: explainVariables(rendered, values),
  }
}

interface Leaf {
  readonly pointer: string
  readonly value: JsonValue
}

function* leavesOf(value: JsonValue, pointer: string): Generator<Leaf> {
  const isMap = isJsonObject(value)
  const entries = isMap || Array.isArray(value) ? Object.entries(value as object) : []
  if (entries.length === 0) yield { pointer, value }
  for (const [name, each] of entries) yield* leavesOf(each as JsonValue, `${pointer}/${pointerToken(name)}`)
}

function explainValue(pointer: string, value: JsonValue, traces: readonly NodeTrace[]): ExplainedValue {
  const found = locate(pointer, traces)
  const places = traces
    .flatMap((trace) => trace.nodes.get(pointer) ?? [])
    .map(({ node }) => startOf(node))
    .toReversed()
  const overridden = places.filter(
    (range) => range.source !== found?.range.source || range.start !== found.range.start,
  )
  return {
    pointer,
    value,
    ...(found !== undefined && { range: found.range }),
    variables: found?.variables ?? [],
    overridden,
  }
}

function explainVariables(
  { instance, table, surroundings }: RenderedCall,
  values: Values,
): readonly ExplainedVariable[] {
  const { bound, item } = instance
  const given = new Map(
    bound.given.map(({ name, entry }) => [
      name,
      fixedBinding({ name, level: 'with', range: entry.value.range }, null),
    ]),
  )
  return (bound.template?.variables ?? []).map((declaration): ExplainedVariable => {
    const candidates = candidatesOf(declaration, given, {
      bound,
      item,
      values,
      surroundings,
      reporter: table.reporter,
    })
    const origins = candidates.map((candidate) => candidate().origin)
    const won = table.find(declaration.name)?.origin ?? origins[0]!
    return { name: declaration.name, won, lost: origins.slice(1) }
  })
}
