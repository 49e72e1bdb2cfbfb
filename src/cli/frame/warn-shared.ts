import type { Host } from '../../model/host.js'
import { describeShared, type SharedId } from '../../record/shared-calls.js'
import { paint, showText, wrapText } from '../../report/text/paint.js'

/** Says of every id that two attempts have that one of them cannot be right; for machines, the same. */
export function warnShared(shared: readonly SharedId[], { stderr, terminal }: Host): object {
  const look = terminal.stderr
  for (const each of shared) {
    const text = wrapText(`warning: ${showText(describeShared(each))}`, look.columns, '  ')
    stderr.write(`${paint(look, 'yellow', text)}\n`)
  }
  return shared.length === 0 ? {} : { sharedCalls: shared }
}
