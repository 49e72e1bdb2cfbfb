import type { Diagnostic } from '../../model/diagnostics/diagnostic.js'
import type { Definition } from '../../model/language/definition.js'
import type { Range } from '../../model/language/source.js'
import type { Concern } from '../bind/complaints.js'
import type { Instance } from '../bind/instances.js'

interface Note {
  readonly diagnostic: Diagnostic
  readonly concern: Concern
}

/** Everything that one compilation complained about, and which of it is about which call. */
export class Notes {
  readonly #all: Note[] = []
  readonly #places = new Map<string, Set<number>>()

  add(diagnostic: Diagnostic, concern: Concern): void {
    this.#all.push({ diagnostic, concern })
  }

  /** Makes a definition known: complaints about a file's text belong to the one that they stand in. */
  know({ bound: { definition } }: Instance): void {
    const { source, start } = definition.name.range
    const places = this.#places.get(source) ?? new Set()
    this.#places.set(source, places.add(start))
  }

  /** Whether all that went wrong is about single calls. */
  get isQuiet(): boolean {
    return !this.#all.some(({ diagnostic, concern }) => {
      const isOfCall = concern !== undefined && 'address' in concern
      return diagnostic.severity === 'error' && !isOfCall
    })
  }

  /** Complaints about just this place. */
  at(range: Range | undefined): readonly Diagnostic[] {
    return this.#all.map(({ diagnostic }) => diagnostic).filter((each) => range && each.range === range)
  }

  /** Each complaint once. Where a call failed over what another one was told already, all errors of the workspace. */
  of(instance: Instance, isCompiled: boolean): readonly Diagnostic[] {
    const own = this.#all.filter((note) => this.#isAbout(note, instance))
    const isExplained = isCompiled || own.some(({ diagnostic }) => diagnostic.severity === 'error')
    const found = isExplained ? own : this.#all.filter(({ diagnostic }) => diagnostic.severity === 'error')
    const unique = new Map(found.map(({ diagnostic }) => [identityOf(diagnostic), diagnostic]))
    return [...unique.values()]
  }

  #isAbout({ diagnostic, concern }: Note, instance: Instance): boolean {
    const { definition, template } = instance.bound
    if (concern === instance || concern === definition) return true
    const { address, range, severity } = diagnostic
    if (address !== undefined) return address === instance.address && concern === undefined
    if (range === undefined) return concern === undefined
    if (range.source === 'callctl.yaml') return severity === 'error'
    const templates = [...(template?.lineage ?? []), String(definition.uses?.value)]
    if (templates.some((name) => range.source === `templates/${name}.yaml`)) return concern === undefined
    if (range.source !== definition.file.source || severity !== 'error') return false
    return isWithin(range, definition.file.variables?.range) || isWithin(range, definition.file.data?.range)
      ? true
      : concern === undefined && this.#stands(range, definition)
  }

  /** Whether a place is after the definition's name and before the next one's. */
  #stands({ source, start }: Range, { name }: Definition): boolean {
    let last = -1
    for (const place of this.#places.get(source) ?? []) if (place <= start) last = Math.max(last, place)
    return last === name.range.start
  }
}

const isWithin = (inner: Range, outer: Range | undefined): boolean =>
  outer !== undefined && inner.source === outer.source && inner.start >= outer.start && inner.end <= outer.end

const identityOf = ({ code, message, range, pointer }: Diagnostic): string =>
  JSON.stringify([code, message, range, pointer])
