// B 15, 20, 21: words that are right elsewhere, values that a helper cannot read, a tenant that is said once.

import { stockTemplate } from '../helpers/callctl-workspace.js'
import { type Case, call, cell, type Given, ids, settings, subject, tenantId, user } from './case.js'

const known = 'variables: { x: a, name: n, gone: null }\n'
const asked = (yaml: string): Given => subject(yaml, known)

const values: readonly (readonly [what: string, files: Given, codes: readonly string[]])[] = [
  ['`e164` of a word', cell('hello', '{{e164 p.v "DE"}}'), ['expression/arguments']],
  ['`e164` of an empty cell', cell('', '{{e164 p.v "DE"}}'), ['expression/arguments']],
  [
    '`parseJoinUrl` of a word',
    cell('hello', '{{get (parseJoinUrl p.v) "threadId"}}'),
    ['expression/arguments'],
  ],
  ['`first` of text', cell('hello', '{{first p.v}}'), ['expression/arguments']],
  ['`bool` of a word', cell('hello', '{{bool p.v}}'), ['expression/arguments']],
  ['a column that is not there', cell('hello', '{{upper p.w}}'), ['variable/undefined']],
  ['text with null in it', asked(`'to {{gone}}'`), ['expression/not-text']],
]

const given: readonly (readonly [yaml: string, code: string])[] = [
  [`'{{ x | default "y" }}'`, 'expression/syntax'],
  [`"{{ .Values.x }}"`, 'expression/syntax'],
  [`'{{#if x == "b"}}y{{/if}}'`, 'expression/syntax'],
  [`'{{- if x }}y{{- end }}'`, 'expression/unknown-helper'],
  [`'{{default x “y”}}'`, 'expression/syntax'],
  [`"$\{{ env.WHO }}"`, 'expression/syntax'],
  [`'{{ x ?? "y" }}'`, 'expression/unknown-helper'],
  [`'{{ x + name }}'`, 'expression/syntax'],
  [`'{{ upper(name) }}'`, 'expression/syntax'],
]

const whole = (text: string): Given => ({ 'callctl.yaml': settings, 'calls/a.yaml': text })
const ping = (line: string): Given =>
  whole(`calls:\n  ping:\n    call:\n      targets: [${user()}]\n      ${line}\n`)
const yaml: readonly (readonly [what: string, files: Given, codes: readonly string[]])[] = [
  ['text that ` #` cuts', ping('subject: Incident #2041'), ['yaml/cut-text']],
  [
    'a type that ` #` cuts',
    ping('mediaConfig: { "@odata.type": #microsoft.graph.x\n      }'),
    ['yaml/cut-text'],
  ],
  ['wrong indentation', ping('subject: a\n     tenantId: b'), ['yaml/syntax']],
  ['an apostrophe in single quotes', ping("subject: 'It's on fire'"), ['yaml/syntax']],
  ['a colon in bare text', ping('subject: Ring: Adele'), ['yaml/syntax']],
  [
    'a colon in a description',
    whole(`calls:\n  ping:\n    description: Ring: Adele\n    call: { targets: [${user()}] }\n`),
    ['yaml/syntax'],
  ],
  ['a tab', whole('calls:\n  ping:\n\tcall: {}\n'), ['yaml/syntax']],
  [
    '`forEach` with `$each`',
    whole(
      `variables: { l: [a] }\ncalls:\n  "n-{{p}}":\n    forEach: { $each: "{{l}}", $as: p, $do: "{{p}}" }\n    as: p\n    call: { targets: [${user()}], subject: "{{p}}" }\n`,
    ),
    ['key/type'],
  ],
]

const stock = (name: string, values: string, defaults = settings): Given => ({
  'callctl.yaml': defaults,
  ...Object.fromEntries([name, 'join'].map((each) => [`templates/${each}.yaml`, stockTemplate(each)])),
  'calls/a.yaml': `calls:\n  ping: { uses: ${name}, with: { ${values} } }\n`,
})
const phone = 'phoneNumber: "+14255550100", instanceId: 0d5f9a3e-7c41-4b8e-8f26-1a90c7d3e5aa'
const meeting = 'joinMeetingId: "2345678901234", passcode: aBcDeF'
const elsewhere = '0d5f9a3e-7c41-4b8e-8f26-1a90c7d3e5bb'
const domain = settings.replace(tenantId, 'contoso.onmicrosoft.com')
const group = `targets: [${user()}, ${user(ids.diego)}]`
const tenants: readonly (readonly [what: string, files: Given, gives: Case['gives']])[] = [
  ['said once, it serves p2p-pstn', stock('p2p-pstn', phone), { value: tenantId, at: '/tenantId' }],
  [
    'said once, it serves join-meeting-id',
    stock('join-meeting-id', meeting),
    { value: tenantId, at: '/tenantId' },
  ],
  [
    'a call has its own',
    stock('join-meeting-id', `${meeting}, tenantId: ${elsewhere}`),
    { value: elsewhere, at: '/tenantId' },
  ],
  [
    'a domain, which signs in, is no tenant of a template',
    stock('join-meeting-id', meeting, domain),
    { codes: ['variable/value'] },
  ],
  [
    'a domain would go into every payload, and is warned of',
    call(group, { 'callctl.yaml': domain }),
    { codes: ['lint/id-form'] },
  ],
  ['an id goes into all', call(group), { value: tenantId, at: '/tenantId' }],
]

export const casesOfWords: readonly Case[] = [
  ...values.map(([what, files, codes]): Case => ({ of: 'B 15', what, files, gives: { codes } })),
  ...tenants.map(([what, files, gives]): Case => ({ of: 'B 20', what, files, gives })),
  ...given.map(
    ([text, code]): Case => ({ of: 'B 21', what: text, files: asked(text), gives: { codes: [code] } }),
  ),
  ...yaml.map(([what, files, codes]): Case => ({ of: 'B 21', what, files, gives: { codes } })),
]
