import type { CallResult, Ticket } from '../../model/run.js'
import { plural } from '../../model/words/count.js'
import { type Look, paint, showText, wrapText } from '../text/paint.js'
import { type Explanation, explainAnswer } from './explain-graph.js'

type Ticketed = CallResult & { readonly ticket: Ticket }

/** What Graph's refusals and failures mean, each once, with the ids of the first for a support ticket. */
export function formatTickets(results: readonly CallResult[], look: Look): readonly string[] {
  const groups = new Map<string, Ticketed[]>()
  for (const result of results) {
    if (result.ticket === undefined) continue
    const { kind, ticket } = result
    const key = `${kind} ${describeAnswer(ticket)}`
    groups.set(key, [...(groups.get(key) ?? []), { ...result, ticket }])
  }
  return [...groups.values()].map((group) => formatGroup(group, look))
}

const verbs: Readonly<Partial<Record<CallResult['kind'], string>>> = {
  refused: 'refused',
  uncertain: 'unknown',
  'hang-up-failed': 'not hung up',
}

function formatGroup(group: readonly Ticketed[], look: Look): string {
  const { kind, address, ticket } = group[0]!
  const title = `${plural(group.length, 'call')} ${verbs[kind] ?? kind}: ${formatMeaning(group[0]!)}`
  const others = group.length > 1 ? `, one of ${group.length}; --json has all` : ''
  const lead = paint(look, 'red', wrapText(title, look.columns, '  '))
  return [lead, ...formatAdvice(ticket, showText(address) + others, look)].join('\n')
}

/** Of one operation on a live call: what the answer means, and its ids for a support ticket. */
export function formatOperationTicket(address: string, ticket: Ticket, look: Look): string {
  const found = explainAnswer(ticket)
  const lead =
    found === undefined ? [] : [`  ${wrapText(`${found.code}: ${found.meaning}`, look.columns - 2, '  ')}`]
  return `${[...lead, ...formatAdvice(ticket, showText(address), look)].join('\n')}\n`
}

function formatAdvice(ticket: Ticket, about: string, look: Look): readonly string[] {
  const { cause, fix } = explainAnswer(ticket) ?? {}
  const texts = [cause, fix].filter((text) => text !== undefined)
  return [
    ...texts.map((text) => `  ${wrapText(text, look.columns - 2, '  ')}`),
    paint(look, 'dim', `  ${wrapText(`For a support ticket (${about}):`, look.columns - 2, '  ')}`),
    ...formatTicket(ticket),
  ]
}

function formatMeaning({ kind, ticket }: Ticketed): string {
  const { status } = ticket
  // The number is no error that a page explains: what came with it is.
  if (kind === 'uncertain' && status !== undefined && status >= 200 && status < 300)
    return `the answer was ${status}, without an id that is this call’s own`
  const found = explainAnswer(ticket)
  if (found !== undefined) return `${found.code}: ${found.meaning}`
  const answer = describeAnswer(ticket)
  return answer === '' ? 'no answer came' : `${answer}, which callctl does not know`
}

const describeAnswer = ({ status, code }: Ticket): string =>
  [status, code].filter((part) => part !== undefined).join(' ')

/** Names of headers and claims as Microsoft's support knows them. */
function formatTicket(ticket: Ticket): readonly string[] {
  const { time, request, cloud, tenantId, requestId, clientRequestId, scenarioId } = ticket
  const rows = [
    ['time (UTC)', time],
    ['request', `${request}${cloud === 'global' ? '' : ` (${cloud})`}`],
    ['answer', describeAnswer(ticket) || 'none'],
    ['request-id', requestId],
    ['client-request-id', clientRequestId],
    ['Scenario-Id', scenarioId],
    ['tenant', tenantId],
  ] as const
  return rows.flatMap(([name, value]) =>
    value === undefined ? [] : [`    ${name.padEnd(18)} ${showText(value)}`],
  )
}

/** Fields of a result event: what the answer means, where callctl knows. */
export function describeMeaning({ ticket }: CallResult): {
  readonly explanation?: Explanation
} {
  const explanation = ticket && explainAnswer(ticket)
  return explanation === undefined ? {} : { explanation }
}

/** The same for programs, of one operation on a live call. */
export function describeTicket(ticket: Ticket): object {
  const explanation = explainAnswer(ticket)
  return { ticket, ...(explanation !== undefined && { explanation }) }
}
