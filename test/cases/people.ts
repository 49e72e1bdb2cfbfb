// A 1, 3, 4, 5, 9: who is rung.
import { type Case, call, cell, ids, rows, settings, subject, user } from './case.js'

const truth: readonly Case[] = [
  ...[
    'true',
    'false',
    'no',
    '0',
    'No',
    'OFF',
    ' yes',
    'Faux',
    '0.0',
    '1.0',
    '"false"',
    '=FALSE()',
    'no.',
    '\u200bfalse',
  ].map(
    (spelled): Case => ({
      of: 'A 1',
      what: `a cell \`${spelled}\` is asked whether it is true`,
      files: cell(spelled, '{{#if p.v}}x{{/if}}'),
      gives: { codes: ['expression/truth'] },
    }),
  ),
  {
    of: 'A 1',
    what: '`$if` over a cell `no`',
    files: {
      ...cell('no', ''),
      'calls/a.yaml': rows('subject: { $if: "{{p.v}}", $then: x, $else: y }'),
    },
    gives: { codes: ['expression/truth'] },
  },
  {
    of: 'A 1',
    what: 'a quoted boolean of YAML',
    files: subject(`'{{#if (and v true)}}x{{/if}}'`, 'variables: { v: "No" }\n'),
    gives: { codes: ['expression/truth'] },
  },
  {
    of: 'A 1',
    what: 'an environment variable `0`',
    files: subject(`'{{#unless (default env.FLAG "")}}x{{/unless}}'`),
    environment: { FLAG: '0' },
    gives: { codes: ['expression/truth'] },
  },
  {
    of: 'A 1',
    what: 'a boolean of JSON in quotes',
    files: {
      ...cell('', ''),
      'data/l.json': '[{ "id": "adele", "v": "false" }]',
      'calls/a.yaml': rows('subject: "{{not p.v}}"').replace('l.csv', 'l.json'),
    },
    gives: { codes: ['expression/truth'] },
  },
  ...[
    ['no', 'no one'],
    ['TRUE', 'rung'],
    ['Off', 'no one'],
    ['Vrai', 'rung'],
  ].map(
    ([spelled, value]): Case => ({
      of: 'A 1',
      what: `\`bool\` reads ${spelled}`,
      files: cell(spelled!, '{{#if (bool p.v)}}rung{{else}}no one{{/if}}'),
      gives: { value: value! },
    }),
  ),
  {
    of: 'A 1',
    what: '`eq` compares it',
    files: cell('false', '{{#if (eq p.v "true")}}rung{{else}}no one{{/if}}'),
    gives: { value: 'no one' },
  },
  {
    of: 'A 1',
    what: '`bool` refuses other words',
    files: cell('perhaps', '{{#if (bool p.v)}}x{{/if}}'),
    gives: { codes: ['expression/arguments'] },
  },
  {
    of: 'A 1',
    what: 'other text keeps counting as true',
    files: cell('Nora', '{{#if p.v}}x{{/if}}'),
    gives: { value: 'x' },
  },
  ...['1.5', '00', 'north', 'not on call', 'on-call'].map(
    (text): Case => ({
      of: 'A 1',
      what: `a cell \`${text}\` spells no boolean`,
      files: cell(text, '{{#if p.v}}x{{/if}}'),
      gives: { value: 'x' },
    }),
  ),
]

const named = (name: string): Case['files'] => ({
  'callctl.yaml': settings,
  'data/l.csv': 'id\nadele\nbert\n',
  'calls/a.yaml': rows('subject: "{{p.id}}"').replace('"page-{{p.id}}"', JSON.stringify(name)),
})
const positions: readonly Case[] = [
  ...['page-{{@index}}', 'page-{{#if @first}}a{{else}}b{{/if}}', 'page-{{@index}}{{#if @last}}z{{/if}}'].map(
    (name): Case => ({
      of: 'A 3',
      what: `calls that \`${name}\` tells apart`,
      files: named(name),
      gives: { codes: ['lint/name-by-position'] },
    }),
  ),
  {
    of: 'A 3',
    what: 'a position beside what stays with the row',
    files: named('page-{{@index}}-{{p.id}}'),
    gives: { calls: ['page-0-adele', 'page-1-bert'] },
  },
]

const nobody: readonly Case[] = [
  ['an empty id', `targets: [${user('')}]`, ['payload/empty-callee']],
  ['an id of blanks', `targets: [${user('  ')}]`, ['payload/empty-callee']],
  ['no id', 'targets: [{ identity: { user: { displayName: Adele } } }]', ['payload/empty-callee']],
  [
    'an empty number',
    `source: { identity: { applicationInstance: { id: ${ids.diego} } } }, targets: [{ identity: { phone: { id: "" } } }]`,
    ['payload/empty-callee'],
  ],
  ['an empty list of targets', 'targets: []', ['lint/nobody']],
  ['neither targets nor a meeting', 'subject: hi', ['lint/nobody']],
  ['targets that are null', 'targets: null, subject: hi', undefined],
].map(
  ([what, body, codes]): Case => ({
    of: 'A 4',
    what: String(what),
    files: call(String(body)),
    gives: { codes: (codes as readonly string[] | undefined) ?? ['schema/type'] },
  }),
)

const leftOut: readonly Case[] = [
  {
    of: 'A 4',
    what: 'a row of commas rings nobody',
    files: {
      ...cell('', ''),
      'data/l.csv': 'id,v\nadele,A\n,\n',
      'calls/a.yaml': rows('subject: "{{p.v}}"').replace('page-{{p.id}}', 'page-{{@index}}{{p.id}}'),
    },
    gives: { calls: ['page-0adele'] },
  },
  {
    of: 'A 4',
    what: '`$if` around a whole call leaves it out, in words',
    files: {
      'callctl.yaml': settings,
      'calls/a.yaml': `calls:\n  ping: { call: { $if: false, $then: { targets: [${user()}] } } }\n`,
    },
    gives: { codes: ['definition/left-out'], calls: [] },
  },
  {
    of: 'A 4',
    what: 'a list without rows',
    files: { ...cell('', ''), 'data/l.csv': 'id,v\n', 'calls/a.yaml': rows('subject: "{{p.v}}"') },
    gives: { codes: ['definition/empty-list'], calls: [] },
  },
]

const near: readonly Case[] = [
  ...['calls/A.YAML', 'calls/b.json', 'calls/c.yml', 'templates/t.yml', 'templates/T.YAML'].map(
    (path): Case => ({
      of: 'A 5',
      what: `${path} is not read, and that is said`,
      files: { ...subject('x'), [path]: 'calls: {}\n' },
      gives: { codes: ['file/extension'], calls: ['ping'] },
    }),
  ),
]

const zones: readonly Case[] = [
  ['2026-12-15T17:00:00Z', 'America/Vancouver', '10:00'],
  ['2026-07-15T17:00:00Z', 'America/Vancouver', '10:00'],
  ['2027-01-15T12:00:00Z', 'America/Winnipeg', '07:00'],
].map(
  ([at, zone, value]): Case => ({
    of: 'A 9',
    what: `${at} in ${zone}, on every Node`,
    files: subject(`'{{formatDate "${at}" "HH:mm" "${zone}"}}'`),
    gives: { value: value! },
  }),
)

export const casesOfPeople: readonly Case[] = [
  ...truth,
  ...positions,
  ...nobody,
  ...leftOut,
  ...near,
  ...zones,
]
