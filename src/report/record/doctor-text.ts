import type { Check, CheckDetail, CheckState } from '../../model/doctor.js'
import { plural } from '../../model/words/count.js'
import { type Color, hangText, type Look, paint, showText, wrapText } from '../text/paint.js'

const colors: Readonly<Record<CheckState, Color>> = {
  ok: 'green',
  warning: 'yellow',
  error: 'red',
  skipped: 'dim',
}
const stateWidth = 9
const nameWidth = 13
const margin = ' '.repeat(stateWidth)

/** A line for each check, what it found beneath, and a count. */
export function formatDoctor(checks: readonly Check[], look: Look): string {
  const lines = checks.map((check) => formatCheck(check, look))
  return `${lines.join('\n')}\n\n${formatVerdict(checks, look)}\n`
}

function formatCheck({ name, state, message, details = [], hint }: Check, look: Look): string {
  const head = paint(look, colors[state], state.padEnd(stateWidth)) + paint(look, 'bold', padName(name))
  const indent = margin + ' '.repeat(nameWidth)
  const wrap = (text: string): string =>
    wrapText(showText(text), look.columns - indent.length, '').replaceAll('\n', `\n${indent}`)
  return [
    head + wrap(message),
    ...formatDetails(details, look),
    ...(hint === undefined ? [] : [`${indent}${paint(look, 'cyan', wrap(hint))}`]),
  ].join('\n')
}

/** A name that fills its column is not glued to what follows. */
const padName = (name: string): string => `${name} `.padEnd(nameWidth)

const longestName = 30
const longestValue = 30

/** Names, values and origins side by side where they fit, else beneath one another. */
function formatDetails(details: readonly CheckDetail[], look: Look): readonly string[] {
  const fits = (text: string, most: number): number => (text.length <= most ? text.length : 0)
  const names = Math.max(0, ...details.map(({ name }) => fits(showText(name), longestName))) + 2
  const values = Math.max(0, ...details.map(({ value }) => fits(showText(value), longestValue))) + 2
  return details.map(({ name, value, origin = '' }) => {
    const parts = [showText(name), showText(value), showText(origin)] as const
    const fill = (text: string, width: number): string => `${text}  `.padEnd(width)
    const line = `${margin}${fill(parts[0], names)}${origin === '' ? parts[1] : fill(parts[1], values)}`
    if (line.length + parts[2].length <= look.columns) return line + paint(look, 'dim', parts[2])
    const [before, ...words] = [parts[0], ...parts[1].split(' ')]
    // A sentence is hung behind its name; what is copied has a line of its own.
    if (origin === '' && words.length > 1 && before.length <= longestName)
      return `${margin}${before}  ${hangText(parts[1], look, margin.length + before.length + 2)}`
    return formatStack(parts, look)
  })
}

function formatStack(parts: readonly [string, string, string], look: Look): string {
  const indent = `${margin}  `
  const [head, ...rest] = parts.map((part) =>
    wrapText(part, look.columns - indent.length, '').replaceAll('\n', `\n${indent}`),
  )
  return [`${margin}${head}`, ...rest.filter((part) => part !== '').map((part) => indent + part)].join('\n')
}

const countWords: Readonly<Record<CheckState, (count: number) => string>> = {
  error: (count) => plural(count, 'error'),
  warning: (count) => plural(count, 'warning'),
  skipped: (count) => `${count} skipped`,
  ok: (count) => `${count} ok`,
}

function formatVerdict(checks: readonly Check[], look: Look): string {
  const count = (state: CheckState): number => checks.filter((check) => check.state === state).length
  const parts = (['error', 'warning', 'skipped', 'ok'] as const)
    .filter((state) => count(state) > 0)
    .map((state) => paint(look, colors[state], countWords[state](count(state))))
  return `${plural(checks.length, 'check')}: ${parts.join(', ')}.`
}
