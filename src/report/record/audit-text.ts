import type { AuditedAttempt, AuditLine } from '../../model/record/audit-line.js'
import { plural } from '../../model/words/count.js'
import { type Color, type Look, paint, showText, wrapText } from '../text/paint.js'
import { formatFields } from '../text/rows.js'

export function formatAudit(lines: readonly AuditLine[], look: Look): string {
  const blocks = lines.map((line) => `${formatAddress(line, look)}\n`)
  return `${blocks.join('')}${blocks.length === 0 ? '' : '\n'}${formatVerdict(lines, look)}\n`
}

function formatAddress({ address, attempts, isDouble }: AuditLine, look: Look): string {
  const mark = isDouble ? `  ${paint(look, 'red', 'RANG TWICE')}` : ''
  return [`${showText(address)}${mark}`, ...attempts.map((attempt) => formatAttempt(attempt, look))].join(
    '\n',
  )
}

const colors: Readonly<Record<string, Color>> = { uncertain: 'red', placed: 'green' }

function formatAttempt(attempt: AuditedAttempt, look: Look): string {
  const { state, callId, claimedAt, placedAt, endedAt, evidence, reason, by } = attempt
  const number = attempt.number === undefined ? 'elsewhere' : `attempt ${attempt.number}`
  const parts = [
    placedAt ?? claimedAt,
    callId,
    endedAt === undefined ? undefined : `ended ${endedAt}`,
    evidence === undefined ? undefined : `evidence ${evidence}`,
    by === undefined ? undefined : `by ${by}`,
    reason,
    attempt.isRedial ? 'with leave' : undefined,
    attempt.isForgotten ? 'forgotten' : undefined,
  ].filter((part) => part !== undefined)
  const shown =
    attempt.isInFlight === true ? 'in flight' : paint(look, colors[state] ?? 'dim', state.padEnd(9))
  return formatFields({ text: `  ${number.padEnd(10)}  ${shown}  `, width: 25 }, parts, look)
}

function formatVerdict(lines: readonly AuditLine[], look: Look): string {
  const count = lines.reduce((sum, { attempts }) => sum + attempts.length, 0)
  const doubles = lines.filter(({ isDouble }) => isDouble).map(({ address }) => showText(address))
  const uncertain = lines.filter(({ isUncertain }) => isUncertain).map(({ address }) => showText(address))
  const twice =
    doubles.length === 0
      ? 'No address was rung twice without leave.'
      : paint(look, 'red', wrapText(`Rung twice without leave: ${doubles.join(', ')}.`, look.columns, '  '))
  const unknown =
    uncertain.length === 0
      ? ''
      : `\n${paint(look, 'red', wrapText(`Outcome unknown: ${uncertain.join(', ')}.`, look.columns, '  '))}`
  return `${plural(lines.length, 'address', 'addresses')}, ${plural(count, 'attempt')}. ${twice}${unknown}`
}

/** The audit for machines. */
export const describeAudit = (lines: readonly AuditLine[]): object => ({
  rangTwice: lines.filter(({ isDouble }) => isDouble).map(({ address }) => address),
  uncertain: lines.filter(({ isUncertain }) => isUncertain).map(({ address }) => address),
  addresses: lines.map(({ address, attempts }) => ({ address, attempts })),
})
