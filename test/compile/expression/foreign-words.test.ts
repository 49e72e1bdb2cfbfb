// What people write as in other languages, or as YAML does not read it: one complaint, which says what works instead.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compileFiles, type Files } from '../../helpers/workspace.js'

const test = suite('words of other languages')

const files = (lines: string, before = ''): Files => ({
  'callctl.yaml': 'tenantId: 6f0b1c2a-54d3-4c8e-9a71-2f3d5b7e9c10\nenv: [X]\n',
  'calls/a.yaml': `variables: { x: a, name: n, p: { Display name: A, "Phone 1 - Value": "1", "Phone [work]": "2", "E-mail": e, "Name (short)": s } }
${before}calls:
  ping:
    call:
      callbackUri: https://bot.contoso.com
      ${lines}
`,
})
const whole = (text: string): Files => ({ 'calls/a.yaml': text })

const cases: readonly (readonly [given: Files, code: string, hint: RegExp])[] = [
  [files(`subject: '{{ x | default "y" }}'`), 'expression/syntax', /\{\{default x "y"\}\}/],
  [files(`subject: "{{ x ?? 'y' }}"`), 'expression/unknown-helper', /\{\{default x 'y'\}\}/],
  [files(`subject: '{{ x || "y" }}'`), 'expression/syntax', /\{\{default x "y"\}\}/],
  [files(`subject: '{{ name | upper }}'`), 'expression/syntax', /\{\{upper name\}\}/],
  [files('subject: "{{ .Values.x }}"'), 'expression/syntax', /`\{\{x\}\}`/],
  [files('subject: "{{ .x }}"'), 'expression/syntax', /`\{\{x\}\}`/],
  [files('subject: "{{ $x }}"'), 'expression/syntax', /`\{\{x\}\}`/],
  [files(`subject: '{{#if x == "b"}}y{{/if}}'`), 'expression/syntax', /\(eq x "b"\)/],
  [files(`subject: '{{#if x != "b"}}y{{/if}}'`), 'expression/syntax', /\(ne x "b"\)/],
  [files(`subject: '{{#if x && name}}y{{/if}}'`), 'expression/syntax', /and/],
  [files("subject: '{{- if x }}y{{- end }}'"), 'expression/unknown-helper', /#if x/],
  [files("subject: '{{ if x }}y{{ end }}'"), 'expression/unknown-helper', /#if x/],
  [files("subject: '{{ x ? name : x }}'"), 'expression/unknown-helper', /#if x/],
  [files("subject: '{{ upper(name) }}'"), 'expression/syntax', /upper name/],
  [files("subject: '{{ x + name }}'"), 'expression/syntax', /side by side/],
  [files("subject: '{{default x “y”}}'"), 'expression/syntax', /Write `"`/],
  [files("subject: '{{default x ‘y’}}'"), 'expression/syntax', /Write `"`/],
  [files('subject: "$' + '{{ env.X }}"'), 'expression/syntax', /\{\{env\.X\}\}/],
  [files('subject: "for $' + '{{ secrets.X }}"'), 'expression/syntax', /\{\{env\.X\}\}/],
  [files('subject: "{{p.Display name}}"'), 'expression/unknown-helper', /\{\{p\.\[Display name\]\}\}/],
  [files('subject: "{{p.Phone 1 - Value}}"'), 'expression/unknown-helper', /p\.\[Phone 1 - Value\]/],
  [files('subject: "{{p.Name (short)}}"'), 'expression/unknown-helper', /p\.\[Name \(short\)\]/],
  [files(`subject: '{{p.Phone [work]}}'`), 'expression/unknown-helper', /\{\{get p "Phone \[work\]"\}\}/],
  [files('subject: "{{upper p.Display name}}"'), 'expression/arguments', /`p\.\[Display name\]`/],
  [files('subject: "{{#if p.Display name}}x{{/if}}"'), 'expression/arguments', /`p\.\[Display name\]`/],
  [
    files(`subject: "{{#if (eq p.Display name 'A')}}x{{/if}}"`),
    'expression/arguments',
    /`p\.\[Display name\]`/,
  ],
  [files('subject: "{{default p.Display name}}"'), 'variable/undefined', /`p\.\[Display name\]`/],
  [files('subject: "{{upper p.Display  name}}"'), 'expression/arguments', /`p\.\[Display {2}name\]`/],
  [files(`subject: "{{concat p.Phone 1 - Value 'x'}}"`), 'variable/undefined', /`p\.\[Phone 1 - Value\]`/],
  [files('subject: "{{upper p.Phone 1 - Value}}"'), 'expression/arguments', /`p\.\[Phone 1 - Value\]`/],
  [files('subject: "{{upper p.Name (short)}}"'), 'expression/unknown-helper', /`p\.\[Name \(short\)\]`/],
  [files('subject: "{{upper p.E-mail (uper x)}}"'), 'expression/unknown-helper', /`upper`/],
  [files('subject: Incident #2041'), 'yaml/cut-text', /quotes/],
  [files('subject: to everybody in #general'), 'yaml/cut-text', /quotes/],
  [
    files('mediaConfig:\n        "@odata.type": #microsoft.graph.serviceHostedMediaConfig\n      subject: x'),
    'yaml/cut-text',
    /quotes/,
  ],
  [files("subject: 'It's on fire'"), 'yaml/syntax', /twice/],
  [files('subject: "He said "hi" to me"'), 'yaml/syntax', /single quotes/],
  [files('subject: Ring: Adele'), 'yaml/syntax', /needs quotes/],
  [files('subject: a\n     targets: []'), 'yaml/syntax', /same column/],
  [whole('calls:\n  ping:\n    description: Ring: Adele\n    call: {}\n'), 'yaml/syntax', /needs quotes/],
  [whole('calls:\n  ping:\n   call:\n      subject: a\n    description: x\n'), 'yaml/syntax', /same column/],
  [whole('calls:\n  ping:\n\tcall: {}\n'), 'yaml/syntax', /spaces/],
  [
    whole(
      'variables: { l: [a] }\ncalls:\n  "n-{{p}}":\n    forEach: { $each: "{{l}}", $as: p, $do: "{{p}}" }\n    as: p\n    call: { callbackUri: https://b.example, subject: "{{p}}" }\n',
    ),
    'key/type',
    /as: p/,
  ],
  [
    whole(
      'variables: { l: [a] }\ncalls:\n  "n-{{p}}":\n    forEach:\n      $each: "{{l}}"\n      $as: p\n    call: { callbackUri: https://b.example, subject: "{{p}}" }\n',
    ),
    'key/type',
    /as: p/,
  ],
]

for (const [given, code, hint] of cases) {
  const shown = given['calls/a.yaml']!.split('callbackUri: https://bot.contoso.com\n').at(-1)!.trim()
  test(JSON.stringify(shown), () => {
    const found = compileFiles(given).diagnostics.filter((each) => each.code !== 'variable/unused')
    assert.equal(
      found.map((each) => each.code),
      [code],
    )
    assert.match(found[0]!.hint ?? '', hint)
  })
}

for (const line of [
  'subject: "Incident #2041"',
  'subject: Incident # a comment',
  'subject: Incident  #aligned',
  'subject: C#',
  'subject: "costs $' + '{{x}}"',
  'subject: “Hello”',
  "subject: '{{p.[Display name]}} {{p.E-mail}} {{p.[Phone 1 - Value]}}'",
  `subject: '{{get p "Phone [work]"}}'`,
  "subject: '{{p.[Phone [work\\]]}}'",
])
  test(`nothing is wrong with ${line}`, () => {
    const found = compileFiles(files(line)).diagnostics.filter((each) => each.code !== 'variable/unused')
    assert.equal(found, [])
  })

test.run()
