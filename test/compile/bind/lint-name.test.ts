import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compileLinted } from '../../helpers/workspace.js'

const test = suite('lint-name')

const complaintsAbout = (name: string, more = ''): readonly string[] =>
  compileLinted({
    'calls/a.yaml': `variables: { people: [{ id: a, urgent: true }, { id: b, urgent: false }] }
calls:
  ${JSON.stringify(name)}:
    forEach: "{{people}}"
    as: p
${more}    call: { subject: "{{p.id}}" }
`,
  })
    .diagnostics.filter(({ code }) => code === 'lint/name-by-position')
    .map(({ severity }) => severity)

for (const name of [
  'page-{{@index}}',
  'page-{{#if @first}}a{{else}}b{{/if}}',
  'page-{{#if p.urgent}}u{{else}}n{{/if}}-{{@index}}',
  'page-{{concat "x" @index}}',
]) {
  test(`${name} tells calls apart by their place`, () => {
    assert.equal(complaintsAbout(name), ['warning'])
  })
}

for (const name of ['page-{{p.id}}', 'page-{{@index}}-{{p.id}}', 'page-{{upper p.id}}']) {
  test(`${name} tells them apart by what they are`, () => {
    assert.equal(complaintsAbout(name), [])
  })
}

test('a value of the row in oncePer tells them apart, too', () => {
  assert.equal(complaintsAbout('page-{{@index}}', '    oncePer: "{{p.id}}"\n'), [])
  assert.equal(complaintsAbout('page-{{@index}}', '    oncePer: INC-1\n'), ['warning'])
})

test('its severity is the team’s', () => {
  const { diagnostics } = compileLinted({
    'callctl.yaml': 'lints: { lint/name-by-position: off }\n',
    'calls/a.yaml':
      'calls:\n  "page-{{@index}}":\n    forEach: "{{list}}"\n    as: p\n    call: { subject: x }\nvariables: { list: [1, 2] }\n',
  })
  assert.not(diagnostics.some(({ code }) => code === 'lint/name-by-position'))
})

test.run()
