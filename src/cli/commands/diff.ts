import { UsageError } from '../../model/errors.js'
import { type ExitCode, exitCodes, worstExitCode } from '../../model/exit-code.js'
import type { Host } from '../../model/host.js'
import type { Review } from '../../model/review.js'
import { writeOutput } from '../../record/disk/named-output.js'
import { isReview } from '../../report/text/own-output.js'
import { showText } from '../../report/text/paint.js'
import { version } from '../../version.js'
import {
  type ReviewedRevisions,
  type ReviewOptions,
  reviewRevisions,
} from '../../work/review/review-revisions.js'
import { repositoryFolder } from '../../work/workspace/repository-folder.js'
import { type Pieces, type ReviewFormat, reviewFormats } from '../files/review-formats.js'
import type { Arguments } from '../frame/arguments.js'
import { withErrorDocument } from '../frame/error-codes.js'
import { readOutput } from '../frame/named-output.js'
import { readSelectionOptions, readWorkspaceOptions } from '../frame/read-options.js'
import { worldOf } from '../frame/world-of.js'

export const diff = (args: Arguments, host: Host): Promise<ExitCode> =>
  withErrorDocument(args, host, async () => {
    const format = chooseFormat(args)
    const out = readOutput(args, host, isReview)
    const reviewed = reviewRevisions(readReviewOptions(args), worldOf(args, host))
    const { sources } = reviewed
    const folder = repositoryFolder(reviewed.root, host)
    const look = out === undefined ? host.terminal.stdout : plain
    const pieces = await format(reviewed.review, { sources, folder, version, look })
    if (out === undefined) await writePieces(pieces, host)
    else {
      writeOutput(
        out,
        Array.from(pieces, (piece) => Buffer.from(piece)),
      )
      host.stderr.write(`Written to ${showText(out.named)}.\n`)
    }
    return exitCodeOf(reviewed, args)
  })

/** No faster than they are read, or all of them would wait in memory. */
async function writePieces(pieces: Pieces, host: Host): Promise<void> {
  for (const piece of pieces) {
    host.stdout.write(piece)
    await host.drained?.()
  }
}

/** Which revisions, and which of their calls. Throws UsageError. */
export function readReviewOptions(args: Arguments): ReviewOptions {
  const [base, head, ...more] = args.positionals
  if (more.length > 0) throw new UsageError('`diff` takes two revisions at most.')
  const showsPeople = args.has('show-people')
  return { ...readWorkspaceOptions(args, []), ...readSelectionOptions(args), base, head, showsPeople }
}

const plain = { hasColor: false, columns: 80 }

function chooseFormat(args: Arguments): ReviewFormat {
  const name = args.has('json') ? 'json' : (args.text('format') ?? 'text')
  const format = Object.hasOwn(reviewFormats, name) ? reviewFormats[name] : undefined
  if (format !== undefined) return format
  const names = Object.keys(reviewFormats).join(', ')
  throw new UsageError(`There is no format \`${name}\`.`, `It is one of ${names}.`)
}

function exitCodeOf({ review, problems }: ReviewedRevisions, args: Arguments): ExitCode {
  const reviews = [review, ...(review.environments ?? []).map((environment) => environment.review)]
  const wouldRing = args.has('detailed-exitcode') && reviews.some(hasNews)
  return worstExitCode([...problems, wouldRing ? exitCodes.wouldRing : exitCodes.done])
}

/** What nobody can see may ring anybody. */
const hasNews = ({ totals: { newCalls, newPeople, newNumbers }, record, head }: Review): boolean =>
  head.unseen !== undefined ||
  newCalls + newPeople + newNumbers > 0 ||
  record.some(({ isEdit, effect }) => isEdit || effect !== undefined)
