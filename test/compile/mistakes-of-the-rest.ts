import type { Files } from '../helpers/workspace.js'
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
const templates = (texts: Readonly<Record<string, string>>, uses?: string): Files => ({
  ...Object.fromEntries(Object.entries(texts).map(([name, text]) => [`templates/${name}.yaml`, text])),
  'calls/a.yaml': uses === undefined ? 'calls: {}\n' : `calls: { a: { uses: ${uses} } }\n`,
})
const secrets = (call: string, variables = ''): Files =>
  calls(`${variables}calls:\n  a: { call: { ${callback}, ${call} } }\n`, {
    'callctl.yaml': 'env: [{ name: TOKEN, secret: true }]\n',
  })
const subject = (text: string): Files =>
  calls(`calls:\n  a: { call: { ${callback}, subject: ${text} } }\n  b: { ${body} }\n`)
const settings = (text: string): Files => calls('calls: {}\n', { 'callctl.yaml': text })

const mistakesOfTemplates: readonly Mistake[] = [
  ['a template that extends itself', templates({ t: 'extends: t\ncall: {}\n' }, 't'), 'template/cycle', 't'],
  [
    'a circle of three',
    templates({ r: 'extends: s\n', s: 'extends: t\n', t: 'extends: r\n' }, 't'),
    'template/cycle',
    'r',
  ],
  [
    'a parent that does not exist',
    templates({ base: body, t: 'extends: bse\n' }, 't'),
    'template/unknown',
    'bse',
    'hint',
  ],
  ['a parent that is a list', templates({ t: 'extends: [base]\n' }, 't'), 'key/type', '[base]'],
  [
    'a parent with a mistake',
    templates({ base: 'call: { subject: "{{nme}}" }\n', t: 'extends: base\n', u: 'extends: base\n' }, 't'),
    'variable/undefined',
    'nme',
  ],
  [
    'a variable that no child reads either',
    templates({ base: `variables: { v: { type: string, default: x } }\n${body}\n`, t: 'extends: base\n' }),
    'variable/unused',
    'v',
    'hint',
  ],
  [
    'an inherited variable that nothing gives a value',
    templates(
      { base: `variables: { v: {} }\ncall: { ${callback}, subject: "{{v}}" }\n`, t: 'extends: base\n' },
      't',
    ),
    'variable/missing',
    't',
    'hint',
  ],
  [
    'a secret that is no boolean',
    templates({ t: `variables: { v: { secret: yes } }\ncall: { subject: "{{v}}" }\n` }),
    'key/type',
    'yes',
  ],
]

const mistakesOfLists: readonly Mistake[] = [
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
    calls(`variables: { l: [1] }\ncalls:\n  "a{{upper}}": { forEach: "{{l}}", as: upper, ${body} }\n`),
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
    '"n-{{p.id}}"',
    'hint',
  ],
  [
    'a name that is the same for every row',
    rows(body, people, 'same'),
    'definition/duplicate-name',
    '"same"',
    'hint',
  ],
  ['a row whose name is no name', rows(body, 'id,name\n1 2,Ada\n'), 'definition/name', '"n-{{p.id}}"'],
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
  ],
  ['a list in a file of another kind', data('{ file: ../data/l.xlsx }'), 'data/file', '../data/l.xlsx'],
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
  ['a column without a name', data(list, 'id,,x\n1,2,3\n'), 'data/csv', ''],
  ['a column that stands twice', data(list, 'id,id\n1,2\n'), 'data/csv', 'id'],
  ['a column named `__proto__`', data(list, 'id,__proto__\n1,2\n'), 'data/csv', '__proto__'],
  ['a row with too few cells', data(list, 'id,name\n1,a\n2\n'), 'data/csv', '2'],
  ['a row with too many cells', data(list, 'id,name\n1,a,b\n'), 'data/csv', '1'],
  ['a quote that is not closed', data(list, 'id,name\n1,"a\n2,b\n'), 'data/csv', '1,"a'],
  ['a quote inside a cell', data(list, 'id,name\n1,a"b\n'), 'data/csv', '1,a"b'],
  ['text after a quote', data(list, 'id,name\n1,"a"b\n'), 'data/csv', '1,"a"b'],
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
  ['YAML with a key that stands twice', file('l.yaml', '- { a: 1, a: 2 }\n'), 'yaml/duplicate-key', 'a'],
  ['YAML that ends too early', file('l.yaml', '- [1, 2\n'), 'yaml/syntax', ''],
  [
    'a phone number without quotes',
    file('l.yaml', '- { phone: +14255550117 }\n'),
    'yaml/unquoted-number',
    '+14255550117',
    'hint',
  ],
]

const mistakesOfSecrets: readonly Mistake[] = [
  ['a secret in a helper', secrets("subject: '{{upper env.TOKEN}}'"), 'secret/place', 'env.TOKEN'],
  ['a secret compared', secrets('subject: \'{{eq env.TOKEN "x"}}\''), 'secret/place', 'env.TOKEN'],
  [
    'a secret looked through',
    secrets("subject: '{{#each env.TOKEN}}x{{/each}}'"),
    'secret/place',
    'env.TOKEN',
  ],
  [
    'a secret in the variable of a file',
    secrets("subject: '{{s}}'", 'variables: { s: "x{{env.TOKEN}}" }\n'),
    'secret/place',
    '"x{{env.TOKEN}}"',
    'hint',
  ],
  [
    'a secret for a variable that is none',
    {
      'callctl.yaml': 'env: [{ name: TOKEN, secret: true }]\n',
      'templates/t.yaml': `variables: { s: { type: string } }\ncall: { ${callback}, subject: "{{s}}" }\n`,
      'calls/a.yaml': 'calls: { a: { uses: t, with: { s: "{{env.TOKEN}}" } } }\n',
    },
    'secret/place',
    '"{{env.TOKEN}}"',
    'hint',
  ],
  ['a name of the environment that is none', settings('env: [{ name: A-B }]\n'), 'key/type', '{ name: A-B }'],
  ['a misspelt `secret`', settings('env: [{ name: A, secrt: true }]\n'), 'key/unknown', 'secrt', 'hint'],
  ['text that looks like a secret', subject('"(secret TOKEN)"'), 'secret/place', '"(secret TOKEN)"', 'hint'],
]

const mistakesOfReferences: readonly Mistake[] = [
  [
    'a call that is not there',
    subject('"{{calls.bb.id}}"'),
    'reference/unknown',
    '"{{calls.bb.id}}"',
    'hint',
  ],
  ['a call that needs itself', subject('"{{calls.a.id}}"'), 'reference/cycle', 'a'],
  ['inside text', subject('"x{{calls.b.id}}"'), 'reference/place', 'calls.b.id', 'hint'],
  ['in a helper', subject('"{{upper calls.b.id}}"'), 'reference/place', 'calls.b.id', 'hint'],
  ['another property', subject('"{{calls.b.subject}}"'), 'reference/place', 'calls.b.subject', 'hint'],
  ['no property', subject('"{{calls.b}}"'), 'reference/place', 'calls.b', 'hint'],
]

const mistakesOfSettings: readonly Mistake[] = [
  [
    'a lint that does not exist',
    settings('lints: { lint/no-medai: off }\n'),
    'key/unknown',
    'lint/no-medai',
    'hint',
  ],
  [
    'an error that cannot be turned off',
    settings('lints: { variable/undefined: off }\n'),
    'key/unknown',
    'variable/undefined',
  ],
  [
    'a severity of another word',
    settings('lints: { lint/no-media: warning }\n'),
    'key/type',
    'warning',
    'hint',
  ],
  ['an environment with a blank', settings('environments: { "a b": {} }\n'), 'key/type', '"a b"'],
  ['an environment that is text', settings('environments: { a: b }\n'), 'key/type', 'b'],
  [
    'an environment of an environment',
    settings('environments: { a: { environments: {} } }\n'),
    'key/unknown',
    'environments',
  ],
  [
    'a version in an environment',
    settings('environments: { a: { version: 1 } }\n'),
    'key/unknown',
    'version',
  ],
]

/** What is wrong with parents, lists, data, secrets, references and environments. */
export const mistakesOfTheRest: readonly Mistake[] = [
  ...mistakesOfTemplates,
  ...mistakesOfLists,
  ...mistakesOfData,
  ...mistakesOfSecrets,
  ...mistakesOfReferences,
  ...mistakesOfSettings,
]
