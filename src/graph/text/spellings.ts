// Texts as they read once an encoding is taken off them, each character with its place in the text as it came.

export interface View {
  readonly text: string
  /** Whether each code unit is a byte, as base64 and hexadecimal yield them. */
  readonly isBytes: boolean
  /** Where the character at this index begins in the text as it came. */
  startOf(index: number): number
  endOf(index: number): number
}

const deepest = 5
const mostViews = 300
/** Code units in all views together: a bound for texts that are made to have many. */
const mostText = 4 * 1024 * 1024

/** Shows every view of a text; `shortest` is the length of what is looked for. */
export function searchViews(text: string, shortest: number, look: (view: View) => void): void {
  const seen = new Set<string>([text])
  const queue: { readonly view: View; readonly depth: number }[] = [
    { view: { text, isBytes: false, startOf: (index) => index, endOf: (index) => index + 1 }, depth: 0 },
  ]
  let size = text.length
  for (let next = 0; next < queue.length; next++) {
    const { view, depth } = queue[next]!
    look(view)
    if (depth === deepest) continue
    for (const read of readers) {
      for (const found of read(view, shortest)) {
        size += found.text.length
        if (seen.has(found.text) || queue.length >= mostViews || size > mostText) continue
        seen.add(found.text)
        queue.push({ view: found, depth: depth + 1 })
      }
    }
  }
}

type Reader = (view: View, shortest: number) => readonly View[]

interface Piece {
  readonly from: number
  readonly to: number
  readonly text: string
}

const replacing =
  (form: RegExp, decode: (match: string) => string): Reader =>
  (view) => {
    const pieces = [...view.text.matchAll(form)].map(({ 0: match, index }) => ({
      from: index,
      to: index + match.length,
      text: decode(match),
    }))
    return pieces.length === 0 ? [] : [replacePieces(view, pieces)]
  }

function replacePieces(view: View, pieces: readonly Piece[]): View {
  const parts: string[] = []
  const starts: number[] = []
  const ends: number[] = []
  let last = 0
  const copy = (to: number): void => {
    parts.push(view.text.slice(last, to))
    for (; last < to; last++) {
      starts.push(view.startOf(last))
      ends.push(view.endOf(last))
    }
  }
  for (const { from, to, text } of pieces) {
    copy(from)
    parts.push(text)
    for (let unit = 0; unit < text.length; unit++) {
      starts.push(view.startOf(from))
      ends.push(view.endOf(to - 1))
    }
    last = to
  }
  copy(view.text.length)
  return {
    text: parts.join(''),
    isBytes: view.isBytes,
    startOf: (index) => starts[index]!,
    endOf: (index) => ends[index]!,
  }
}

const letters: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '0': '\0',
}

function readEscape(match: string): string {
  const code = /^\\(?:u\{?|x)([0-9a-f]+)\}?$/i.exec(match)?.[1]
  if (code !== undefined) return character(Number.parseInt(code, 16))
  const letter = match.slice(1)
  return letters[letter] ?? letter
}

const character = (code: number): string => (code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd')

/** Bytes in whatever form, as UTF-8. */
const decodeBytes =
  (mark: RegExp) =>
  (match: string): string =>
    Buffer.from(match.replace(mark, ''), 'hex').toString('utf8')

/** ASCII that has a name in HTML 5; all else of it is written as it is, or by number. */
const entities: Readonly<Record<string, string>> = {
  ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', Tab: '\t', NewLine: '\n' },
  ...{ excl: '!', num: '#', dollar: '$', percnt: '%', lpar: '(', rpar: ')', ast: '*', plus: '+' },
  ...{ comma: ',', period: '.', sol: '/', colon: ':', semi: ';', equals: '=', quest: '?', commat: '@' },
  ...{ lsqb: '[', lbrack: '[', bsol: '\\', rsqb: ']', rbrack: ']', Hat: '^', lowbar: '_', UnderBar: '_' },
  ...{ grave: '`', lcub: '{', lbrace: '{', verbar: '|', vert: '|', rcub: '}', rbrace: '}', hyphen: '-' },
  ...{ dash: '-', midast: '*', AMP: '&', LT: '<', GT: '>', QUOT: '"' },
}

function readEntity(match: string): string {
  const name = match.slice(1).replace(/;$/, '')
  const code = /^#(?:x([0-9a-f]+)|(\d+))$/i.exec(name)
  if (code === null) return entities[name] ?? match
  return character(code[1] === undefined ? Number(code[2]) : Number.parseInt(code[1], 16))
}

/** Every way that a run of digits may be read in groups; each run is a view of bytes with a stop after it. */
function bytesOfRuns(
  view: View,
  form: RegExp,
  { group, offsets, decode }: { group: number; offsets: number; decode: (digits: string) => Buffer },
): readonly View[] {
  const runs = [...view.text.matchAll(form)]
  if (runs.length === 0) return []
  return Array.from({ length: offsets }, (_, offset) => {
    const texts: string[] = []
    const firsts: number[] = []
    const lasts: number[] = []
    for (const { 0: run, index } of runs) {
      const digits = listDigits(run, index)
      const bytes = decode(
        digits
          .map((at) => view.text[at])
          .join('')
          .slice(offset),
      )
      texts.push(`${bytes.toString('latin1')}\n`)
      for (let byte = 0; byte <= bytes.length; byte++) {
        const last = digits.length - 1
        firsts.push(digits[Math.min(offset + Math.floor(byte * group), last)]!)
        lasts.push(digits[Math.min(offset + Math.ceil((byte + 1) * group) - 1, last)]!)
      }
    }
    return {
      text: texts.join(''),
      isBytes: true,
      startOf: (index: number) => view.startOf(firsts[index]!),
      endOf: (index: number) => view.endOf(lasts[index]!),
    }
  })
}

/** Where the digits of a run are, without the line breaks between them. */
const listDigits = (run: string, index: number): readonly number[] =>
  Array.from({ length: run.length }, (_, at) => index + at).filter(
    (at) => run[at - index] !== '\r' && run[at - index] !== '\n',
  )

/** Base64 of both alphabets, over several lines too. */
const readBase64: Reader = (view, shortest) => {
  const length = Math.max(4, Math.floor((shortest * 4) / 3))
  const form = new RegExp(`[A-Za-z0-9+/_-](?:\\r?\\n?[A-Za-z0-9+/_-]){${Math.min(length, 1000) - 1},}`, 'g')
  const decode = (digits: string): Buffer => Buffer.from(digits, 'base64')
  return bytesOfRuns(view, form, { group: 4 / 3, offsets: 4, decode })
}

const readHex: Reader = (view, shortest) => {
  const form = new RegExp(`[0-9a-fA-F]{${Math.min(2 * Math.max(2, shortest), 1000)},}`, 'g')
  const decode = (digits: string): Buffer => Buffer.from(digits, 'hex')
  return bytesOfRuns(view, form, { group: 2, offsets: 2, decode })
}

const readers: readonly Reader[] = [
  replacing(/\\(?:u\{[0-9a-f]{1,6}\}|u[0-9a-f]{4}|x[0-9a-f]{2}|.)/gis, readEscape),
  replacing(/(?:%[0-9a-f]{2})+/gi, decodeBytes(/%/g)),
  replacing(/%u[0-9a-f]{4}/gi, (match) => character(Number.parseInt(match.slice(2), 16))),
  replacing(/&(?:#x[0-9a-f]{1,8}|#\d{1,8}|[a-z]{2,8});?/gi, readEntity),
  replacing(/(?:=[0-9a-f]{2})+/gi, decodeBytes(/=/g)),
  replacing(/=\r?\n/g, () => ''),
  replacing(/\+/g, () => ' '),
  readBase64,
  readHex,
]
