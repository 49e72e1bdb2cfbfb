/** Calls that another environment of the workspace has, and that are not known to have ended. */
export interface LiveElsewhere {
  /** Absent for the calls without `--env`. */
  readonly environment?: string
  readonly live: number
}
