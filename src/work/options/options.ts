// What a use case is asked for, by a command of the command line or by another program. What is absent is as when the
// option of that name is left out.

import type { Assignment } from '../../model/language/workspace.js'

/** Which definitions, with which values. */
export interface WorkspaceOptions {
  /** Files and folders of the workspace, from the world's `cwd`; absent or empty: all of `calls/`. */
  readonly paths?: readonly string[] | undefined
  /** One of the environments of callctl.yaml. */
  readonly environmentName?: string | undefined
  /** Values of variables, the later before the earlier. */
  readonly assignments?: readonly Assignment[] | undefined
  /** Files of values, from the world's `cwd`. */
  readonly valueFiles?: readonly string[] | undefined
  /** Warnings of the lints are errors. */
  readonly isStrict?: boolean | undefined
  /** Whether files may be taken as an earlier run parsed them. Nothing that is sent ever is. */
  readonly mayCache?: boolean | undefined
}

/** Which Graph, and so which record. */
export interface GraphOptions {
  readonly environmentName?: string | undefined
  /** `in-process`, or the URL of a simulator on this machine; absent: Graph itself. */
  readonly simulator?: string | undefined
}

/** Which of the calls that are defined. */
export interface SelectionOptions {
  /** Addresses, or patterns with `*`; absent: all. An empty list is refused: it would read as none. */
  readonly only?: readonly string[] | undefined
  /** All but these; each has to match something. */
  readonly except?: readonly string[] | undefined
}

export interface PlanOptions extends WorkspaceOptions, GraphOptions, SelectionOptions {
  /** Addresses to be placed again. */
  readonly redial?: readonly string[] | undefined
  /** Whether live calls that are defined no longer are to be hung up. */
  readonly prunes?: boolean | undefined
  /** Whether reports may show whom a call rings. */
  readonly showsPeople?: boolean | undefined
}

/** The simulator that a run starts and ends by itself. */
export const inProcess = 'in-process'
