// A 2, 3, 11, 13, 14: nobody is rung a second time, and nothing is forgotten in silence.
import { stockTemplate } from '../helpers/callctl-workspace.js'
import type { RunCase } from './run.js'

const settings = `version: 1
defaults:
  callbackUri: https://bot.contoso.com/callback
  tenantId: 72f988bf-86f1-41af-91ab-2d7cd011db47
`
const apply = 'apply --yes --simulator SIMULATOR'
const template = { 'templates/p2p-voip.yaml': stockTemplate('p2p-voip') }
const id = (letter: string): string => `${letter}d5f9a3e-7c41-4b8e-8f26-1a90c7d3e501`

/** A call for each row, under a name made of it. */
const people = (
  ids: readonly string[],
  name = 'notify-{{p.id}}',
  keys = '',
): Readonly<Record<string, string>> => ({
  'callctl.yaml': settings,
  ...template,
  'data/l.csv': ['id', ...ids].join('\n'),
  'calls/a.yaml': `data: { l: { file: ../data/l.csv } }\ncalls:\n  "${name}": { forEach: "{{l}}", as: p, ${keys}uses: p2p-voip, with: { userId: "{{p.id}}" } }\n`,
})
const rows = (ids: readonly string[]) => ({ 'data/l.csv': ['id', ...ids].join('\n') })
const [a, b, c, x] = [id('a'), id('b'), id('c'), id('f')] as const

const spellings: readonly RunCase[] = [
  {
    of: 'A 2',
    what: 'the list comes again with ids in capitals',
    files: people([a, b]),
    steps: [apply, rows([a.toUpperCase(), b.toUpperCase()]), apply],
    exit: 0,
    placed: 2,
  },
  {
    of: 'A 2',
    what: 'the list comes again with one id in capitals, and a new one',
    files: people([a, b]),
    steps: [apply, rows([a, b.toUpperCase(), c]), apply],
    exit: 0,
    placed: 3,
  },
  {
    of: 'A 2',
    what: 'an occasion in another letter case',
    files: people([a], 'notify-{{p.id}}', 'oncePer: "{{incident}}", '),
    steps: [
      { 'callctl.yaml': `${settings}variables: { incident: INC-1 }\n` },
      apply,
      { 'callctl.yaml': `${settings}variables: { incident: inc-1 }\n` },
      apply,
    ],
    exit: 0,
    placed: 1,
  },
  {
    of: 'A 2',
    what: 'a call by name that only the letter case changed',
    files: people([a], 'Notify-{{p.id}}'),
    steps: [apply, people([a], 'notify-{{p.id}}'), apply],
    exit: 0,
    placed: 1,
  },
]

const positions: readonly RunCase[] = [
  {
    of: 'A 3',
    what: 'somebody is put in front of a list whose names are positions',
    files: people([a, b, c], 'page-{{@index}}'),
    steps: [apply, rows([x, a, b, c]), apply],
    exit: 5,
    placed: 3,
  },
  {
    of: 'A 3',
    what: 'somebody is left out of it',
    files: people([a, b, c], 'page-{{@index}}'),
    steps: [apply, rows([b, c, x]), apply],
    exit: 0,
    placed: 3,
  },
  {
    of: 'A 3',
    what: 'two change their places',
    files: people([a, b], 'page-{{@index}}'),
    steps: [apply, rows([b, a]), apply],
    exit: 0,
    placed: 2,
  },
]

const occasions: readonly RunCase[] = [
  {
    of: 'A 11',
    what: '--prune leaves the live call of another occasion',
    files: people([a], 'bridge-{{p.id}}', 'oncePer: "{{incident}}", '),
    steps: [
      { 'callctl.yaml': `${settings}variables: { incident: INC-2 }\n` },
      apply,
      { 'callctl.yaml': `${settings}variables: { incident: INC-3 }\n` },
      apply,
      `${apply} --prune`,
      'status --json --simulator SIMULATOR',
    ],
    exit: 0,
    placed: 2,
    says: ['@INC-2', '@INC-3'],
    hides: ['"ended"'],
  },
]

const told: readonly RunCase[] = [
  ...['x', '+14255550100', 'adele@contoso.com', 'adele-2@contoso.com', 'tel:+1-425-555-0100', 'no id'].map(
    (text): RunCase => ({
      of: 'A 13',
      what: `import takes no ${text}`,
      files: people([a]),
      steps: [`import "${text}" --as notify-${a} --simulator SIMULATOR`],
      exit: 3,
      placed: 0,
    }),
  ),
  {
    of: 'A 13',
    what: 'import asks for a call that is not there',
    files: people([a]),
    steps: [`import 57dab8b1-894c-409a-b240-bd8beae78896 --as notify-${a} --simulator SIMULATOR`],
    exit: 5,
    placed: 0,
  },
]

/** Where nothing is, nothing is all right. */
const nowhere: readonly RunCase[] = [
  ...['status', 'status --json', 'status --state live', 'hangup --all', 'hangup --only *', 'hangup ping'],
  ...['audit', 'audit --evidence ping', 'lock show', 'lock verify', 'lock rebuild', 'lock release'],
  ...['call rings', 'call get ping', 'call settle ping --rang', 'forget ping'],
  ...['resolve ping --not-placed', 'resolve --only * --not-placed'],
].map(
  (words): RunCase => ({
    of: 'A 14',
    what: `${words} in an empty folder`,
    files: {},
    steps: [words],
    exit: 3,
  }),
)

const environments = `${settings}environments: { prod: {}, staging: {} }\n`
const elsewhere: readonly RunCase[] = [
  ...(
    [
      ['status', 0],
      ['status --state live', 0],
      ['hangup --all', 0],
      ['hangup --only n*', 3],
      ['audit', 0],
      ['lock show', 0],
      ['lock verify', 0],
      ['call rings', 0],
      [`hangup notify-${a}`, 5],
      [`status notify-${a}`, 3],
      [`call get notify-${a}`, 3],
      [`call settle notify-${a} --rang`, 3],
      [`forget notify-${a}`, 3],
      [`resolve notify-${a} --not-placed`, 3],
      ['resolve --only n* --not-placed', 3],
      [`audit --evidence notify-${a}`, 3],
    ] as const
  ).map(
    ([words, exit]): RunCase => ({
      of: 'A 14',
      what: `${words}, and the environment is forgotten`,
      files: { ...people([a]), 'callctl.yaml': environments },
      steps: [`${apply} --env prod`, `${words} --simulator SIMULATOR`],
      exit,
      placed: 1,
      says: ['1 call is live', '--env prod'],
    }),
  ),
  {
    of: 'A 14',
    what: 'status of one environment, and another one has what is live',
    files: { ...people([a]), 'callctl.yaml': environments },
    steps: [apply, 'status --env staging --simulator SIMULATOR'],
    exit: 0,
    says: ['without `--env`'],
  },
  {
    of: 'A 14',
    what: 'one environment has a call whose outcome is unknown',
    files: { ...people([a]), 'callctl.yaml': environments },
    faults: 'lost-answer=1x',
    steps: [`${apply} --env prod`, 'status --simulator SIMULATOR'],
    exit: 0,
    says: ['--env prod'],
  },
]

export const runsOfRecord: readonly RunCase[] = [
  ...spellings,
  ...positions,
  ...occasions,
  ...told,
  ...nowhere,
  ...elsewhere,
]
