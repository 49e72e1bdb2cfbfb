import type { EarlierAttempt, Entry, Lockfile } from '../model/lockfile.js'

const propertyOrder = [
  'state',
  'callId',
  'digest',
  'attempt',
  'endpoint',
  'cloud',
  'tenantId',
  'placedAt',
  'endedAt',
  'requestId',
  'callChainId',
  'evidence',
  'reason',
  'attempts',
]

/** The one normal form: sorted by code units, a property a line, a blank line between entries for git's merges. */
export function formatLockfile(lockfile: Lockfile): string {
  const { lockfileVersion, lineage, calls, ...unknown } = lockfile
  const properties = [
    `"lockfileVersion": ${lockfileVersion}`,
    `"lineage": ${JSON.stringify(lineage)}`,
    `"calls": ${formatCalls(calls)}`,
    ...Object.entries(unknown).map(([key, value]) => `${JSON.stringify(key)}: ${formatValue(value, '  ')}`),
  ]
  return `{\n  ${properties.join(',\n  ')}\n}\n`
}

function formatCalls(calls: Lockfile['calls']): string {
  const addresses = Object.keys(calls).sort()
  if (addresses.length === 0) return '{}'
  const entries = addresses.map((address) => {
    const entry = calls[address]
    return `    ${JSON.stringify(address)}: ${formatValue(entry && orderEntry(entry), '    ')}`
  })
  return `{\n${entries.join(',\n\n')}\n  }`
}

/** JSON text holds line breaks only between its parts, never inside a string. */
const formatValue = (value: unknown, indent: string): string =>
  JSON.stringify(value, null, 2).replaceAll('\n', `\n${indent}`)

function orderEntry(entry: Entry): object {
  const { attempts, ...rest } = entry
  return orderProperties(attempts === undefined ? rest : { ...rest, attempts: attempts.map(orderProperties) })
}

function orderProperties(attempt: Readonly<Record<string, unknown>> | EarlierAttempt): object {
  const known = propertyOrder.filter((key) => attempt[key] !== undefined).map((key) => [key, attempt[key]])
  return { ...Object.fromEntries(known), ...attempt }
}
