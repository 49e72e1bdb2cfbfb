import type { Host } from '../../model/host.js'
import type { PlanReport } from '../../model/plan-report.js'
import { plural } from '../../model/words/count.js'
import { countCallees, formatRings } from '../../report/plan/callees-text.js'
import { paint } from '../../report/text/paint.js'
import type { Arguments } from './arguments.js'

/** How many would be rung, and what else is done. */
export interface Rings {
  /** Absent where nobody can be in it twice. */
  readonly plan?: PlanReport['plan']
  readonly totals: Pick<PlanReport['totals'], 'people' | 'numbers'> & {
    readonly actions?: PlanReport['totals']['actions']
  }
}

/** A person types how many will be rung. Where nobody can be asked, only `--yes` means yes. */
export async function confirm(report: Rings, args: Arguments, host: Host): Promise<boolean> {
  if (args.has('yes')) return true
  const { people, numbers } = report.totals
  const rings = people + numbers
  const look = host.terminal.stderr
  if (!host.terminal.isInteractive) {
    host.stderr.write(
      `${paint(look, 'red', 'Not confirmed')}: nothing was sent. Without a terminal, \`--yes\` confirms.\n`,
    )
    return false
  }
  const answer = await ask(
    `\nThis rings ${describeRings(report)}${describeMore(report)}. Type ${paint(look, 'bold', String(rings))} to go on: `,
    host,
  )
  if (answer?.trim() === String(rings)) return true
  // Nobody pressed Enter: the prompt's line is still open.
  const line = answer === undefined ? '\n' : ''
  host.stderr.write(`${line}${paint(look, 'yellow', 'Not confirmed')}: nothing was sent.\n`)
  return false
}

/** Who is in several calls is one person, and is rung as often. */
function describeRings({ plan, totals }: Rings): string {
  const callees = plan === undefined ? totals : countCallees(plan)
  const rings = totals.people + totals.numbers
  const times = callees.people + callees.numbers < rings ? `, ${rings} times in all` : ''
  return `${formatRings(callees)}${times}`
}

/** What the number to be typed does not say. */
function describeMore({ totals: { actions } }: Rings): string {
  const again = actions?.redial ?? 0
  const hangUps = actions?.['hang-up'] ?? 0
  const parts = [
    again > 0 ? `places ${plural(again, 'call')} again` : '',
    hangUps > 0 ? `hangs up ${plural(hangUps, 'other call')}` : '',
  ].filter((part) => part !== '')
  return parts.map((part) => `, ${part}`).join('')
}

/** An interrupt is no answer. */
async function ask(prompt: string, host: Host): Promise<string | undefined> {
  const controller = new AbortController()
  const stop = host.onInterrupt(() => controller.abort())
  try {
    const answer = await host.question(prompt, controller.signal)
    return controller.signal.aborted ? undefined : answer
  } finally {
    stop()
  }
}
