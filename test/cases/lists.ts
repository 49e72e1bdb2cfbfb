// B 16, 18, 22: lists, their columns and their rows.
import { type Case, type Given, list, rows, settings } from './case.js'

const two = ['page-adele', 'page-bert']
const people = (separator: string): string =>
  [
    ['id', 'name'],
    ['adele', 'Adele, A'],
    ['bert', 'Bert'],
  ]
    .map((row) => row.join(separator))
    .join('\n')
const utf16 = (text: string): Uint8Array => Buffer.from(`\ufeff${text}`, 'utf16le')

const forms: readonly (readonly [what: string, files: Given, gives: Case['gives']])[] = [
  ['semicolons, and no word of them', list(people(';')), { codes: ['data/csv'] }],
  ['semicolons', list(people(';'), 'name', ', separator: ";"'), { calls: two, value: 'Adele, A' }],
  ['tabs, and no word of them', list(people('\t')), { codes: ['data/csv'] }],
  ['tabs', list(people('\t'), 'name', ', separator: tab'), { calls: two, value: 'Adele, A' }],
  ['bars', list(people('|'), 'name', ', separator: "|"'), { calls: two, value: 'Adele, A' }],
  ['`sep=;`, and no word of them', list(`sep=;\n${people(';')}`), { codes: ['data/csv'] }],
  ['`sep=;`', list(`sep=;\n${people(';')}`, 'name', ', separator: ";"'), { calls: two, value: 'Adele, A' }],
  [
    '`sep=;` against the setting',
    list(`sep=;\n${people(';')}`, 'name', ', separator: tab'),
    { codes: ['data/csv'] },
  ],
  [
    '`#TYPE` of PowerShell',
    list('#TYPE System.Object\n"id","name"\n"adele","A"\n'),
    { calls: ['page-adele'], value: 'A' },
  ],
  ['UTF-16', list(utf16('id,name\nadele,Ådele\n')), { codes: ['file/encoding'] }],
  [
    'UTF-16 with tabs, as Excel writes Unicode text',
    list(utf16('id\tname\r\nadele\tA\r\n'), 'name', ', separator: tab'),
    { codes: ['file/encoding'] },
  ],
  ['Windows-1252', list(Buffer.from('id,name\nadele,Jos\xe9\n', 'latin1')), { codes: ['file/encoding'] }],
  ['rows of commas at the end', list('id,name\nadele,A\n,\n,\n'), { calls: ['page-adele'] }],
  ['a workbook', list(Buffer.from('PK\x03\x04\x14\x00\x06\x00\x08\x00', 'latin1')), { codes: ['data/csv'] }],
  [
    'a mark of UTF-8 before quotes',
    list('\ufeff"id","name"\nadele,A\n'),
    { calls: ['page-adele'], value: 'A' },
  ],
  [
    'commas behind the header and all rows',
    list('id,name,,\nadele,A,,\n'),
    { calls: ['page-adele'], value: 'A' },
  ],
  ['the same in quotes', list('"id","name",\n"adele","A",\n'), { calls: ['page-adele'], value: 'A' }],
  ['a comma behind each row alone', list('id,name\nadele,A,\nbert,B,\n'), { calls: two }],
  ['something below commas behind the header', list('id,name,\nadele,A,x\n'), { codes: ['data/csv'] }],
  ['a column of row numbers, without a name', list(',id,name\n0,adele,A\n'), { codes: ['data/csv'] }],
  ['a cell with a comma, bare', list('id,name\nadele,Adele, A\n'), { codes: ['data/csv'] }],
  ['a title above the header', list('On call this week\n\nid,name\nadele,A\n'), { codes: ['data/csv'] }],
  ['`"sep=;"`', list(`"sep=;"\n${people(';')}`, 'name', ', separator: ";"'), { calls: two }],
  ['UTF-16 without its mark', list(Buffer.from('id,name\nadele,A\n', 'utf16le')), { codes: ['data/csv'] }],
  [
    'a page that calls itself CSV',
    list('<html><table><tr><td>id</td></tr></table></html>'),
    { codes: ['data/csv'] },
  ],
  ['JSON that calls itself CSV', list('[{ "id": "adele", "name": "A" }]'), { codes: ['data/csv'] }],
  ['cards', list('BEGIN:VCARD\nFN:A\nEND:VCARD\n'), { codes: ['data/csv'] }],
  ['a workbook of old', list(Buffer.from('d0cf11e0a1b11ae1', 'hex')), { codes: ['file/encoding'] }],
  ['a packed list', list(Buffer.from('1f8b0800', 'hex')), { codes: ['file/encoding'] }],
  ['line ends of old Macs', list('id,name\radele,A\r'), { calls: ['page-adele'], value: 'A' }],
  ['one row twice', list('id,name\nadele,A\nadele,A\n'), { codes: ['definition/duplicate-name'] }],
  [
    'one id twice, in another letter case',
    list('id,name\nadele,A\nADELE,B\n'),
    { codes: ['definition/duplicate-name'] },
  ],
]

const named = (path: string, content: string | Uint8Array): Given => ({
  'callctl.yaml': settings,
  [path]: content,
  'calls/a.yaml': rows('subject: "{{p.name}}"').replace('data/l.csv', path),
})
const names: readonly Case[] = [
  {
    of: 'B 18',
    what: '`.CSV` in capitals',
    files: named('data/L.CSV', people(',').replace('Adele, A', 'A')),
    gives: { calls: two },
  },
  {
    of: 'B 18',
    what: '`.xlsx` by mistake',
    files: named('data/l.xlsx', 'PK'),
    gives: { codes: ['data/file'] },
  },
  {
    of: 'B 18',
    what: '`.tsv`, which has tabs',
    files: named('data/l.tsv', people('\t')),
    gives: { codes: ['data/file'] },
  },
]

const columns: readonly (readonly [header: string, expression: string, gives: Case['gives']])[] = [
  ['Display name', '{{p.[Display name]}}', { value: 'A' }],
  ['Phone 1 - Value', '{{p.[Phone 1 - Value]}}', { value: 'A' }],
  ['Phone [work]', "{{get p 'Phone [work]'}}", { value: 'A' }],
  ['E-mail', '{{p.E-mail}}', { value: 'A' }],
  ['Display name', '{{p.Display name}}', { codes: ['expression/unknown-helper'] }],
  ['Phone 1 - Value', '{{p.Phone 1 - Value}}', { codes: ['expression/unknown-helper'] }],
  ['Name (short)', '{{p.Name (short)}}', { codes: ['expression/unknown-helper'] }],
  ['Display name', '{{upper p.Display name}}', { codes: ['expression/arguments'] }],
  ['Display name', '{{default p.Display name}}', { codes: ['variable/undefined'] }],
  ['Display name', '{{upper p.[Display name]}}', { value: 'A' }],
  ['Display name', '{{p.[Display nam]}}', { codes: ['variable/undefined'] }],
  ['Display name', '{{p["Display name"]}}', { codes: ['expression/syntax'] }],
  ['Display name', '{{p."Display name"}}', { codes: ['expression/syntax'] }],
  ['Display name', '{{p.displayName}}', { codes: ['variable/undefined'] }],
  ['Tel. (private)', '{{p.[Tel. (private)]}}', { value: 'A' }],
  ['a.b', '{{p.[a.b]}}', { value: 'A' }],
  ['a.b', '{{p.a.b}}', { codes: ['variable/undefined'] }],
  ['Straße', '{{p.Straße}}', { value: 'A' }],
]

const chosen = (where: string, csv: string): Given => ({
  'callctl.yaml': settings,
  'data/l.csv': csv,
  'calls/a.yaml': rows('subject: x', { keys: `    where: ${where}\n` }),
})
const team = 'id,team,oncall\nadele,red,yes\nbert,blue,no\n'
const left: readonly (readonly [what: string, files: Given, gives: Case['gives']])[] = [
  ['`where` compares', chosen(`'{{eq p.team "red"}}'`, team), { calls: ['page-adele'] }],
  ['`where` reads a boolean', chosen(`'{{bool p.oncall}}'`, team), { calls: ['page-adele'] }],
  [
    '`where` leaves nobody',
    chosen(`'{{eq p.team "green"}}'`, team),
    { codes: ['definition/empty-list'], calls: [] },
  ],
  ['`where` that is text', chosen(`'{{p.oncall}}'`, team), { codes: ['key/type'] }],
  [
    'a value of a map by key',
    {
      ...chosen(`'{{eq p.team "red"}}'`, team),
      'calls/a.yaml': `variables: { bridges: { red: INC-1 } }\n${rows(`subject: '{{get bridges p.team}}'`, { keys: `    where: '{{eq p.team "red"}}'\n` })}`,
    },
    { calls: ['page-adele'], value: 'INC-1' },
  ],
]

export const casesOfLists: readonly Case[] = [
  ...columns.map(
    ([header, expression, gives]): Case => ({
      of: 'B 16',
      what: `\`${expression}\` of the column \`${header}\``,
      files: {
        'callctl.yaml': settings,
        'data/l.csv': `id,${header}\nadele,A\n`,
        'calls/a.yaml': rows(`subject: ${JSON.stringify(expression)}`),
      },
      gives,
    }),
  ),
  ...forms.map(([what, files, gives]): Case => ({ of: 'B 18', what, files, gives })),
  ...names,
  ...left.map(([what, files, gives]): Case => ({ of: 'B 22', what, files, gives })),
]
