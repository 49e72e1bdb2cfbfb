import type { EarlierAttempt, Entry, Lockfile } from '../../model/record/lockfile.js'

const propertyOrder = [
  'state',
  'callId',
  'digest',
  'foldedDigest',
  'attempt',
  'endpoint',
  'cloud',
  'tenantId',
  'placedAt',
  'endedAt',
  'requestId',
  'callChainId',
  'evidence',
  'witness',
  'redial',
  'reason',
  'attempts',
]

/** The one normal form: sorted by code units, a property a line, a blank line between entries for git's merges. */
export function formatLockfile(lockfile: Lockfile): string {
  const { lockfileVersion, lineage, record, calls, forgotten, ...unknown } = lockfile
  const properties = [
    `"lockfileVersion": ${lockfileVersion}`,
    `"lineage": ${JSON.stringify(lineage)}`,
    ...(record === undefined ? [] : [`"record": ${formatValue(record, '  ')}`]),
    `"calls": ${formatByAddress(calls, orderEntry)}`,
    ...(forgotten === undefined ? [] : [`"forgotten": ${formatByAddress(forgotten, orderForgotten)}`]),
    ...Object.entries(unknown).map(([key, value]) => `${JSON.stringify(key)}: ${formatValue(value, '  ')}`),
  ]
  return `{\n  ${properties.join(',\n  ')}\n}\n`
}

function formatByAddress<Value>(
  byAddress: Readonly<Record<string, Value>>,
  order: (value: Value) => object,
): string {
  const addresses = Object.keys(byAddress).sort()
  if (addresses.length === 0) return '{}'
  const entries = addresses.map(
    (address) => `    ${JSON.stringify(address)}: ${formatValue(order(byAddress[address]!), '    ')}`,
  )
  return `{\n${entries.join(',\n\n')}\n  }`
}

/** JSON text holds line breaks only between its parts, never inside a string. */
const formatValue = (value: unknown, indent: string): string =>
  JSON.stringify(value, null, 2).replaceAll('\n', `\n${indent}`)

function orderEntry(entry: Entry): object {
  const { attempts, ...rest } = entry
  return orderProperties(attempts === undefined ? rest : { ...rest, attempts: attempts.map(orderProperties) })
}

const orderForgotten = (attempts: readonly EarlierAttempt[]): object => attempts.map(orderProperties)

function orderProperties(attempt: Readonly<Record<string, unknown>> | EarlierAttempt): object {
  const known = propertyOrder.filter((key) => attempt[key] !== undefined).map((key) => [key, attempt[key]])
  return { ...Object.fromEntries(known), ...attempt }
}
