import { UsageError } from '../../model/errors.js'
import type { Host } from '../../model/host.js'
import type { Witness } from '../../model/record/attempt.js'
import { isPlainText } from '../../record/disk/forms.js'
import { paint, showText, wrapText } from '../../report/text/paint.js'
import type { Arguments } from './arguments.js'

const longestReason = 200
/** Stands before the reason of what `--force` recorded. */
const forced = '--force'

/** Who settles something by hand, when, and why. */
export function readWitness(args: Arguments, host: Host): Witness {
  const reason = args.text('reason')
  if (
    reason !== undefined &&
    ([...reason].length > longestReason || reason.trim() === '' || !isPlainText(reason))
  ) {
    throw new UsageError(`\`--reason\` takes a text of one line, of 1 to ${longestReason} characters.`)
  }
  return {
    ...(host.operator !== undefined && { by: host.operator }),
    at: new Date(host.now()).toISOString(),
    ...describeReason(reason, args.has('force')),
  }
}

function describeReason(reason: string | undefined, isForced: boolean): Pick<Witness, 'reason'> {
  if (!isForced) return reason === undefined ? {} : { reason }
  const whole = reason === undefined ? forced : `${forced}: ${reason}`
  return { reason: [...whole].slice(0, longestReason).join('') }
}

interface Question {
  readonly warning: string
  /** What a person has to type. */
  readonly word: string
  readonly shown: string
}

/** A person types the address, as this makes it free to ring again. Where nobody can be asked, `--yes` means yes. */
export const confirmAddress = (
  address: string,
  warning: string,
  args: Arguments,
  host: Host,
): Promise<boolean> => ask({ warning, word: address, shown: showText(address) }, args, host)

/** The same for several: how many they are. */
export const confirmCount = (count: number, warning: string, args: Arguments, host: Host): Promise<boolean> =>
  ask({ warning, word: String(count), shown: String(count) }, args, host)

async function ask({ warning, word, shown }: Question, args: Arguments, host: Host): Promise<boolean> {
  if (args.has('yes')) return true
  const look = host.terminal.stderr
  if (!host.terminal.isInteractive) {
    host.stderr.write(
      `${paint(look, 'red', 'Not confirmed')}: nothing was changed. Without a terminal, \`--yes\` confirms.\n`,
    )
    return false
  }
  const question = `Type ${paint(look, 'bold', shown)} to go on: `
  const answer = await host.question(`${wrapText(warning, look.columns, '')}\n${question}`)
  if (answer?.trim() === word) return true
  host.stderr.write(`${paint(look, 'yellow', 'Not confirmed')}: nothing was changed.\n`)
  return false
}
