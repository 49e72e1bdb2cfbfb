// Inputs: the same calls as a workspace of YAML files and as the JSON that a hand-written script would read.

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const callsInFile = 10

const settings = `version: 1
graph: { version: v1.0, collection: communications }
tenantId: 6f0b1c2a-54d3-4c8e-9a71-2f3d5b7e9c10
defaults: { callbackUri: https://bot.contoso.com/callback }
limits: { people: 1000000, concurrency: 8 }
`

const template = `description: Ring three people into one group call.
variables:
  subject: { type: string, minLength: 1, maxLength: 256 }
  urgent: { type: boolean, default: false }
  people:
    type: array
    minItems: 1
    items:
      type: object
      required: [id]
      properties: { id: { type: string, format: uuid }, name: { type: string } }
call:
  "@odata.type": "#microsoft.graph.call"
  direction: outgoing
  subject: "{{#if urgent}}URGENT: {{/if}}{{subject}}"
  source:
    "@odata.type": "#microsoft.graph.participantInfo"
    identity:
      "@odata.type": "#microsoft.graph.identitySet"
      application:
        "@odata.type": "#microsoft.graph.identity"
        id: 5a3c8e70-b1d2-4f69-8e0a-97c4d2f61b05
        displayName: Incident bot
  targets:
    $each: "{{people}}"
    $as: person
    $do:
      "@odata.type": "#microsoft.graph.invitationParticipantInfo"
      identity:
        "@odata.type": "#microsoft.graph.identitySet"
        user:
          "@odata.type": "#microsoft.graph.identity"
          id: "{{person.id}}"
          displayName: "{{default person.name person.id}}"
  requestedModalities: [audio]
  mediaConfig:
    "@odata.type": "#microsoft.graph.serviceHostedMediaConfig"
    preFetchMedia:
      - uri: https://cdn.contoso.com/prompts/welcome.wav
        resourceId: welcome
`

const drill = `data:
  people: { file: ../data/FILE }
calls:
  "drill-{{p.number}}":
    forEach: "{{people}}"
    as: p
    uses: bridge
    with:
      subject: "Drill for {{p.name}}, {{p.number}}"
      people:
        - { id: "{{p.id}}", name: "{{p.name}}" }
        - { id: 4e2b7c18-96ad-4f03-b5d7-62f8a1c09e02, name: Lead }
        - { id: 8b61d0f4-2e57-4a9c-9c3b-d74e5f218a03, name: Desk }
`

/** As many as fit into the 8 MiB of a file. */
const rowsInFile = 100_000

/** Writes a workspace of one definition over a list of `count` rows, as `csv` or `json`, or of one for each full list. */
export function makeRowsWorkspace(folder, count, format) {
  for (const name of ['templates', 'calls', 'data']) mkdirSync(join(folder, name), { recursive: true })
  writeFileSync(join(folder, 'callctl.yaml'), settings)
  writeFileSync(join(folder, 'templates', 'bridge.yaml'), template)
  for (let start = 0; start < count; start += rowsInFile) {
    const suffix = start === 0 ? '' : `-${start / rowsInFile}`
    const file = `people${suffix}.${format}`
    writeFileSync(join(folder, 'calls', `drill${suffix}.yaml`), drill.replace('FILE', file))
    const text = formatRows(start, Math.min(start + rowsInFile, count), format)
    writeFileSync(join(folder, 'data', file), text)
  }
  return folder
}

function formatRows(start, end, format) {
  const rows = Array.from({ length: end - start }, (_, index) => ({
    number: padded(start + index),
    id: uuidOf(start + index),
    name: `Person ${start + index}`,
  }))
  if (format === 'json') return `[${rows.map((row) => JSON.stringify(row)).join(',')}]`
  return `number,id,name\n${rows.map((row) => Object.values(row).join(',')).join('\n')}\n`
}

/** Writes a workspace of `count` calls, and beside it `calls.json` with the values of the same calls. */
export function makeWorkspace(folder, count) {
  mkdirSync(join(folder, 'templates'), { recursive: true })
  mkdirSync(join(folder, 'calls'))
  writeFileSync(join(folder, 'callctl.yaml'), settings)
  writeFileSync(join(folder, 'templates', 'bridge.yaml'), template)
  const calls = Array.from({ length: count }, (_, number) => valuesOf(number))
  for (let start = 0; start < count; start += callsInFile) {
    const text = definitionsOf(calls.slice(start, start + callsInFile))
    writeFileSync(join(folder, 'calls', `service-${padded(start / callsInFile)}.yaml`), text)
  }
  writeFileSync(join(folder, 'calls.json'), JSON.stringify(calls))
  return folder
}

const padded = (number) => String(number).padStart(5, '0')

function valuesOf(number) {
  return {
    name: `bridge-${padded(number)}`,
    service: `service ${Math.floor(number / callsInFile)}`,
    shift: `shift ${number}`,
    urgent: number % 4 === 0,
    people: [0, 1, 2].map((seat) => ({ id: uuidOf(number * 3 + seat), name: `Person ${number}-${seat}` })),
  }
}

const uuidOf = (number) => `0d5f9a3e-7c41-4b8e-8f26-${number.toString(16).padStart(12, '0')}`

function definitionsOf(calls) {
  const head = `variables: { service: ${calls[0].service} }\ncalls:\n`
  return head + calls.map(definitionOf).join('')
}

const definitionOf = ({ name, shift, urgent, people }) => `  ${name}:
    description: Bridge for the people of ${shift}
    uses: bridge
    with:
      subject: "Bridge for {{service}}, ${shift}"
      urgent: ${urgent}
      people:
${people.map(({ id, name: person }) => `        - { id: ${id}, name: ${person} }\n`).join('')}`
