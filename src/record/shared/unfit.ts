import { RecordError } from '../../model/errors.js'

/** Which database it is, and how often it was promoted or recovered. */
export interface Identity {
  readonly system: string
  readonly timeline: number
}

export const unfit = (why: string, hint?: string): RecordError =>
  new RecordError(`The shared record is refused: ${why}`, hint)
