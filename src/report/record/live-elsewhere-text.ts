import type { LiveElsewhere } from '../../model/record/live-elsewhere.js'
import { type Look, paint, showText } from '../text/paint.js'

/** What an answer about one environment leaves out. */
export const formatLiveElsewhere = (elsewhere: readonly LiveElsewhere[], look: Look): string =>
  elsewhere
    .map(({ environment, live }) => {
      const calls = live === 1 ? '1 call is live' : `${live} calls are live`
      const where =
        environment === undefined
          ? 'without `--env`'
          : `in the environment ${showText(environment)}: \`--env ${showText(environment)}\``
      return `${paint(look, 'yellow', `note: ${calls} ${where}.`)}\n`
    })
    .join('')

/** The same for machines; nothing where there are none. */
export const describeLiveElsewhere = (elsewhere: readonly LiveElsewhere[]): object =>
  elsewhere.length === 0 ? {} : { elsewhere }
