import type { Host } from '../../model/host.js'
import type { LiveElsewhere } from '../../model/record/live-elsewhere.js'
import { formatLiveElsewhere } from '../../report/record/live-elsewhere-text.js'

/** Says on stderr which other environments have live calls. */
export const tellElsewhere = (elsewhere: readonly LiveElsewhere[], { stderr, terminal }: Host): void =>
  stderr.write(formatLiveElsewhere(elsewhere, terminal.stderr))
