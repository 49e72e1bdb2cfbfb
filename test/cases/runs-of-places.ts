// A 5, 12 and D 29, E 33: files of a near name, files of other people, packages, saved plans.
import { stockTemplate } from '../helpers/callctl-workspace.js'
import type { RunCase } from './run.js'

const settings = `version: 1
defaults:
  callbackUri: https://bot.contoso.com/callback
  tenantId: 72f988bf-86f1-41af-91ab-2d7cd011db47
`
const user = '0d5f9a3e-7c41-4b8e-8f26-1a90c7d3e501'
const one = {
  'callctl.yaml': settings,
  'templates/p2p-voip.yaml': stockTemplate('p2p-voip'),
  'calls/a.yaml': `calls:\n  ping: { uses: p2p-voip, with: { userId: ${user} } }\n`,
}
const { 'callctl.yaml': _settings, ...withoutSettings } = one

const near: readonly RunCase[] = [
  ...['callctl.yml', '.callctl.yaml', 'Callctl.yaml', 'callctl.json', 'callctl.yaml.txt', 'callctl.YAML'],
  ...['callctl-config.yaml', '.callctl.json', 'callctl.toml'],
].map(
  (path): RunCase => ({
    of: 'A 5',
    what: `settings in ${path} are refused`,
    files: { ...withoutSettings, [path]: settings },
    steps: ['validate'],
    exit: 3,
    says: [path],
  }),
)

const foreign: readonly RunCase[] = [
  ['compile --out .', 'package.json'],
  ['plan --out package.json', 'package.json'],
  ['diff --out calls/a.yaml', 'calls/a.yaml'],
  ['plan --out callctl.yaml', 'callctl.yaml'],
  ['compile --out calls', 'calls/a.yaml'],
  ['plan --out calls.lock.json', 'calls.lock.json'],
].map(
  ([words, path]): RunCase => ({
    of: 'A 12',
    what: `callctl ${words} leaves ${path}`,
    files: {
      ...one,
      'package.json': '{ "name": "theirs" }\n',
      ...(path === 'calls.lock.json' && {
        [path]: '{ "lockfileVersion": 1, "lineage": "57dab8b1-894c-409a-b240-bd8beae78896", "calls": {} }\n',
      }),
    },
    steps: [words!],
    exit: 3,
    keeps: [path!],
  }),
)

const templates: readonly RunCase[] = [
  {
    of: 'D 29',
    what: 'the stock templates are named',
    files: {},
    steps: ['template list'],
    exit: 0,
    says: ['p2p-voip', 'join-by-link', 'group'],
  },
  {
    of: 'D 29',
    what: 'one is shown',
    files: {},
    steps: ['template show p2p-pstn'],
    exit: 0,
    says: ['phoneNumber'],
  },
  {
    of: 'D 29',
    what: 'a near name is told',
    files: {},
    steps: ['template show p2p-psnt'],
    exit: 3,
    says: ['p2p-pstn'],
  },
]

const saved: readonly RunCase[] = [
  {
    of: 'E 33',
    what: 'a plan is saved, and what was reviewed is sent',
    files: one,
    steps: ['plan --out p.json --simulator SIMULATOR', 'apply p.json --yes --simulator SIMULATOR'],
    exit: 0,
    placed: 1,
  },
  {
    of: 'E 33',
    what: 'a saved plan is sent once',
    files: one,
    steps: [
      'plan --out p.json --simulator SIMULATOR',
      'apply p.json --yes --simulator SIMULATOR',
      'apply p.json --yes --simulator SIMULATOR',
    ],
    exit: 6,
    placed: 1,
  },
  {
    of: 'E 33',
    what: '--except leaves one out',
    files: { ...one, 'calls/b.yaml': one['calls/a.yaml'].replace('ping', 'pong') },
    steps: ['apply --yes --except pong --simulator SIMULATOR'],
    exit: 0,
    placed: 1,
  },
]

export const runsOfPlaces: readonly RunCase[] = [...near, ...foreign, ...templates, ...saved]
