import type { Files } from '../../helpers/workspace.js'
import type { Mistake } from './mistake.js'

const callback = 'callbackUri: https://bot.example/cb'
const body = `call: { ${callback} }`
const calls = (text: string, more: Files = {}): Files => ({ ...more, 'calls/a.yaml': text })
const list = '{ file: ../data/l.csv }'
const people = 'id,name\n1,Ada\n2,Bob\n'

/** A definition for each row of a list, given as CSV. */
const rows = (definition: string, csv = people, name = 'n-{{p.id}}'): Files =>
  calls(`data: { l: ${list} }\ncalls:\n  "${name}": { forEach: "{{l}}", as: p, ${definition} }\n`, {
    'data/l.csv': csv,
  })
const data = (path: string, text?: string): Files =>
  calls(
    `data: { l: ${path} }\ncalls: { a: { call: { ${callback}, subject: '{{json l}}' } } }\n`,
    text === undefined ? {} : { 'data/l.csv': text },
  )
const file = (name: string, text: string): Files =>
  calls(
    `data: { l: { file: ../data/${name} } }\ncalls: { a: { call: { ${callback}, subject: '{{json l}}' } } }\n`,
    { [`data/${name}`]: text },
  )
const mistakesOfForEach: readonly Mistake[] = [
  ['`forEach` without `as`', calls(`calls:\n  a: { forEach: "{{l}}", ${body} }\n`), 'key/missing', 'forEach'],
  ['`as` without `forEach`', calls(`calls:\n  a: { as: p, ${body} }\n`), 'key/missing', 'as'],
  [
    '`forEach` over text',
    calls(`variables: { l: x }\ncalls:\n  "a{{p}}": { forEach: "{{l}}", as: p, ${body} }\n`),
    'key/type',
    '"{{l}}"',
  ],
  [
    '`forEach` that is written out',
    calls(`calls:\n  a: { forEach: [1], as: p, ${body} }\n`),
    'key/type',
    '[1]',
  ],
  [
    '`forEach` over nothing known',
    calls(`calls:\n  "a{{p}}": { forEach: "{{l}}", as: p, ${body} }\n`),
    'variable/undefined',
    'l',
  ],
  [
    '`as` that means something else',
    calls(`variables: { l: [1] }\ncalls:\n  "a{{@index}}": { forEach: "{{l}}", as: upper, ${body} }\n`),
    'variable/reserved',
    'upper',
  ],
  [
    'a column that the table does not have',
    rows(`call: { ${callback}, subject: "{{p.nam}}" }`),
    'variable/undefined',
    'p.nam',
    'hint',
  ],
  [
    'a column that the table does not have, in a name',
    rows(body, people, 'n-{{p.ident}}'),
    'variable/undefined',
    'p.ident',
    'hint',
  ],
  [
    'two rows with the same name',
    rows(body, 'id,name\n1,Ada\n1,Bob\n'),
    'definition/duplicate-name',
    '1',
    'hint',
  ],
  [
    'a name that is the same for every row',
    rows(body, people, 'same'),
    'definition/duplicate-name',
    '"same"',
    'hint',
  ],
  ['a row whose name is no name', rows(body, 'id,name\n1 2,Ada\n'), 'definition/name', '1 2', 'hint'],
  [
    'a loop variable outside of a loop',
    calls(`calls:\n  "a{{@index}}": { ${body} }\n`),
    'variable/undefined',
    '@index',
  ],
  ['`oncePer` that is empty', calls(`calls:\n  a: { oncePer: "", ${body} }\n`), 'definition/name', '""'],
  [
    '`oncePer` with parentheses',
    calls(`calls:\n  a: { oncePer: "(x)", ${body} }\n`),
    'definition/name',
    '"(x)"',
  ],
  [
    '`oncePer` that is too long',
    calls(`calls:\n  a: { oncePer: ${'x'.repeat(129)}, ${body} }\n`),
    'definition/name',
    'x'.repeat(129),
  ],
  [
    '`oncePer` that renders to a list',
    calls(`variables: { l: [1] }\ncalls:\n  a: { oncePer: "{{l}}", ${body} }\n`),
    'definition/name',
    '"{{l}}"',
  ],
  ['`oncePer` that is a number', calls(`calls:\n  a: { oncePer: 5, ${body} }\n`), 'key/type', '5'],
  [
    '`movedFrom` that is no address',
    calls(`calls:\n  a: { movedFrom: "/x", ${body} }\n`),
    'definition/name',
    '"/x"',
  ],
  [
    '`onChange` of another word',
    calls(`calls:\n  a: { onChange: redail, ${body} }\n`),
    'key/type',
    'redail',
    'hint',
  ],
]

const mistakesOfData: readonly Mistake[] = [
  ['a list out of the workspace', data('{ file: ../../l.csv }'), 'data/file', '../../l.csv'],
  ['a list by its absolute path', data('{ file: /etc/hosts.csv }'), 'data/file', '/etc/hosts.csv'],
  ['a list by its path on Windows', data('{ file: "C:/l.csv" }'), 'data/file', '"C:/l.csv"'],
  [
    'a list with backslashes',
    data(String.raw`{ file: '..\data\l.csv' }`),
    'data/file',
    String.raw`'..\data\l.csv'`,
    'hint',
  ],
  [
    'a list in a file of another kind',
    data('{ file: ../data/l.xlsx }'),
    'data/file',
    '../data/l.xlsx',
    'hint',
  ],
  ['a hidden list', data('{ file: ../data/.l.csv }'), 'data/file', '../data/.l.csv'],
  ['a list in a hidden folder', data('{ file: ../.git/l.json }'), 'data/file', '../.git/l.json'],
  [
    '`untracked` that is no boolean',
    data('{ file: ../data/l.csv, untracked: "true" }', people),
    'key/type',
    '"true"',
  ],
  ['a list that is only a path', data('../data/l.csv'), 'data/file', '../data/l.csv'],
  ['a list that is not there', data(list), 'file/unreadable', '../data/l.csv'],
  ['a misspelt `file`', data('{ fil: ../data/l.csv }', people), 'key/unknown', 'fil', 'hint'],
  [
    'a name that means something else',
    calls(`data: { this: ${list} }\ncalls: {}\n`, { 'data/l.csv': people }),
    'variable/reserved',
    'this',
  ],
  [
    'a list that nothing reads',
    calls(`data: { l: ${list} }\ncalls: { a: { ${body} } }\n`, { 'data/l.csv': people }),
    'variable/unused',
    'l',
    'hint',
  ],
  ['an empty file', data(list, ''), 'data/csv', ''],
  ['a column without a name', data(list, 'id,,x\n1,2,3\n'), 'data/csv', '', 'hint'],
  ['a column that stands twice', data(list, 'id,id\n1,2\n'), 'data/csv', 'id', 'hint'],
  ['a column named `__proto__`', data(list, 'id,__proto__\n1,2\n'), 'data/csv', '__proto__'],
  ['a row with too few cells', data(list, 'id,name\n1,a\n2\n'), 'data/csv', '2'],
  ['a row with too many cells', data(list, 'id,name\n1,a,b\n'), 'data/csv', '1', 'hint'],
  ['a quote that is not closed', data(list, 'id,name\n1,"a\n2,b\n'), 'data/csv', '"a', 'hint'],
  ['a quote inside a cell', data(list, 'id,name\n1,a"b\n'), 'data/csv', '1,a"b', 'hint'],
  ['text after a quote', data(list, 'id,name\n1,"a"b\n'), 'data/csv', '1,"a"b', 'hint'],
  ['JSON without an end', file('l.json', '[1, 2'), 'data/json', ''],
  ['JSON with a comma too many', file('l.json', '[1, 2,]'), 'data/json', ']'],
  ['JSON with a comment', file('l.json', '[1] // one\n'), 'data/json', '/'],
  ['JSON with a word', file('l.json', '[1, yes]'), 'data/json', 'y'],
  [
    'JSON with `__proto__`',
    file('l.json', '[{ "a": { "__proto__": 1 } }]'),
    'yaml/forbidden-key',
    '"__proto__"',
  ],
  ['JSON that is too deep', file('l.json', '['.repeat(70) + ']'.repeat(70)), 'yaml/too-deep', '['],
  [
    'YAML with a key that stands twice',
    file('l.yaml', '- { a: 1, a: 2 }\n'),
    'yaml/duplicate-key',
    'a',
    'hint',
  ],
  ['YAML that ends too early', file('l.yaml', '- [1, 2\n'), 'yaml/syntax', '\n'],
  [
    'a phone number without quotes in a list',
    file('l.yaml', '- { phone: +14255550117 }\n'),
    'yaml/unquoted-number',
    '+14255550117',
    'hint',
  ],
]

const numbers = (count: number): string =>
  `id\n${Array.from({ length: count }, (_, index) => `${index}\n`).join('')}`

const mistakesOfSize: readonly Mistake[] = [
  [
    'calls that each loop over a long list many times',
    calls(
      `data: { l: ${list}, few: { file: ../data/few.csv } }\ncalls:\n  "a-{{f.id}}":\n    forEach: "{{few}}"\n    as: f\n    call: { callbackUri: https://bot.example/cb, subject: "${'{{#each l}}{{/each}}'.repeat(30)}" }\n`,
      { 'data/l.csv': numbers(15_000), 'data/few.csv': numbers(40) },
    ),
    'limit/steps',
    '"a-{{f.id}}"',
    'hint',
  ],
]

/** What is wrong with `forEach`, `oncePer`, and the lists that definitions read. */
export const mistakesOfLists: readonly Mistake[] = [
  ...mistakesOfForEach,
  ...mistakesOfData,
  ...mistakesOfSize,
]
