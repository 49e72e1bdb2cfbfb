// The limit of `compile --format ndjson` over a list: what somebody would write by hand for these calls and no
// others. Arguments: the module of validators, the list (.csv or .json). Prints what callctl prints.

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

const [validatorsPath, listPath] = process.argv.slice(2)
const { validateCall: callV1 } = await import(pathToFileURL(validatorsPath).href)

const text = readFileSync(listPath, 'utf8')
const rows = listPath.endsWith('.json')
  ? JSON.parse(text)
  : text
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => {
        const [number, id, name] = line.split(',')
        return { number, id, name }
      })

const targetOf = (id, name) => ({
  '@odata.type': '#microsoft.graph.invitationParticipantInfo',
  identity: {
    '@odata.type': '#microsoft.graph.identitySet',
    user: { '@odata.type': '#microsoft.graph.identity', id, displayName: name },
  },
})

const lead = targetOf('4e2b7c18-96ad-4f03-b5d7-62f8a1c09e02', 'Lead')
const desk = targetOf('8b61d0f4-2e57-4a9c-9c3b-d74e5f218a03', 'Desk')

const callOf = ({ number, id, name }) => ({
  '@odata.type': '#microsoft.graph.call',
  direction: 'outgoing',
  subject: `Drill for ${name}, ${number}`,
  callbackUri: 'https://bot.contoso.com/callback',
  tenantId: '6f0b1c2a-54d3-4c8e-9a71-2f3d5b7e9c10',
  source: {
    '@odata.type': '#microsoft.graph.participantInfo',
    identity: {
      '@odata.type': '#microsoft.graph.identitySet',
      application: {
        '@odata.type': '#microsoft.graph.identity',
        id: '5a3c8e70-b1d2-4f69-8e0a-97c4d2f61b05',
        displayName: 'Incident bot',
      },
    },
  },
  targets: [targetOf(id, name), lead, desk],
  requestedModalities: ['audio'],
  mediaConfig: {
    '@odata.type': '#microsoft.graph.serviceHostedMediaConfig',
    preFetchMedia: [{ uri: 'https://cdn.contoso.com/prompts/welcome.wav', resourceId: 'welcome' }],
  },
})

const canonical = (value) => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object') return JSON.stringify(value)
  const names = Object.keys(value).sort()
  return `{${names.map((name) => `"${name}":${canonical(value[name])}`).join(',')}}`
}

const lines = rows.map((row) => {
  const call = callOf(row)
  if (!callV1(call)) throw new Error(`${row.number}: ${JSON.stringify(callV1.errors)}`)
  const digest = createHash('sha256').update(canonical(call)).digest('hex')
  const address = `drill-${row.number}`
  return `${JSON.stringify({ formatVersion: 1, address, digest, endpoint: '/v1.0/communications/calls', call })}\n`
})
process.stdout.write(lines.join(''))
