// What `status` is asked for, and which of the record's calls that means. Shows nothing, and records nothing.

import { type StatusState, statusStates } from '../../model/record/status-line.js'
import { type Check, type Checks, flag, texts } from '../options/check-options.js'
import { graphChecks, selectionChecks, workspaceChecks } from '../options/checks.js'
import type { GraphOptions, SelectionOptions, WorkspaceOptions } from '../options/options.js'

export interface StatusOptions
  extends GraphOptions,
    SelectionOptions,
    Pick<WorkspaceOptions, 'assignments' | 'valueFiles'> {
  /** Absent or empty: all that the record knows. */
  readonly addresses?: readonly string[] | undefined
  /** Only calls in one of these states; absent: in any. */
  readonly states?: readonly StatusState[] | undefined
  /** Whether calls that have ended are recorded as ended. */
  readonly recordsEnded?: boolean | undefined
}

const isState = (value: unknown): boolean => statusStates.some((state) => state === value)

const states: Check = (value) =>
  Array.isArray(value) && value.length > 0 && value.every(isState)
    ? undefined
    : `one or more of ${statusStates.join(', ')}; leave it out for all`

export const statusChecks: Checks<StatusOptions> = {
  ...workspaceChecks,
  ...graphChecks,
  ...selectionChecks,
  addresses: texts,
  states,
  recordsEnded: flag,
}
