// The limit of `compile`: what somebody would write by hand for these calls and no others.
// Arguments: the module of validators, the file of values. Prints what `callctl compile` prints.

import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

const [validatorsPath, valuesPath] = process.argv.slice(2)
const { validateCall: callV1 } = await import(pathToFileURL(validatorsPath).href)

const targetOf = ({ id, name }) => ({
  '@odata.type': '#microsoft.graph.invitationParticipantInfo',
  identity: {
    '@odata.type': '#microsoft.graph.identitySet',
    user: { '@odata.type': '#microsoft.graph.identity', id, displayName: name },
  },
})

const callOf = ({ service, shift, urgent, people }) => ({
  '@odata.type': '#microsoft.graph.call',
  direction: 'outgoing',
  subject: `${urgent ? 'URGENT: ' : ''}Bridge for ${service}, ${shift}`,
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
  targets: people.map(targetOf),
  requestedModalities: ['audio'],
  mediaConfig: {
    '@odata.type': '#microsoft.graph.serviceHostedMediaConfig',
    preFetchMedia: [{ uri: 'https://cdn.contoso.com/prompts/welcome.wav', resourceId: 'welcome' }],
  },
})

const texts = JSON.parse(readFileSync(valuesPath, 'utf8')).map((values) => {
  const call = callOf(values)
  if (!callV1(call)) throw new Error(`${values.name}: ${JSON.stringify(callV1.errors)}`)
  return `${JSON.stringify(call, null, 2)}\n`
})
process.stdout.write(texts.join(''))
