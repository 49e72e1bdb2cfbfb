import { LimitError } from './errors.js'
import type { Range } from './language/source.js'

/** What a run may cost. Steps are counted and not timed: the same on every machine. */
export interface Allowance {
  /** Of the run as a whole. */
  readonly base: number
  /** More for each call that is compiled, up to `most` in all. */
  readonly perCall: number
  readonly most: number
}

/**
 * Four times what a million calls take that are read from lists, or a hundred thousand that are written one by one. What
 * is not about calls has to do with the base: some seconds.
 */
export const usualAllowance: Allowance = { base: 400_000_000, perCall: 80_000, most: 80_400_000_000 }

/** A file, or a definition in it. */
export interface Spender {
  /** Its beginning, or its name. */
  readonly range: Range
  /** Of a definition. */
  readonly name?: string
}

interface Account {
  steps: number
  readonly spender: Spender
}

/** Counts the work of one run, whatever it is on, so that no stranger's file can make it endless. */
export class Budget {
  #steps = 0
  #calls = 0
  #limit: number
  /** What `#steps` was when the present spender began. */
  #before = 0
  #spender: Spender | undefined
  readonly #files = new Map<string, Account>()
  /** The definition that cost most, of each file. */
  readonly #definitions = new Map<string, Account>()

  constructor(private readonly allowance: Allowance = usualAllowance) {
    this.#limit = allowance.base
  }

  get steps(): number {
    return this.#steps
  }

  /** Throws LimitError when all is spent, and from then on each time. */
  readonly spend = (steps: number): void => {
    this.#steps += steps
    if (this.#steps > this.#limit) throw this.#createError()
  }

  /** A call brings its own allowance. */
  addCall(): void {
    const { base, perCall, most } = this.allowance
    this.#calls += 1
    this.#limit = Math.max(base, Math.min(base + perCall * this.#calls, most))
  }

  /** Whom further steps are for; returns whom they were for. */
  charge(spender: Spender | undefined): Spender | undefined {
    const outer = this.#spender
    if (outer !== undefined) this.#book(outer, this.#steps - this.#before)
    this.#before = this.#steps
    this.#spender = spender
    return outer
  }

  #book(spender: Spender, steps: number): void {
    const { source } = spender.range
    const file = this.#files.get(source)
    if (file === undefined) this.#files.set(source, { spender, steps })
    else file.steps += steps
    if (spender.name === undefined) return
    const known = this.#definitions.get(source)
    if (known?.spender === spender) known.steps += steps
    else if (known === undefined || known.steps < steps) this.#definitions.set(source, { spender, steps })
  }

  #createError(): LimitError {
    this.charge(this.#spender)
    const [file] = [...this.#files.values()].sort((left, right) => right.steps - left.steps)
    const definition = file && this.#definitions.get(file.spender.range.source)?.spender
    const most = definition ?? file?.spender
    return new LimitError(this.#limit, most && { ...most, steps: file!.steps })
  }
}
