import { UsageError } from '../../model/errors.js'
import type { Host } from '../../model/host.js'
import { type StatusState, statusStates } from '../../model/record/status-line.js'
import { didYouMean } from '../../model/words/suggest.js'
import type { StatusNotes } from '../../report/record/status-text.js'
import type { StatusOptions } from '../../work/status/status-options.js'
import { recordWords } from '../../work/workspace/record-words.js'
import type { Arguments } from './arguments.js'
import {
  mayShowPeople,
  readGraphOptions,
  readSelectionOptions,
  readWorkspaceOptions,
} from './read-options.js'

/** Throws UsageError. */
export function readStatusOptions(args: Arguments): StatusOptions {
  const states = args.texts('state').map(readState)
  return {
    ...readWorkspaceOptions(args, []),
    ...readGraphOptions(args),
    ...readSelectionOptions(args),
    ...(states.length > 0 && { states }),
    addresses: args.positionals,
    recordsEnded: args.has('refresh'),
  }
}

function readState(text: string): StatusState {
  // As the record has it, and `--json`.
  const word = text === 'uncertain' ? 'unknown' : text
  const state = statusStates.find((each) => each === word)
  if (state !== undefined) return state
  throw new UsageError(
    `There is no state \`${text}\`.`,
    didYouMean(text, statusStates) ?? `One of: ${statusStates.join(', ')}.`,
  )
}

export const notesOf = (options: StatusOptions, args: Arguments, host: Host): StatusNotes => ({
  words: recordWords(options),
  showsPeople: mayShowPeople(args, host),
  isPart: options.states !== undefined,
})
