import type { Range } from './source.js'

/** A place at which the environment has a say in calls. */
export interface EnvironmentUse {
  readonly matter: EnvironmentMatter
  /** Of the environment, sorted. */
  readonly names: readonly string[]
  readonly range: Range
  /** JSON Pointer into the payload, `*` for any item; `#address` and `#endpoint` for what stands in no payload. */
  readonly pointer: string
  /** The definition, as its name is written; absent for what callctl.yaml says of all. */
  readonly definition?: string
  /** Whether what is sent may be something else than what reviewers see. */
  readonly isHidden: boolean
  /** Of everything that stands behind it in the files, in both branches of every choice. */
  readonly fingerprint: string
}

/** What the environment decides there. */
export type EnvironmentMatter =
  /** Whom, which number or which meeting a call calls. */
  | 'callees'
  /** Which properties and items it has. */
  | 'structure'
  /** Its address, or whether it is there at all. */
  | 'calls'
  /** Where it is posted to, and where its notifications go. */
  | 'route'
  /** What the app itself is and where it is reached, as it is or where it is set: the ordinary use. */
  | 'own'
  /** Anything else of what is sent. */
  | 'content'

/** What nobody may choose unseen: a warning, and an error with `--strict`. */
export const isGrave = (matter: EnvironmentMatter): boolean => matter !== 'own' && matter !== 'content'

/** What the environment decides of a matter, as people say it. */
export const decisions: Readonly<Record<EnvironmentMatter, string>> = {
  callees: 'who is rung',
  structure: 'which properties and items a call has',
  calls: 'which calls there are',
  route: 'where a call goes',
  own: 'the app’s own addresses and ids',
  content: 'what is sent',
}
