import { createDiagnostic, type Diagnostic, hasErrors } from '../model/diagnostic.js'
import type { Node } from '../model/document.js'
import { isJsonObject, type JsonValue } from '../model/json.js'
import type { Range, Source } from '../model/source.js'
import { locateCell, readCsv } from './csv.js'
import { parseAny } from './parse.js'
import { literalValue } from './render.js'
import { type Shape, shapeOfValue } from './shape.js'

/** A list or map that definitions read from a file of the workspace. */
export interface DataFile {
  readonly value: JsonValue
  readonly shape: Shape
  /** Where a value inside it stands. */
  locate(path: readonly (string | number)[]): Range
}

/** `.csv` with a header row, `.json` or `.yaml`. Its text is data: `{{…}}` in it stays as it is. */
export function readData(source: Source, report: (diagnostic: Diagnostic) => void): DataFile | undefined {
  if (source.path.endsWith('.csv')) return readCsvData(source, report)
  if (source.path.endsWith('.json')) return readJsonData(source, report)
  return readYamlData(source, report)
}

export const dataExtensions = ['.csv', '.json', '.yaml'] as const

function readCsvData(source: Source, report: (diagnostic: Diagnostic) => void): DataFile | undefined {
  const table = readCsv(source)
  if ('code' in table) {
    report(table)
    return undefined
  }
  const { rows, columns } = table
  const cell: Shape = { kind: 'scalar' }
  const items: Shape = { kind: 'object', properties: new Map(columns.map((name) => [name, cell])) }
  const locate = ([row, column]: readonly (string | number)[]): Range =>
    locateCell(source, {
      row: row === undefined ? 0 : Number(row) + 1,
      column: Math.max(columns.indexOf(String(column)), 0),
    })
  return { value: rows, shape: { kind: 'list', items }, locate }
}

/** JSON is read by JSON's own parser, which is fast, and by YAML's only to say where something stands. */
function readJsonData(source: Source, report: (diagnostic: Diagnostic) => void): DataFile | undefined {
  let value: JsonValue
  try {
    value = JSON.parse(source.text.replace(/^\ufeff/, '')) as JsonValue
  } catch {
    return refuseJson(source, report)
  }
  if (hasForbiddenKey(value)) {
    const range = { source: source.path, start: 0, end: 1 }
    report(createDiagnostic('yaml/forbidden-key', 'A key such as `__proto__` is not allowed.', { range }))
    return undefined
  }
  return { value, shape: shapeOfValue(value), locate: locator(source) }
}

function refuseJson(source: Source, report: (diagnostic: Diagnostic) => void): undefined {
  const { diagnostics } = parseAny(source)
  const first = diagnostics.find((diagnostic) => diagnostic.severity === 'error')
  const range = first?.range ?? { source: source.path, start: 0, end: 1 }
  report(createDiagnostic('data/json', 'This is not JSON.', { range }))
  return undefined
}

function hasForbiddenKey(value: JsonValue): boolean {
  if (Array.isArray(value)) return value.some(hasForbiddenKey)
  if (!isJsonObject(value)) return false
  return Object.entries(value).some(
    ([key, each]) =>
      key === '__proto__' || key === 'constructor' || key === 'prototype' || hasForbiddenKey(each),
  )
}

function readYamlData(source: Source, report: (diagnostic: Diagnostic) => void): DataFile | undefined {
  const { value: node, diagnostics } = parseAny(source)
  for (const diagnostic of diagnostics) report(diagnostic)
  if (node === undefined || hasErrors(diagnostics)) return undefined
  const value = literalValue(node)
  return { value, shape: shapeOfValue(value), locate: (path) => nodeAt(node, path).range }
}

function locator(source: Source): DataFile['locate'] {
  let root: Node | undefined
  return (path) => {
    root ??= parseAny(source).value
    return root === undefined ? { source: source.path, start: 0, end: 0 } : nodeAt(root, path).range
  }
}

/** The node of a value inside a value, as far as the file spells it out. */
function nodeAt(node: Node, path: readonly (string | number)[]): Node {
  const [step, ...rest] = path
  const inner = step === undefined ? undefined : stepInto(node, step)
  return inner === undefined ? node : nodeAt(inner, rest)
}

export function stepInto(node: Node, step: string | number): Node | undefined {
  if (node.kind === 'list') return node.items[Number(step)]
  return node.kind === 'map' ? node.entries.find((each) => each.key.value === String(step))?.value : undefined
}
