import { formatCommand, hangCommand } from '../text/command-text.js'
import { type Look, showText, wrapText } from '../text/paint.js'

interface ShownEvidence {
  readonly attempt: string
  readonly number?: number
  readonly state: string
  readonly claimedAt?: string
  readonly status?: number
  readonly requestId?: string
  readonly callId?: string
  readonly named?: readonly string[]
  readonly sharedWith?: string
  readonly reason?: string
  readonly raw?: string
}

/** What is kept of an address's attempts, and what to type, with the options `words`, where an outcome is unknown. */
export function formatEvidence(
  { address, words }: { readonly address: string; readonly words: readonly string[] },
  evidence: readonly ShownEvidence[],
  look: Look,
): string {
  const blocks = evidence.map((each) => formatOne(each, look))
  const advice = evidence.some(({ state }) => isOpen(state))
    ? [formatAdvice(address, words, evidence, look)]
    : []
  return `${[showText(address), ...blocks, ...advice].join('\n')}\n`
}

const isOpen = (state: string): boolean => state === 'uncertain' || state === 'damaged'

function formatOne(evidence: ShownEvidence, look: Look): string {
  const { number, state, claimedAt, attempt, named, raw, reason } = evidence
  const head = [number === undefined ? 'elsewhere' : `attempt ${number}`, state, claimedAt].filter(Boolean)
  const rows = [
    ['attempt', attempt],
    ['status', evidence.status],
    ['request-id', evidence.requestId],
    ['call', evidence.callId],
    ['names', named?.join(', ')],
    ['which is', evidence.sharedWith],
    ['reason', reason],
    ['answer', raw],
  ] as const
  const lines = rows.flatMap(([name, value]) =>
    value === undefined || value === ''
      ? []
      : [`    ${name.padEnd(11)} ${wrapText(showText(String(value)), look.columns - 16, ' '.repeat(16))}`],
  )
  return [`  ${showText(head.join('  '))}`, ...lines].join('\n')
}

function formatAdvice(
  address: string,
  words: readonly string[],
  evidence: readonly ShownEvidence[],
  look: Look,
): string {
  const open = evidence.filter(({ state }) => isOpen(state))
  const ids = open.flatMap(({ named = [], callId }) => [...(callId === undefined ? [] : [callId]), ...named])
  const own = open.some(({ sharedWith }) => sharedWith !== undefined) ? [] : [...new Set(ids)]
  return [
    '  Look at who was rung, then one of:',
    ...resolveCommands(address, words, own).map((each) => `    ${hangCommand(each, look, 4)}`),
  ].join('\n')
}

/** What settles an unknown outcome, as it is typed; `words` are the options that lead to the same record. */
export function resolveCommands(
  address: string,
  words: readonly string[],
  ids: readonly string[] = [],
): readonly string[] {
  const command = (...more: readonly string[]): string => formatCommand('resolve', address, ...more, ...words)
  return [
    ...(ids.length === 0 ? ['CALL-ID'] : ids).map((id) =>
      // As a word of its own it would be an option.
      id.startsWith('-') ? command(`--placed=${id}`) : command('--placed', id),
    ),
    command('--not-placed'),
  ]
}
