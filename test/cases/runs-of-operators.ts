// E 31, 32, 34: at three in the morning. D 28, answers that are cut, has its table in cli/apply/hostile-answers.test.ts.
import { peerCalls, stockTemplate, userOf } from '../helpers/callctl-workspace.js'
import type { RunCase } from './run.js'

const names = ['page-1', 'page-2', 'page-3', 'page-10', 'bridge']
const apply = 'apply --yes --simulator SIMULATOR'
/** In order of placing: bridge, page-1, page-2, page-3, page-10. Two are lost, and one is refused. */
const faults = 'none=2x,lost-answer=1x,refuse=1x,lost-answer=1x'

const operator = (
  of: string,
  what: string,
  words: readonly string[],
  rest: Pick<RunCase, 'exit'> & Partial<RunCase>,
): RunCase => ({
  of,
  what,
  files: peerCalls(names),
  faults,
  steps: [apply, ...words.map((each) => `${each} --simulator SIMULATOR`)],
  ...rest,
})

const unknown: readonly RunCase[] = [
  operator('E 31', 'whom the unknown ones ring', ['status --state unknown'], {
    exit: 10,
    says: [userOf('page-2'), userOf('page-10')],
    hides: [userOf('page-1')],
  }),
  operator('E 31', 'the command to type for each', ['status --state unknown'], {
    exit: 10,
    says: ['callctl resolve page-2', 'callctl resolve page-10'],
  }),
  operator('E 31', 'after a lost answer, at once', [], { exit: 10, says: ['callctl resolve page-2'] }),
  operator('E 31', 'page-2 comes before page-10', ['status'], { exit: 10, says: [/page-2[\s\S]*page-10/] }),
  operator('E 31', 'none of them is placed again, and what was refused is', ['apply --yes', 'apply --yes'], {
    exit: 10,
    placed: 5,
  }),
  operator(
    'E 31',
    'many are settled with one reason',
    ['resolve --only page-* --not-placed --yes --reason "nobody rang"', 'status --state unknown'],
    { exit: 0, hides: [userOf('page-2')] },
  ),
  operator(
    'E 31',
    'resolve takes several addresses',
    ['resolve page-2 page-10 --not-placed --yes --reason none'],
    {
      exit: 0,
    },
  ),
  operator('E 31', 'status of what is refused', ['status --state failed'], { exit: 0, says: ['page-3'] }),
]

const patterns: readonly RunCase[] = [
  operator('E 34', 'hangup takes a pattern', ['hangup --only page-*', 'status --state live'], {
    exit: 0,
    says: ['bridge'],
    hides: ['page-1 '],
  }),
  operator('E 34', 'hangup of all but one', ['hangup --all --except bridge', 'status --state live'], {
    exit: 0,
    says: ['bridge'],
    hides: ['page-1 '],
  }),
  operator('E 34', 'a pattern that nothing matches', ['hangup --only pige-*'], {
    exit: 3,
    says: ['page-'],
  }),
]

const many = Array.from(
  { length: 300 },
  (_, index) => `oncall-of-the-incident-of-this-night-in-region-west-${index}`,
)
const limited: Readonly<Record<string, string>> = {
  ...peerCalls(many),
  'callctl.yaml':
    'version: 1\nlimits: { people: 10 }\ndefaults: { callbackUri: "https://bot.contoso.com/callback" }\n',
}
const shortReports: readonly RunCase[] = [
  {
    of: 'E 32',
    what: 'a limit says its sentence once for 300 calls',
    files: limited,
    steps: ['plan'],
    exit: 5,
    lines: 60,
  },
  {
    of: 'E 32',
    what: 'a blocked apply of 300 calls',
    files: limited,
    steps: [apply],
    exit: 5,
    lines: 60,
    placed: 0,
  },
  {
    of: 'E 32',
    what: 'addresses of 60 characters, at 80 columns',
    files: peerCalls(many.slice(0, 3)),
    steps: [apply, 'status --simulator SIMULATOR'],
    exit: 0,
    lines: 30,
    placed: 3,
  },
  {
    of: 'E 32',
    what: 'the same in an audit',
    files: peerCalls(many.slice(0, 3)),
    steps: [apply, 'audit --simulator SIMULATOR'],
    exit: 0,
    lines: 30,
  },
]

/** Of five calls with addresses of 60 characters, three are lost. */
const lost = (
  what: string,
  words: readonly string[],
  rest: Pick<RunCase, 'exit' | 'lines'> & Partial<RunCase>,
): RunCase => ({
  of: 'E 32',
  what,
  files: peerCalls(many.slice(100, 105)),
  faults: 'none=1x,lost-answer=2x,none=1x,lost-answer=1x',
  steps: [apply, ...words.map((each) => `${each} --simulator SIMULATOR`)],
  ...rest,
})
const lostReports: readonly RunCase[] = [
  lost('unknown outcomes of an apply, at 80 columns', [], { exit: 10, lines: 90, placed: 5 }),
  lost('unknown outcomes in a status', ['status --state unknown'], { exit: 10, lines: 45 }),
  lost('unknown outcomes in a plan: their sentence once', ['plan'], { exit: 10, lines: 30 }),
  lost('unknown outcomes in an audit', ['audit'], { exit: 10, lines: 40 }),
  lost('what is kept of one', [`resolve ${many[101]}`], { exit: 3, lines: 20 }),
  lost('many that are settled', ['resolve --only * --not-placed --yes'], {
    exit: 0,
    lines: 8,
    says: ['3 settled'],
  }),
]

const group: Readonly<Record<string, string>> = {
  ...peerCalls([]),
  'templates/group-call.yaml': stockTemplate('group-call'),
  'calls/calls.yaml': `calls:\n  group: { call: { tenantId: 72f988bf-86f1-41af-91ab-2d7cd011db47, mediaConfig: { "@odata.type": "#microsoft.graph.serviceHostedMediaConfig" }, targets: [${['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `{ identity: { user: { id: ${userOf(name)} } } }`).join(', ')}] } }\n`,
}
const counts: readonly RunCase[] = [
  {
    of: 'E 34',
    what: 'one person in two calls is one person',
    files: {
      ...peerCalls([]),
      'calls/calls.yaml': ['one', 'two']
        .map((name) => `  ${name}: { uses: p2p-voip, with: { userId: ${userOf('adele')} } }\n`)
        .join('')
        .replace(/^/, 'calls:\n'),
    },
    steps: ['plan'],
    exit: 0,
    says: ['1 person (2 rings)'],
  },
  {
    of: 'E 34',
    what: 'a new group call of six',
    files: group,
    steps: ['validate --strict'],
    exit: 4,
    says: ['lint/group-size'],
  },
]

export const runsOfOperators: readonly RunCase[] = [
  ...unknown,
  ...patterns,
  ...shortReports,
  ...lostReports,
  ...counts,
]
