export interface Mistake {
  readonly file: string
  readonly from: string
  readonly to: string
}

/** One mistake, or several at once. */
export type Mutant = { readonly name: string } & (
  | { readonly suite: string }
  | { readonly tests: readonly string[] }
) &
  (Mistake | { readonly changes: readonly Mistake[] })

export declare const mutants: readonly Mutant[]
