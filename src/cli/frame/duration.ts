import { UsageError } from '../../model/errors.js'
import { longestTime } from '../../work/options/check-options.js'
import type { Arguments } from './arguments.js'

const milliseconds = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const

/** `--deadline 30m`: milliseconds. Throws UsageError for anything but a whole number of s, m, h or d. */
export function readDuration(args: Arguments, name: string): number | undefined {
  const text = args.text(name)
  if (text === undefined) return undefined
  const match = /^([1-9]\d{0,5})([smhd])$/.exec(text)
  const time = match === null ? 0 : Number(match[1]) * milliseconds[match[2] as keyof typeof milliseconds]
  if (time > 0 && time <= longestTime) return time
  throw new UsageError(`\`--${name} ${text}\` is no time.`, 'Write 90s, 30m, 4h or 1d; 24d is the longest.')
}
