import type { JsonValue } from '../../model/json.js'
import { literalValue, type Node, type ScalarNode } from '../../model/language/document.js'
import type { Source } from '../../model/language/source.js'
import type { TestEdit, TestPath } from '../../model/language/test-report.js'
import { canonicalText } from '../payload/canonical.js'
import { formatDocument } from '../yaml/format-document.js'
import { formatYaml } from '../yaml/format-yaml.js'
import { parse } from '../yaml/parse.js'
import { isAlias, isMap, isNode, isScalar, visit, type YamlDocument } from '../yaml/yaml.js'
import { applyEdits, inOrder } from './apply-edits.js'

/**
 * The text of a file of tests after edits, with its comments. Where only texts and numbers change, nothing else does;
 * else the file is laid out as `fmt` does it. Undefined when it cannot be had, as where an alias is in the way.
 */
export function updateTests(source: Source, edits: readonly TestEdit[]): string | undefined {
  const { value: before } = parse(source, true)
  if (before === undefined) return undefined
  const wanted = canonicalText(applyEdits(literalValue(before.root), edits))
  const holds = (text: string | undefined): boolean => {
    const after = text === undefined ? undefined : parse({ ...source, text }, true).value
    return after !== undefined && canonicalText(literalValue(after.root)) === wanted
  }
  const spliced = spliceScalars(source.text, before.root, edits)
  if (holds(spliced)) return spliced
  const edited = editDocument(source, edits)
  return holds(edited) ? edited : undefined
}

/** Puts new texts and numbers in the place of old ones; undefined when more than these change. */
function spliceScalars(text: string, root: Node, edits: readonly TestEdit[]): string | undefined {
  const splices = edits.map((edit) => {
    const node = edit.kind === 'set' ? nodeAt(root, edit.path) : undefined
    if (edit.kind !== 'set' || node?.kind !== 'scalar') return undefined
    const isScalarValue = typeof edit.value !== 'object' || edit.value === null
    return isScalarValue ? { ...node.range, text: spell(edit.value, node) } : undefined
  })
  if (splices.some((splice) => splice === undefined)) return undefined
  return splices
    .flatMap((splice) => splice ?? [])
    .sort((left, right) => right.start - left.start)
    .reduce(
      (edited, { start, end, text: spelled }) => edited.slice(0, start) + spelled + edited.slice(end),
      text,
    )
}

function nodeAt(root: Node, path: TestPath): Node | undefined {
  return path.reduce<Node | undefined>((node, name) => {
    if (node?.kind === 'list') return node.items[Number(name)]
    if (node?.kind !== 'map') return undefined
    return node.entries.find(({ key }) => key.value === name)?.value
  }, root)
}

/** Words that YAML would read as something else than text, or that readers would. */
const plainText = /^(?!(?:true|false|null|yes|no|on|off|y|n)$)[A-Za-z][A-Za-z0-9_/. -]*(?<![ -])$/i

/** As the old value was quoted, where that can be. */
function spell(value: JsonValue, { style }: ScalarNode): string {
  if (typeof value !== 'string') return JSON.stringify(value)
  if (style === 'plain' && plainText.test(value)) return value
  if (style === 'single' && /^[^\p{C}\p{Z}]*(?: [^\p{C}\p{Z}]+)*$/u.test(value))
    return `'${value.replaceAll("'", "''")}'`
  const spelled = JSON.stringify(value).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  // A block ends with its line.
  return style === 'literal' || style === 'folded' ? `${spelled}\n` : spelled
}

function editDocument(source: Source, edits: readonly TestEdit[]): string | undefined {
  const text = formatYaml(source.text, (document) => {
    for (const edit of inOrder(edits)) editNode(document, edit)
  })
  return text && formatDocument({ ...source, text }).value
}

function editNode(document: YamlDocument.Parsed, edit: TestEdit): void {
  if (!canReach(document, edit.path)) return
  if (edit.kind === 'remove') document.deleteIn(edit.path)
  else if (edit.kind === 'set') setNode(document, edit.path, edit.value)
  else if (document.hasIn(edit.path)) document.addIn(edit.path, createNode(document, edit.value))
  else document.setIn(edit.path, createNode(document, [edit.value]))
}

/** An alias cannot be walked through: whoever else uses its anchor would be changed too. */
const canReach = (document: YamlDocument.Parsed, path: TestPath): boolean =>
  path.every(
    (_, depth) => !isAlias(depth === 0 ? document.contents : document.getIn(path.slice(0, depth), true)),
  )

/** A comment stays with what it stands beside. */
function setNode(document: YamlDocument.Parsed, path: TestPath, value: JsonValue): void {
  const old = document.hasIn(path) ? document.getIn(path, true) : undefined
  const created = createNode(document, value)
  if (isNode(old)) {
    const { comment, commentBefore, spaceBefore } = old
    // Behind a collection it would seem to be about what comes next.
    if (isScalar(created)) Object.assign(created, { comment, commentBefore, spaceBefore })
    else
      Object.assign(created, {
        commentBefore: [commentBefore, comment].filter(Boolean).join('\n'),
        spaceBefore,
      })
    if (isScalar(old) && typeof value === 'string') Object.assign(created, { type: old.type })
  }
  const around = document.getIn(path.slice(0, -1), true)
  // What was `{}` would become one long line of braces.
  if (isMap(around) && around.items.length === 0) around.flow = false
  document.setIn(path, created)
}

/** A null is spelled out. */
function createNode(document: YamlDocument.Parsed, value: JsonValue) {
  const node = document.createNode(value)
  visit(node, {
    Scalar: (_, scalar) => {
      if (scalar.value === null) scalar.source = 'null'
    },
  })
  return node
}
