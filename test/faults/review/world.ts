// What a repository of calls holds, as plain data, and what its files look like. The model and the files are made from
// the same data, so that the model need not read what the product reads.

import { stockTemplate } from '../../helpers/callctl-workspace.js'

export interface DefinedCall {
  readonly name: string
  /** Index of the person that it rings; see `idOf`. Undefined rings whoever the variable `who` names. */
  readonly person?: number
  readonly movedFrom?: string
  readonly redials?: true
  /** Rings another person where the environment has the variable WHO. */
  readonly byEnvironment?: true
}

export interface State {
  readonly calls: readonly DefinedCall[]
  /** A list: each is a call `row-ID`. */
  readonly rows: readonly number[]
  /** The person of the variable `who`, by environment; `default` without one. */
  readonly who: Readonly<Record<string, number>>
  readonly limits: Readonly<Record<string, number>>
  /** Names of environment variables that expressions may read. */
  readonly env: readonly string[]
  /** The template rings this person, whatever the definition says. */
  readonly templatePerson?: number
  /** The list is a link to another list, of these: an error, for a list is read from a file of its own. */
  readonly linkedRows?: readonly number[]
}

export const environments = ['default', 'staging'] as const
export type EnvironmentName = (typeof environments)[number]

export const lockfileOf = (environment: EnvironmentName): string =>
  environment === 'default' ? 'calls.lock.json' : `calls.${environment}.lock.json`

export const idOf = (person: number): string =>
  `00000000-0000-4000-8000-${person.toString(16).padStart(12, '0')}`

/** Whom the variable WHO of the operator's environment names. */
export const whoOfOperator = 900

export const rowName = (person: number): string => `row-${idOf(person).slice(-4)}`

/** Nobody is rung by such a revision. */
export const isBroken = ({ linkedRows }: State): boolean => linkedRows !== undefined

/** A person of the list is told by a column of its own, so that an address follows the person. */
export function listCalls(state: State, environment: EnvironmentName): ReadonlyMap<string, number> {
  const calls = new Map<string, number>()
  if (isBroken(state)) return calls
  const ring = (name: string, person: number) => calls.set(name, state.templatePerson ?? person)
  for (const { name, person, byEnvironment } of state.calls) {
    ring(name, byEnvironment ? whoOfOperator : (person ?? state.who[environment] ?? state.who['default']!))
  }
  for (const person of state.rows) ring(rowName(person), person)
  return calls
}

/** Files by path; a link is its target behind `link:`. */
export function filesOf(state: State): Readonly<Record<string, string>> {
  return {
    'callctl.yaml': settingsOf(state),
    'templates/p2p-voip.yaml': templateOf(state),
    'calls/calls.yaml': JSON.stringify({ calls: Object.fromEntries(state.calls.map(definitionOf)) }, null, 2),
    'calls/rows.yaml': rowsFile,
    ...(state.linkedRows === undefined
      ? { 'data/people.csv': csvOf(state.rows) }
      : { 'data/people.csv': 'link:others.csv', 'data/others.csv': csvOf(state.linkedRows) }),
  }
}

const rowsFile = `data: { people: { file: ../data/people.csv } }
calls:
  "row-{{p.short}}":
    forEach: "{{people}}"
    as: p
    uses: p2p-voip
    with: { userId: "{{p.id}}" }
`

const csvOf = (rows: readonly number[]): string =>
  `id,short\n${rows.map((person) => `${idOf(person)},${idOf(person).slice(-4)}\n`).join('')}`

function settingsOf({ who, limits, env }: State): string {
  const variablesOf = (environment: string) => ({ who: idOf(who[environment] ?? who['default']!) })
  const limitsOf = (environment: string) =>
    limits[environment] === undefined ? {} : { limits: { people: limits[environment] } }
  const staging = { variables: variablesOf('staging'), ...limitsOf('staging') }
  return JSON.stringify(
    {
      version: 1,
      env,
      defaults: { callbackUri: 'https://bot.contoso.com/callback' },
      variables: variablesOf('default'),
      ...limitsOf('default'),
      environments: { staging },
    },
    null,
    2,
  )
}

const templateOf = ({ templatePerson }: State): string => {
  const text = stockTemplate('p2p-voip')
  return templatePerson === undefined ? text : text.replaceAll('{{userId}}', idOf(templatePerson))
}

function definitionOf({ name, person, movedFrom, redials, byEnvironment }: DefinedCall): [string, object] {
  const fixed = person === undefined ? '{{who}}' : idOf(person)
  const userId = byEnvironment ? `{{default env.WHO "${idOf(person ?? 1)}"}}` : fixed
  return [
    name,
    {
      uses: 'p2p-voip',
      with: { userId },
      ...(movedFrom !== undefined && { movedFrom }),
      ...(redials && { onChange: 'redial' }),
    },
  ]
}
