// A strict reader of the XML that reports are written in: whatever is not well-formed throws.

export interface XmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
}

const illegal = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u
const token = /<\?xml [^?]*\?>|<\/([a-z]+)>|<([a-z]+)((?: [a-z]+="[^"<]*")*)(\/?)>|[^<]+/y
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** Every element in the order of its start tag. */
export function readXml(text: string): readonly XmlElement[] {
  if (illegal.test(text)) throw new Error('a character that XML 1.0 does not have')
  const elements: XmlElement[] = []
  const open: string[] = []
  for (let at = 0; at < text.length; at = token.lastIndex) {
    token.lastIndex = at
    const match = token.exec(text)
    if (match === null) throw new Error(`not well-formed at ${at}: ${text.slice(at, at + 60)}`)
    const [whole, end, start, attributes = '', isEmpty] = match
    if (end !== undefined && open.pop() !== end) throw new Error(`</${end}> ends nothing`)
    if (start !== undefined) {
      elements.push({ name: start, attributes: readAttributes(attributes) })
      if (isEmpty === '') open.push(start)
    } else if (end === undefined && !whole.startsWith('<')) unescapeXml(whole)
  }
  if (open.length > 0) throw new Error(`<${open.at(-1)}> is left open`)
  return elements
}

const readAttributes = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...text.matchAll(/ ([a-z]+)="([^"]*)"/g)].map(([, name, value]) => [name!, unescapeXml(value!)]),
  )

function unescapeXml(text: string): string {
  return text.replace(/&([^;&]*);?/g, (whole, name: string) => {
    const code = /^#(\d+)$/.exec(name)?.[1]
    const character = code === undefined ? entities[name] : String.fromCodePoint(Number(code))
    if (character === undefined || !whole.endsWith(';')) throw new Error(`the entity ${whole}`)
    return character
  })
}
