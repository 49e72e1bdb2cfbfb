// B 15, 18, 23 and C 24, 26: what is said of a near miss, where, and what a code means.
import { stockTemplate } from '../helpers/callctl-workspace.js'
import type { RunCase } from './run.js'

const user = '0d5f9a3e-7c41-4b8e-8f26-1a90c7d3e501'
const settings = `version: 1
defaults:
  callbackUri: https://bot.contoso.com/callback
  mediaConfig: { "@odata.type": "#microsoft.graph.serviceHostedMediaConfig" }
`
const one = {
  'callctl.yaml': settings,
  'templates/p2p-voip.yaml': stockTemplate('p2p-voip'),
  'calls/a.yaml': `calls:\n  ping: { call: { targets: [{ identity: { user: { id: ${user} } } }] } }\n`,
}
const says = (of: string, words: string, exit: number, ...texts: readonly string[]): RunCase => ({
  of,
  what: `callctl ${words}`,
  files: one,
  steps: [words],
  exit,
  says: texts,
  placed: 0,
})

const list = (csv: string, call: string): Readonly<Record<string, string>> => ({
  'callctl.yaml': settings,
  'data/l.csv': csv,
  'calls/a.yaml': `data: { l: { file: ../data/l.csv } }\ncalls:\n  "page-{{p.id}}":\n    forEach: "{{l}}"\n    as: p\n    call: { targets: [{ identity: ${call} }] }\n`,
})
const placed = (of: string, what: string, files: RunCase['files'], ...texts: readonly string[]): RunCase => ({
  of,
  what,
  files,
  steps: ['validate'],
  exit: 4,
  says: texts,
})
const number = `{ phone: { id: "{{e164 p.v 'DE'}}" } }`

export const runsOfWords: readonly RunCase[] = [
  placed(
    'B 15',
    'a cell that is no number is named by its row',
    list('id,v\na,030 123456\nb,hello\n', number),
    'data/l.csv:3:3',
  ),
  placed(
    'B 15',
    'of two such cells both are',
    list('id,v\na,hello\nb,hello\n', number),
    'data/l.csv:2:3',
    'data/l.csv:3:3',
  ),
  placed(
    'B 15',
    'a cell that is no link, too',
    list('id,v\na,hello\n', `{ user: { id: "{{get (parseJoinUrl p.v) 'organizerId'}}" } }`),
    'data/l.csv:2:3',
  ),
  placed(
    'B 18',
    'a row that stands twice is told with both lines',
    list('id,v\na,1\nb,2\na,3\n', '{ user: { id: "{{p.v}}" } }'),
    'data/l.csv:2',
    'data/l.csv:4',
  ),
  says('B 23', 'apply --simulatr', 3, '--simulator'),
  says('B 23', 'apply -y', 3, '--yes'),
  says('B 23', 'apply --auto-approve', 3, '--yes'),
  says('B 23', 'apply --dry-run', 3, 'callctl plan'),
  says('B 23', 'destroy', 3, 'hangup'),
  says('B 23', 'aply', 3, 'apply'),
  says('B 23', 'plan --only pnig', 3, 'ping'),
  says('B 23', 'plan --only PNIG', 3, 'ping'),
  says('B 23', 'explain 7504x', 3),
  says('B 23', 'apply --simulator localhost:8000', 3, 'http://localhost:8000'),
  says('B 23', 'apply --simulator=localhost:8000', 3, 'http://localhost:8000'),
  says('B 23', 'apply --simulator 127.0.0.1:8000 --yes', 3, 'http://127.0.0.1:8000'),
  says('B 23', 'apply --dryrun', 3, 'callctl plan'),
  says('B 23', 'apply -WhatIf', 3, 'callctl plan'),
  says('B 23', 'apply -only ping', 3, '`--only`'),
  says('B 23', 'apply --only', 3, '`--only` needs a value'),
  says('B 23', 'apply --only --yes', 3, '`--only` needs a value'),
  says('B 23', 'apply --yes=true', 3, '`--yes` takes no value'),
  says('B 23', 'apply --force', 3, '--redial'),
  says('B 23', 'apply --parallelism 4', 3, '--concurrency'),
  says('B 23', 'apply --skip ping', 3, '--except'),
  says('B 23', 'plan --output p.json', 3, '--out'),
  says('B 23', 'plan --format json', 3, '--json'),
  says('B 23', 'compile --output dir', 3, '--out'),
  says('B 23', 'plan --var incident:INC-1', 3, '--var incident=INC-1'),
  says('B 23', 'plan --var incident', 3, '--var incident=VALUE'),
  says('B 23', 'plan ping', 3, '--only ping'),
  says('B 23', 'plan calls/a.yml', 3, 'calls/a.yaml'),
  says('B 23', 'plan call', 3, '`calls`'),
  says('B 23', 'rm', 3, 'forget'),
  says('B 23', 'logs', 3, 'audit'),
  says('B 23', 'force-unlock', 3, 'lock release'),
  says('B 23', 'lock unlock', 3, '`release`'),
  says('B 23', 'lock shwo', 3, '`show`'),
  says('B 23', 'mute ping', 3, 'call mute'),
  says('B 23', 'call ping mute', 3, 'call mute ping'),
  says('B 23', 'call inivte ping', 3, '`invite`'),
  says('B 23', 'template lst', 3, '`template list`'),
  says('B 23', 'completion bsh', 3, '`bash`'),
  says('B 23', '--env prod status', 3, 'callctl status --env'),
  says('B 23', '--verison', 3, '--version'),
  says('B 23', '-v', 3, '--version'),
  says('B 23', 'hangup all', 5, '--all'),
  says('B 23', 'hangup p*', 5, '--only'),
  says('B 23', 'status p*', 3, '--only'),
  says('B 23', 'audit ping', 3, '--evidence'),
  says('B 23', 'explain e146', 3, '`e164`'),
  says('B 23', 'explain p2p-viop', 3, '`p2p-voip`'),
  says('B 23', 'explain premium-number', 3, '`lint/premium-number`'),
  says('B 23', 'explain lint/premum-number', 3, '`lint/premium-number`'),
  ...[
    ...['500-7117', '500-7106', '500-7112', '500-3002', '500-1203002', '500-1203003', '400-2203'],
    ...['408-13025', '8506', '8523', '200-8515', '400-8508', '7503', '408-8537'],
  ].map((code) => says('C 26', `explain graph/${code}`, 0)),
  says('B 23', 'explain 7503', 3, 'graph/7503'),
  says('B 23', 'explain 408/8537', 3, 'graph/408-8537'),
  says('C 24', `call invite ping --user adele@contoso.com --yes`, 3),
  says('C 24', 'call invite ping --user +14255550100 --yes', 3),
  says('C 24', 'call transfer ping --user adele@contoso.com --yes', 3),
]
