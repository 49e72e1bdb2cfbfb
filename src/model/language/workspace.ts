// What people write and where it stands: files, nodes, definitions, templates, settings, tests.

import type { Budget } from '../budget.js'
import type { Diagnostic } from '../diagnostics/diagnostic.js'
import type { Environment } from '../environment.js'
import type { JsonValue } from '../json.js'
import type { KnownDocuments } from './document.js'
import type { Range, Source } from './source.js'

/** The user's files as text, read once. */
export interface Workspace {
  /** Absolute path of the folder that holds `callctl.yaml`. */
  readonly root: string
  readonly settings?: Source
  readonly templates: readonly Source[]
  /** Every file of definitions: those under `calls/`, and those named on the command line. */
  readonly calls: readonly Source[]
  /** Paths of the files of definitions that the command is about. */
  readonly selected: ReadonlySet<string>
  /** What the command line named, or `calls/`, with the files that each stands for. */
  readonly paths: readonly NamedPath[]
  /** Reads a list that definitions name under `data`: an ordinary file, that no link leads to. */
  openFile(path: string): Source | Diagnostic
  /** Why git ignores a file, or that this cannot be known; undefined where it does not. Absent outside git and in commits. */
  whyIgnored?(path: string): string | undefined
  /** Files that could not be read. */
  readonly diagnostics: readonly Diagnostic[]
  /** Spares parsing; it changes nothing else. */
  readonly documents?: KnownDocuments
}

export interface NamedPath {
  /** As it was typed. */
  readonly text: string
  readonly sources: readonly string[]
}

/** Values from outside the workspace: flags, value files, environment. */
export interface Values {
  readonly environment: Environment
  readonly assignments: readonly Assignment[]
  /** `--env NAME`. */
  readonly environmentName?: string
  /** `--strict`: warnings are errors. */
  readonly isStrict?: boolean
  /** Whether to tell where the environment has a say in calls, for a review. */
  readonly tellsEnvironment?: boolean
  /** Whether placeholders stand for variables of the environment that are not set, for a review. */
  readonly standsIn?: boolean
  /** What all that is done with these values may cost; a usual one for each compilation where it is absent. */
  readonly budget?: Budget
}

/** `--var name=text`, or one property of a `--var-file`. */
export interface Assignment {
  readonly name: string
  readonly level: '--var' | '--var-file'
  /** Text for `--var`, which is read by the variable's declared type; any JSON value for `--var-file`. */
  readonly value: JsonValue
  /** Where it stands, in a file of tests. */
  readonly range?: Range
}
