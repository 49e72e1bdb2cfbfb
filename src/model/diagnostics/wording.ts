// What a complaint says, with the texts of the workspace that it quotes as data: a cell, a name, a key. A review masks
// those, whatever marks a quotation has in the sentence.

/** A sentence, and all that it quotes. */
export class Wording {
  constructor(
    readonly text: string,
    readonly quoted: readonly string[],
  ) {}

  /** Where it is put into another text after all, its words count. */
  toString(): string {
    return this.text
  }
}

export type Words = string | Wording

/** A scalar of YAML, as it stands there. */
type Scalar = number | boolean | null

/** A template whose texts stand between backticks in the sentence, as quotations; a wording in it is put in as it is. */
export function quote(parts: TemplateStringsArray, ...values: readonly (Words | Scalar)[]): Wording {
  const [start = '', ...rest] = parts
  const wordings = values.map((value) =>
    value instanceof Wording ? value : new Wording(`\`${value}\``, [String(value)]),
  )
  return new Wording(
    start + wordings.map(({ text }, index) => text + rest[index]).join(''),
    wordings.flatMap(({ quoted }) => quoted),
  )
}

/** Words of callctl’s own amid a quotation, which quote nothing. */
export const plain = (text: Words | number): Wording =>
  text instanceof Wording ? text : new Wording(String(text), [])

export const joinWords = (list: readonly Wording[], separator: string): Wording =>
  new Wording(
    list.map(({ text }) => text).join(separator),
    list.flatMap(({ quoted }) => quoted),
  )

export const textOf = (words: Words): string => (typeof words === 'string' ? words : words.text)

export const quotedIn = (words: Words | undefined): readonly string[] =>
  words instanceof Wording ? words.quoted : []
