import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compileFiles, environment, type Files } from '../../helpers/workspace.js'

const where = suite('where')

const files = (text: string, more = ''): Files => ({
  'callctl.yaml': 'env: [TEAM]\n',
  'data/people.csv': 'id,team,on call\na,red,yes\nb,blue,No\n,,\nc,red,no\n',
  'calls/a.yaml': `data: { people: { file: ../data/people.csv } }
variables: { teams: { red: true, blue: false, a b: true } }
calls:
  "n-{{p.id}}":
    forEach: "{{people}}"
    as: p
    where: ${JSON.stringify(text)}
    ${more}
    call: { callbackUri: "https://b.example", subject: "{{p.id}} {{@index}}" }
`,
})

const namesOf = (text: string): readonly string[] => {
  const { payloads, diagnostics } = compileFiles(files(text))
  assert.equal(
    diagnostics.map(({ code }) => code).filter((code) => code !== 'variable/unused'),
    [],
  )
  return payloads.map(({ address }) => address)
}
const codesOf = (given: Files, values?: Parameters<typeof compileFiles>[1]): readonly string[] =>
  compileFiles(given, values)
    .diagnostics.map(({ code }) => code)
    .filter((code) => code !== 'variable/unused')

for (const [text, names] of [
  ['{{ne p.id ""}}', ['n-a', 'n-b', 'n-c']],
  ['{{eq p.team "red"}}', ['n-a', 'n-c']],
  ['{{bool (default p.[on call] "no")}}', ['n-a']],
  ['{{bool (default (get p "on call") "no")}}', ['n-a']],
  ['{{get teams p.team false}}', ['n-a', 'n-c']],
  ['{{and (ne p.id "") (not (eq p.team "red"))}}', ['n-b']],
  ['{{in p.id (split "a,c" ",")}}', ['n-a', 'n-c']],
] as const)
  where(`${text} chooses ${names.join(' ')}`, () => assert.equal(namesOf(text), names))

where('rows keep the place that they have in the list', () => {
  const { payloads } = compileFiles(files('{{eq p.id "c"}}'))
  assert.match(JSON.stringify(payloads[0]?.call), /c 3/)
})
where('nothing left is said', () =>
  assert.equal(codesOf(files('{{eq p.id "z"}}')), ['definition/empty-list']),
)
where('it is told at `where`, since the list itself has items', () => {
  const given = files('{{eq p.id "z"}}')
  const { range, message } = compileFiles(given).diagnostics.find(
    ({ code }) => code === 'definition/empty-list',
  )!
  assert.is(given['calls/a.yaml']!.slice(range!.start, range!.end), '"{{eq p.id \\"z\\"}}"')
  assert.match(message, '4 items')
})
for (const text of ['{{p.team}}', '{{p.id}}', 'x', '{{people}}'])
  where(`${text} is no boolean`, () => assert.ok(codesOf(files(text)).includes('key/type')))
where('text that spells a boolean is no boolean', () => {
  assert.ok(codesOf(files('{{p.[on call]}}')).includes('key/type'))
  assert.ok(codesOf(files('{{and p.[on call] true}}')).includes('expression/truth'))
})
where('the environment chooses which calls there are', () =>
  assert.ok(codesOf(files('{{eq p.team env.TEAM}}'), environment({ TEAM: 'red' })).includes('env/chooses')),
)
where('it goes with a list alone', () =>
  assert.equal(
    codesOf({
      'calls/a.yaml': 'calls: { a: { where: "{{eq 1 1}}", call: { callbackUri: "https://b.example" } } }\n',
    }),
    ['key/missing'],
  ),
)

const get = suite('get')
for (const [text, code] of [
  ['{{get teams "grey"}}', 'expression/arguments'],
  ['{{get teams "__proto__"}}', 'expression/arguments'],
  ['{{get people "red"}}', 'expression/arguments'],
  ['{{get teams 1}}', 'expression/arguments'],
] as const)
  get(`${text} is refused`, () => assert.ok(codesOf(files(text)).includes(code)))

where.run()
get.run()
