import { parseDocument, type ScalarTag, type Tags, type YamlDocument } from './yaml.js'

const width = 110
const textTag = 'tag:yaml.org,2002:str'
const mapTag = 'tag:yaml.org,2002:map'
const listTag = 'tag:yaml.org,2002:seq'

/** One layout for YAML: two spaces, `{ a: 1 }`, `[a]`, quotes and blocks as they were typed; perhaps after an edit. */
export function formatYaml(
  text: string,
  edit: (document: YamlDocument.Parsed) => void = () => {},
): string | undefined {
  const source = text.replace(/^\ufeff/, '').replaceAll('\r\n', '\n')
  const document = parseDocument(source, {
    version: '1.2',
    schema: 'core',
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
    customTags: (tags) => tags.map((tag) => replaceTag(tag, source)),
  })
  if (document.errors.length > 0) return undefined
  edit(document)
  return document.toString({
    lineWidth: width,
    minContentWidth: 0,
    doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER,
    nullStr: '',
  })
}

type Tag = Tags[number]
type Stringify = NonNullable<ScalarTag['stringify']>

function replaceTag(tag: Tag, source: string): Tag {
  if (typeof tag === 'string') return tag
  if (tag.tag === textTag) {
    const { stringify } = tag as ScalarTag
    return { ...(tag as ScalarTag), stringify: keepText(source, stringify!) }
  }
  if (tag.tag === mapTag) return { ...tag, stringify: padded(' ') } as Tag
  return tag.tag === listTag ? ({ ...tag, stringify: padded('') } as Tag) : tag
}

/** yaml pads either both of `{ a: 1 }` and `[a]` or none. */
const padded =
  (padding: string): Stringify =>
  (item, context, onComment, onChompKeep) =>
    (item as unknown as Collection).toString(
      { ...context, flowCollectionPadding: padding },
      onComment,
      onChompKeep,
    )

interface Collection {
  toString(...values: RestOfStringify): string
}
type RestOfStringify = Parameters<Stringify> extends [unknown, ...infer Rest] ? Rest : never

/** Text on one line is kept as it was typed, and so are the lines of a block; the rest is folded anew. */
const keepText =
  (source: string, fold: Stringify): Stringify =>
  (item, context, onComment, onChompKeep) => {
    const typed = item.range ? source.slice(item.range[0], item.range[1]) : ''
    const isBlock = typed.startsWith('|') || typed.startsWith('>')
    if (typed !== '' && !isBlock && !typed.includes('\n')) return typed
    const block = isBlock && !item.comment ? moveBlock(typed, context.indent || '  ') : undefined
    if (block === undefined || onChompKeep === undefined) return fold(item, context, onComment, onChompKeep)
    if (block.keepsEnd) onChompKeep()
    return block.text
  }

/** The block with another indentation; undefined when its header says more than how its end is read. */
function moveBlock(typed: string, indent: string): { text: string; keepsEnd: boolean } | undefined {
  const [header = '', ...lines] = typed.split('\n')
  if (!/^[|>][+-]?$/.test(header.trimEnd())) return undefined
  const first = lines.find((line) => line.trim() !== '')
  if (first === undefined) return undefined
  const margin = first.length - first.trimStart().length
  const moved = lines.map((line) => (line.trim() === '' ? line.slice(margin) : indent + line.slice(margin)))
  while (!header.includes('+') && moved.at(-1) === '') moved.pop()
  if (moved.at(-1) === '') moved.pop()
  return { text: [header.trimEnd(), ...moved].join('\n'), keepsEnd: header.includes('+') }
}
