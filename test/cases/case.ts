// Inputs as people have them, and what callctl makes of each: the value, or the codes of what it says. The letters
// and numbers are those of a list of cases that were tried in the field; each has at least two more of its kind.

import type { Environment } from '../../src/model/environment.js'
import type { JsonValue } from '../../src/model/json.js'

export type Given = Readonly<Record<string, string | Uint8Array>>

export interface Case {
  /** Of the list, such as `A 1`. */
  readonly of: string
  readonly what: string
  readonly files: Given
  readonly environment?: Environment
  readonly gives: {
    /** Of all complaints, each once, in order of the alphabet; none when absent. */
    readonly codes?: readonly string[]
    /** What stands in the first call, at `at`. */
    readonly value?: JsonValue
    /** A JSON Pointer into the call; `/subject` when absent. */
    readonly at?: string
    /** Addresses. */
    readonly calls?: readonly string[]
  }
}

export const tenantId = '72f988bf-86f1-41af-91ab-2d7cd011db47'
export const ids = {
  adele: '0d5f9a3e-7c41-4b8e-8f26-1a90c7d3e501',
  diego: '0d5f9a3e-7c41-4b8e-8f26-1a90c7d3e502',
} as const

export const settings = `version: 1
tenantId: ${tenantId}
env: [FLAG, WHO]
defaults:
  callbackUri: https://bot.contoso.com/callback
  requestedModalities: [audio]
  mediaConfig: { "@odata.type": "#microsoft.graph.serviceHostedMediaConfig" }
`
export const user = (id: string = ids.adele): string =>
  `{ identity: { user: { id: ${JSON.stringify(id)} } } }`
const adele = `targets: [${user()}]`

/** One definition, its `call` as lines or flow. */
export const call = (body: string, more: Given = {}): Given => ({
  'callctl.yaml': settings,
  ...more,
  'calls/a.yaml': `calls:\n  ping: { call: { ${body} } }\n`,
})

/** A call to Adele whose subject is written as YAML. */
export const subject = (yaml: string, before = ''): Given => ({
  'callctl.yaml': settings,
  'calls/a.yaml': `${before}calls:\n  ping: { call: { ${adele}, subject: ${yaml} } }\n`,
})

/** A call for the one row of a list, whose cell `v` is as given; the subject is an expression. */
export const cell = (value: string, expression: string): Given => ({
  'callctl.yaml': settings,
  'data/l.csv': `id,v\nadele,${/[",\n\r]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value}\n`,
  'calls/a.yaml': rows(`subject: ${JSON.stringify(expression)}`),
})

/** A definition over the list data/l.csv as `p`, named by its `id`. */
export const rows = (
  body: string,
  { setting = '', keys = '' } = {},
): string => `data: { l: { file: ../data/l.csv${setting} } }
calls:
  "page-{{p.id}}":
    forEach: "{{l}}"
    as: p
${keys}    call: { ${adele}, ${body} }
`

/** The same list, as bytes or text, of which every call's subject is a column. */
export const list = (content: string | Uint8Array, column = 'name', setting = ''): Given => ({
  'callctl.yaml': settings,
  'data/l.csv': content,
  'calls/a.yaml': rows(`subject: "{{p.${column}}}"`, { setting }),
})
