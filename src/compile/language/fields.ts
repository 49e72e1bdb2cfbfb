import { createDiagnostic, type Diagnostic } from '../../model/diagnostics/diagnostic.js'
import type { DiagnosticCode } from '../../model/diagnostics/diagnostic-codes.js'
import { joinWords, plain, quote, type Words } from '../../model/diagnostics/wording.js'
import type { ListNode, MapEntry, MapNode, Node, ScalarNode } from '../../model/language/document.js'
import type { Range } from '../../model/language/source.js'
import { suggestionFor } from '../../model/words/suggest.js'

interface FieldCodes {
  readonly unknown: DiagnosticCode
  readonly type: DiagnosticCode
}

/** Reads the keys of one map of the language, and complains about those that are unknown or of the wrong type. */
export class Fields {
  readonly #entries = new Map<string, MapEntry>()

  constructor(
    readonly map: MapNode,
    known: readonly string[],
    private readonly diagnostics: Diagnostic[],
    private readonly codes: FieldCodes = { unknown: 'key/unknown', type: 'key/type' },
  ) {
    for (const entry of map.entries) {
      const name = String(entry.key.value)
      this.#entries.set(name, entry)
      if (known.includes(name)) continue
      const hint = suggestionFor(name, known)
      this.complain(codes.unknown, quote`There is no key ${name} here.`, entry.key.range, hint)
    }
  }

  has(name: string): boolean {
    return this.#entries.has(name)
  }

  node(name: string): Node | undefined {
    return this.#entries.get(name)?.value
  }

  keyRange(name: string): Range {
    return this.#entries.get(name)?.key.range ?? this.map.range
  }

  text(name: string): string | undefined {
    const scalar = this.textNode(name)
    return scalar === undefined ? undefined : String(scalar.value)
  }

  textNode(name: string): ScalarNode | undefined {
    const node = this.node(name)
    if (node === undefined) return undefined
    if (node.kind === 'scalar' && typeof node.value === 'string') return node
    return this.#refuse(name, node, 'text')
  }

  oneOf<Value extends string>(name: string, values: readonly Value[]): Value | undefined {
    const text = this.text(name)
    if (text === undefined || (values as readonly string[]).includes(text)) return text as Value | undefined
    const message = quote`${name} is one of ${joinWords(
      values.map((value) => quote`${value}`),
      ', ',
    )}.`
    this.complain(this.codes.type, message, this.node(name)!.range, suggestionFor(text, values))
    return undefined
  }

  integer(name: string, minimum: number, maximum: number): number | undefined {
    const node = this.node(name)
    if (node === undefined) return undefined
    const value = node.kind === 'scalar' ? node.value : undefined
    if (typeof value === 'number' && Number.isInteger(value) && value >= minimum && value <= maximum)
      return value
    return this.#refuse(name, node, `a whole number from ${minimum} to ${maximum}`)
  }

  boolean(name: string): boolean | undefined {
    const node = this.node(name)
    if (node === undefined) return undefined
    if (node.kind === 'scalar' && typeof node.value === 'boolean') return node.value
    return this.#refuse(name, node, 'true or false')
  }

  mapNode(name: string): MapNode | undefined {
    const node = this.node(name)
    if (node === undefined || node.kind === 'map') return node
    return this.#refuse(name, node, 'a map')
  }

  listNode(name: string): ListNode | undefined {
    const node = this.node(name)
    if (node === undefined || node.kind === 'list') return node
    return this.#refuse(name, node, 'a list')
  }

  #refuse(name: string, node: Node, wanted: string): undefined {
    this.complain(this.codes.type, quote`${name} must be ${plain(wanted)}.`, node.range)
    return undefined
  }

  complain(code: DiagnosticCode, message: Words, range: Range, hint?: Words): void {
    this.diagnostics.push(createDiagnostic(code, message, { range, ...(hint !== undefined && { hint }) }))
  }
}
