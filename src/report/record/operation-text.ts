import { maskNumber } from '../../model/mask.js'
import type {
  RecordedRing,
  RingOutcome,
  RingReport,
  SeenOperation,
  SeenParticipant,
  SeenRoutingGroup,
} from '../../model/operation.js'
import { plural } from '../../model/words/count.js'
import { formatRings } from '../plan/callees-text.js'
import { formatCommand } from '../text/command-text.js'
import { type Color, type Look, paint, showText, wrapText } from '../text/paint.js'

export interface ParticipantsReport {
  readonly address: string
  readonly participants: readonly SeenParticipant[]
  readonly showsPeople: boolean
}

export function formatParticipants(
  { address, participants, showsPeople }: ParticipantsReport,
  look: Look,
): string {
  const head = paint(look, 'bold', `${plural(participants.length, 'participant')} in ${showText(address)}.`)
  const lines = participants.map((each) => {
    const flags = [each.isMuted ? 'muted' : '', each.isInLobby ? 'in the lobby' : ''].filter(
      (flag) => flag !== '',
    )
    const more = flags.length === 0 ? '' : `\n      ${paint(look, 'yellow', flags.join(', '))}`
    return `  ${showText(each.id)}\n      ${showText(whoIs(each, showsPeople))}${more}`
  })
  return `${[head, ...(lines.length > 0 ? ['', ...lines] : [])].join('\n')}\n`
}

function whoIs({ name, identity, number }: SeenParticipant, showsPeople: boolean): string {
  if (showsPeople && name !== undefined) return name
  if (number !== undefined) return showsPeople ? number : maskNumber(number)
  return identity ?? 'somebody unknown'
}

/** Participants for machines: names and whole numbers only where they may be shown. */
export const describeParticipants = ({ address, participants, showsPeople }: ParticipantsReport): object => ({
  address,
  participants: participants.map(({ name, number, ...rest }) => ({
    ...rest,
    ...(showsPeople && name !== undefined && { name }),
    ...(number !== undefined && { number: showsPeople ? number : maskNumber(number) }),
  })),
})

/** Audio routing groups: who is heard by whom. */
export function formatRoutingGroups(
  address: string,
  groups: readonly SeenRoutingGroup[],
  look: Look,
): string {
  const head = paint(look, 'bold', `${plural(groups.length, 'audio routing group')} in ${showText(address)}.`)
  const lines = groups.flatMap(({ id, mode, sources, receivers }) => [
    '',
    `  ${showText(id)}  ${showText(mode)}`,
    ...sources.map((each) => `    heard    ${showText(each)}`),
    ...receivers.map((each) => `    hearing  ${showText(each)}`),
  ])
  return `${[head, ...lines].join('\n')}\n`
}

/** One line, and what Graph has to say besides. */
export function formatOperation(address: string, words: string, seen: SeenOperation, look: Look): string {
  const { id, status, result, completionReason } = seen
  const color: Color = status === 'failed' ? 'red' : 'green'
  const state = status === undefined ? '' : ` ${paint(look, color, status)}`
  const operation = id === undefined ? '' : `\n    operation ${showText(id)}`
  const details = [
    result?.code === undefined ? '' : `${result.code}/${result.subcode ?? 0}`,
    result?.message ?? '',
    completionReason ?? '',
  ].filter((text) => text !== '')
  const more =
    details.length === 0 ? '' : `\n    ${wrapText(showText(details.join(' ')), look.columns - 4, '    ')}`
  return `${showText(address)}: ${words}${state}${operation}${more}\n`
}

/** The same, and whether it may be said in full. */
export interface ShownRings extends RingReport {
  readonly showsPeople: boolean
}

const verbs = { invite: 'An invitation to', transfer: 'A transfer of' } as const

/** The roles that Graph's pages ask for; the token's roles were looked at when the call was placed. */
const permissions = { invite: 'Calls.InitiateGroupCall.All', transfer: 'Calls.Initiate.All' } as const

/** Who would be rung. */
export function formatRingPlan(report: ShownRings, look: Look): string {
  const { address, operation, people, numbers, destination, showsPeople } = report
  const rings = formatRings({ people: people.length, numbers: numbers.length })
  const head = `${verbs[operation]} ${showText(address)} would ring ${rings} through ${destination}.`
  const who = [
    ...people.map(({ id, name }) => showText(showsPeople ? (name ?? id) : id)),
    ...numbers.map(({ id, name }) => showText(showsPeople ? (name ?? id) : maskNumber(id))),
  ]
  return `${paint(look, 'bold', wrapText(head, look.columns, '  '))}

  ${wrapText(who.join(', '), look.columns - 2, '  ')}

${wrapText(`Permission needed: ${permissions[operation]}`, look.columns, '  ')}
`
}

/** What became of a ring, and what a person has to do now. */
export function formatRung(
  { address, operation }: Pick<RingReport, 'address' | 'operation'>,
  outcome: RingOutcome,
  { look, words }: { readonly look: Look; readonly words: readonly string[] },
): string {
  const name = showText(address)
  switch (outcome.kind) {
    case 'accepted': {
      const id =
        outcome.graphOperation === undefined
          ? ''
          : `  ${paint(look, 'dim', showText(outcome.graphOperation))}`
      return `${paint(look, 'green', 'accepted')}  ${operation} ${name}${id}\n`
    }
    case 'refused': {
      const text = `${operation} ${name}: ${outcome.status} ${outcome.code}: ${outcome.message}`
      return `${paint(look, 'red', 'refused ')}  ${wrapText(showText(text), look.columns - 10, ' '.repeat(10))}\n`
    }
    case 'not-sent': {
      const text = `${operation} ${name}: ${outcome.reason}`
      return `${paint(look, 'red', 'not sent')}  ${wrapText(showText(text), look.columns - 10, ' '.repeat(10))}\n`
    }
    case 'uncertain': {
      const text = `${operation} ${name}: ${outcome.reason}`
      const lead = `${paint(look, 'red', 'UNKNOWN ')}  ${wrapText(showText(text), look.columns - 10, ' '.repeat(10))}\n`
      return `${lead}\n${unknownAdvice(address, words, look)}\n`
    }
  }
}

/** `words` are the options that lead to the same record. */
export function unknownAdvice(address: string, words: readonly string[], look: Look): string {
  const advice =
    'Whether anybody was rung is not known, and it is never sent again by itself. Look at who was rung, then one of:'
  const lines = [paint(look, 'red', wrapText(advice, look.columns, '')), ...settleCommands(address, words)]
  return lines.join('\n  ')
}

export const settleCommands = (address: string, words: readonly string[]): readonly string[] =>
  ['--rang', '--not-rang'].map((ruling) => formatCommand('call', 'settle', address, ruling, ...words))

/** Every invitation and transfer that is recorded. */
export function formatRingList(rings: readonly RecordedRing[], look: Look): string {
  if (rings.length === 0) return 'No invitation or transfer is recorded.\n'
  const lines = rings.map((ring) => {
    const state = stateOf(ring)
    const color: Color = state === 'accepted' ? 'green' : state === 'UNKNOWN' ? 'red' : 'dim'
    const lead = `${paint(look, color, state.padEnd(8))}  ${showText(ring.address)}  ${ring.operation}`
    const times = `${showText(ring.claimedAt)}, ${plural(ring.rings, 'ring')}`
    const by = ring.operator === undefined ? '' : `, by ${showText(ring.operator)}`
    const once = ring.once === undefined ? '' : `, once ${showText(ring.once)}`
    return `${lead}\n    ${wrapText(`${times}${by}${once}`, look.columns - 4, '    ')}`
  })
  return `${lines.join('\n')}\n`
}

/** Rings for machines. */
export const describeRings = (rings: readonly RecordedRing[]): object => ({
  rings: rings.map(({ outcome, damage, ...claim }) => ({
    ...claim,
    state: outcome === undefined || damage !== undefined ? 'uncertain' : outcome.kind,
    ...(outcome !== undefined && { outcome }),
    ...(damage !== undefined && { damage }),
  })),
})

function stateOf({ outcome, damage }: RecordedRing): string {
  if (damage !== undefined || outcome === undefined || outcome.kind === 'uncertain') return 'UNKNOWN'
  return outcome.kind === 'not-sent' ? 'not sent' : outcome.kind
}
