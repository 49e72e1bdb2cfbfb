import type { Host } from '../../model/host.js'
import type { LoadedRecord } from '../../record/load-record.js'
import { describeShared, listSharedCalls, type SharedId } from '../../record/shared-calls.js'
import { paint, showText, wrapText } from '../../report/text/paint.js'

/** For machines. */
export interface SharedCalls {
  readonly sharedCalls?: readonly SharedId[]
}

/** Says of every id that two attempts have that one of them cannot be right; for machines, the same. */
export function warnShared(record: LoadedRecord, { stderr, terminal }: Host): SharedCalls {
  const shared = listSharedCalls(record)
  const look = terminal.stderr
  for (const each of shared) {
    const text = wrapText(`warning: ${showText(describeShared(each))}`, look.columns, '  ')
    stderr.write(`${paint(look, 'yellow', text)}\n`)
  }
  return shared.length === 0 ? {} : { sharedCalls: shared }
}
