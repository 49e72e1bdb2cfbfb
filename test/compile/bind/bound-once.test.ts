// Counted, not timed: what is done for each template must not be done for each call.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { compile, type Trial } from '../../../src/compile/compile.js'
import { parse } from '../../../src/compile/yaml/parse.js'
import type { Node } from '../../../src/model/language/document.js'
import type { Source } from '../../../src/model/language/source.js'
import { noValues, workspace } from '../../helpers/workspace.js'

const test = suite('templates are bound once')

const template = `variables:
  subject: { type: string }
  people: { type: array }
call:
  callbackUri: https://bot.contoso.com/callback
  tenantId: 6f0b1c2a-54d3-4c8e-9a71-2f3d5b7e9c10
  subject: "{{#if subject}}Drill: {{subject}}{{/if}}"
  source: { $if: "{{subject}}", $then: { identity: { application: { displayName: "{{subject}}" } } } }
  targets:
    $each: "{{people}}"
    $as: person
    $do: { identity: { user: { id: "{{person.id}}" } } }
  requestedModalities: [audio]
  mediaConfig: { "@odata.type": "#microsoft.graph.serviceHostedMediaConfig" }
`

const definition = `data:
  people: { file: ../data/people.csv }
calls:
  "drill-{{p.id}}":
    forEach: "{{people}}"
    as: p
    uses: bridge
    with: { subject: "for {{p.id}}", people: [{ id: "{{p.id}}" }, { id: lead }] }
`

const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => `${line(index)}\n`).join('')

const overRows = (count: number) => ({
  'calls/drill.yaml': definition,
  'data/people.csv': `id\n${lines(count, String)}`,
})

const use = '{ uses: bridge, with: { subject: s, people: [{ id: lead }] } }'
const oneByOne = (count: number) => ({
  'calls/drill.yaml': `calls:\n${lines(count, (index) => `  c-${index}: ${use}`)}`,
})

interface Counted {
  readonly payloads: number
  readonly parsed: readonly string[]
  /** How often maps, lists and texts of the template's `call` were looked at. */
  readonly looks: number
}

/** Compiles these calls of one template; every node of the template's `call` tells when it is looked at. */
function count(calls: Readonly<Record<string, string>>): Counted {
  let looks = 0
  const parsed: string[] = []
  const watch = <Watched extends Node>(node: Watched): Watched =>
    new Proxy(node, {
      get(target, key) {
        if (key === 'entries' || key === 'items' || key === 'value') looks += 1
        return Reflect.get(target, key)
      },
    })
  const watchAll = (node: Node): Node => {
    if (node.kind === 'scalar') return watch(node)
    if (node.kind === 'list') return watch({ ...node, items: node.items.map(watchAll) })
    const entries = node.entries.map((entry) => ({
      ...entry,
      key: watch(entry.key),
      value: watchAll(entry.value),
    }))
    return watch({ ...node, entries })
  }
  const trial: Trial = {
    ...{ definitions: [], sources: [], note: () => {}, selects: () => true },
    parse(source: Source) {
      parsed.push(source.path)
      const { value, diagnostics } = parse(source)
      const isTemplate = source.path.startsWith('templates/')
      if (!isTemplate || value === undefined) return { value, diagnostics }
      const entries = value.root.entries.map((entry) =>
        entry.key.value === 'call' ? { ...entry, value: watchAll(entry.value) } : entry,
      )
      return { value: { ...value, root: { ...value.root, entries } }, diagnostics }
    },
  }
  const { payloads } = compile(
    workspace({ 'templates/bridge.yaml': template, ...calls }),
    noValues,
    undefined,
    trial,
  )
  return { payloads: payloads.length, parsed, looks }
}

const cases = [
  ['calls of one definition', overRows, 10_000],
  ['definitions', oneByOne, 500],
] as const

for (const [what, files, total] of cases) {
  test(`${total} ${what} look at their template no more often than one`, () => {
    const [one, many] = [count(files(1)), count(files(total))]
    assert.equal([one.payloads, many.payloads], [1, total])
    assert.equal(many.parsed, ['templates/bridge.yaml', 'calls/drill.yaml'])
    assert.ok(one.looks > 50)
    assert.is(many.looks, one.looks)
  })
}

test.run()
