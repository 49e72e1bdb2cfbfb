// Lists of data, from CSV, JSON and YAML: read once, each row with where it stands. Evaluates nothing.

import type { Budget } from '../../model/budget.js'
import { createDiagnostic, type Diagnostic, hasErrors } from '../../model/diagnostics/diagnostic.js'
import { isJsonObject, type JsonValue } from '../../model/json.js'
import { literalValue, type MapNode, type Node, stepInto } from '../../model/language/document.js'
import type { Range, Source } from '../../model/language/source.js'
import { costs } from '../base/costs.js'
import { isWithin } from '../base/size.js'
import { type Shape, shapeOfValue } from '../expression/shape.js'
import { chargeNodes, chargeText } from '../yaml/charge-document.js'
import { forgery, holdsPlaceholder } from '../yaml/forged.js'
import { parseAny } from '../yaml/parse.js'
import { maximumDepth } from '../yaml/parse-text.js'
import { type CsvTable, createLocateCell, layoutOf, locateCell, readCsv } from './csv.js'
import type { Items } from './items.js'
import type { Layout } from './unquoted-csv.js'

/** A list or map that definitions read from a file of the workspace. */
export interface DataFile {
  /** Of a long list, made when it is first asked for. */
  readonly value: JsonValue
  /** What a list holds, one after the other, where that needs less memory than its value. */
  readonly items?: Items
  readonly shape: Shape
  /** Where a value inside it stands. */
  locate(path: readonly (string | number)[]): Range
}

/** `.csv` with a header row, `.json` or `.yaml`. Its text is data: `{{…}}` in it stays as it is. */
export function readData(source: Source, place: DataPlace): DataFile | undefined {
  if (/\.csv$/i.test(source.path)) return readCsvData(source, place)
  if (/\.json$/i.test(source.path)) return readJsonData(source, place)
  return readYamlData(source, place)
}

interface DataPlace {
  /** Of a CSV's cells; a comma, where nothing else is said. */
  readonly separator?: string
  report(diagnostic: Diagnostic): void
  readonly budget: Budget
}

export const dataExtensions = ['.csv', '.json', '.yaml'] as const

function readCsvData(source: Source, { report, budget, separator = ',' }: DataPlace): DataFile | undefined {
  budget.spend(source.text.length * costs.dataCharacter)
  const layout = layoutOf(source.text, separator)
  const table = readCsv(source, separator)
  if ('code' in table) {
    report(table)
    return undefined
  }
  const { columns } = table
  const forged = findForged(source, table, layout)
  if (forged !== undefined) {
    report(forged)
    return undefined
  }
  const cell: Shape = { kind: 'scalar' }
  const items: Shape = { kind: 'object', properties: new Map(columns.map((name) => [name, cell])) }
  const locateCellOf = createLocateCell(source, layout)
  let indexes: ReadonlyMap<string, number> | undefined
  const locate = ([row, column]: readonly (string | number)[]): Range => {
    indexes ??= new Map(columns.map((name, index) => [name, index]))
    return locateCellOf({
      row: row === undefined ? 0 : Number(row) + 1,
      column: indexes.get(String(column)) ?? 0,
    })
  }
  let value: JsonValue | undefined
  return {
    get value() {
      value ??= [...table.rows()]
      return value
    },
    items: { count: table.count, width: columns.length, values: table.rows },
    shape: { kind: 'list', items },
    locate,
  }
}

function findForged(source: Source, { rows, columns }: CsvTable, layout: Layout): Diagnostic | undefined {
  if (!source.text.includes('(')) return undefined
  let number = 0
  for (const row of rows()) {
    number += 1
    if (!holdsPlaceholder(row)) continue
    const column = columns.findIndex((name) => holdsPlaceholder(name) || holdsPlaceholder(row[name]!))
    return forgery(locateCell(source, { row: number, column }, layout))
  }
  return undefined
}

/** JSON is read by JSON's own parser, which is fast, and by YAML's only to say where something stands. */
function readJsonData(source: Source, { report, budget }: DataPlace): DataFile | undefined {
  budget.spend(source.text.length * costs.dataCharacter)
  let value: JsonValue
  try {
    value = JSON.parse(source.text.replace(/^\ufeff/, '')) as JsonValue
  } catch {
    return refuseJson(source, report)
  }
  // What callctl takes from no file is found fast here, and by YAML's reader once more to say where it stands.
  if (!isWithin(value, maximumValues, maximumDepth) || hasForbidden(value)) {
    const { diagnostics } = parseAny(source)
    for (const diagnostic of diagnostics) report(diagnostic)
    if (!hasErrors(diagnostics)) report(tooDeep(source))
    return undefined
  }
  return { value, shape: shapeOfValue(value), locate: locator(source, budget) }
}

/** As long as a file may be. */
const maximumValues = 8 * 1024 * 1024

const tooDeep = (source: Source): Diagnostic =>
  createDiagnostic('yaml/too-deep', `This file is nested deeper than ${maximumDepth} levels, or too large.`, {
    range: { source: source.path, start: 0, end: 1 },
  })

/** What finds faults is loaded with the first one. */
const loadJsonText = () =>
  require('../../model/language/json-text.js') as typeof import('../../model/language/json-text.js')

function refuseJson(source: Source, report: (diagnostic: Diagnostic) => void): undefined {
  const start = loadJsonText().findJsonFault(source.text)
  const end = Math.min(start + 1, source.text.length)
  const message = start < source.text.length ? 'Here this is not JSON.' : 'This JSON ends too early.'
  report(createDiagnostic('data/json', message, { range: { source: source.path, start, end } }))
  return undefined
}

const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype'])

function hasForbidden(value: JsonValue): boolean {
  if (typeof value === 'string')
    return !value.isWellFormed() || value.includes('\0') || holdsPlaceholder(value)
  if (Array.isArray(value)) return value.some(hasForbidden)
  if (!isJsonObject(value)) return false
  return Object.entries(value).some(
    ([key, each]) => forbiddenKeys.has(key) || hasForbidden(key) || hasForbidden(each),
  )
}

function readYamlData(source: Source, { report, budget }: DataPlace): DataFile | undefined {
  chargeText(source, budget)
  const { value: node, diagnostics } = parseAny(source)
  for (const diagnostic of diagnostics) report(diagnostic)
  if (node === undefined || hasErrors(diagnostics)) return undefined
  chargeNodes(node, budget)
  const value = literalValue(node)
  const nodes = new NodeIndex()
  return { value, shape: shapeOfValue(value), locate: (path) => nodes.find(node, path).range }
}

function locator(source: Source, budget: Budget): DataFile['locate'] {
  const nodes = new NodeIndex()
  let parsed: { readonly root: Node | undefined } | undefined
  return (path) => {
    if (parsed === undefined) {
      chargeText(source, budget)
      parsed = { root: parseAny(source).value }
    }
    const { root } = parsed
    return root === undefined ? { source: source.path, start: 0, end: 0 } : nodes.find(root, path).range
  }
}

/** Finds nodes by the path of their value, any number of them: each map's entries are looked through once. */
class NodeIndex {
  readonly #entries = new Map<Node, ReadonlyMap<string, Node>>()

  /** As far as the file spells the value out. */
  find(root: Node, path: readonly (string | number)[]): Node {
    let node = root
    for (const step of path) {
      const inner = node.kind === 'map' ? this.#entriesOf(node).get(String(step)) : stepInto(node, step)
      if (inner === undefined) break
      node = inner
    }
    return node
  }

  #entriesOf(map: MapNode): ReadonlyMap<string, Node> {
    const known = this.#entries.get(map)
    if (known !== undefined) return known
    const entries = new Map(map.entries.map(({ key, value }) => [String(key.value), value]))
    this.#entries.set(map, entries)
    return entries
  }
}
