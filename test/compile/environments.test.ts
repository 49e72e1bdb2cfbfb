import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Values } from '../../src/model/language/workspace.js'
import { callOf, codesOf, compileFiles, type Files, noValues } from '../helpers/workspace.js'

const test = suite('environments')

const files: Files = {
  'callctl.yaml': `
version: 1
graph: { version: v1.0, cloud: global }
tenantId: 6f0b1c2a-54d3-4c8e-9a71-2f3d5b7e9c10
variables: { region: emea, tone: calm }
defaults: { callbackUri: https://live.example/cb, subject: "{{region}} {{tone}}" }
limits: { people: 25, concurrency: 8 }
lints: { lint/no-media: off, lint/nobody: off }
environments:
  staging:
    graph: { version: beta }
    tenantId: 0d5f9a3e-7c41-4b8e-8f26-1a90c7d3e501
    env: [HOST]
    variables: { region: test }
    defaults: { callbackUri: "https://{{default env.HOST \\"staging.example\\"}}/cb" }
    limits: { people: 2 }
    lints: { lint/no-media: error }
  gov: { graph: { cloud: us-gov } }
`,
  'calls/a.yaml': 'calls: { a: { call: { direction: outgoing } } }\n',
}
const within = (environmentName: string, environment: Values['environment'] = {}): Values => ({
  ...noValues,
  environmentName,
  environment,
})

test('without one, the usual settings hold', () => {
  const { settings, payloads, tenantId } = compileFiles(files)
  assert.is(payloads[0]?.call['subject'], 'emea calm')
  assert.equal(settings.limits, { people: 25, concurrency: 8 })
  assert.is(tenantId, '6f0b1c2a-54d3-4c8e-9a71-2f3d5b7e9c10')
  assert.equal(settings.environmentNames, ['staging', 'gov'])
})

test('its variables and defaults are laid over the usual ones, one by one', () => {
  const call = callOf(
    {
      ...files,
      'callctl.yaml': files['callctl.yaml']!.replace('lint/no-media: error', 'lint/no-media: off'),
    },
    within('staging'),
  )
  assert.is(call['subject'], 'test calm')
  assert.is(call['callbackUri'], 'https://staging.example/cb')
  assert.is(call['tenantId'], '0d5f9a3e-7c41-4b8e-8f26-1a90c7d3e501')
})

test('its limits, version, cloud and severities too', () => {
  const { settings } = compileFiles(files, within('staging'))
  assert.equal(settings.limits, { people: 2, concurrency: 8 })
  assert.is(settings.target.version, 'beta')
  assert.is(settings.cloud, 'global')
  assert.is(settings.severities.get('lint/no-media'), 'error')
  assert.is(compileFiles(files, within('gov')).settings.cloud, 'us-gov')
})

test('limits on calls, and consent in meetings, are laid over one by one', () => {
  const settings = `
graph: { resourceSpecificConsent: true }
limits: { concurrentCalls: 50, callsPerMonth: 900 }
environments:
  night: { graph: { resourceSpecificConsent: false }, limits: { callsPerMonth: 0 } }
`
  const made = { ...files, 'callctl.yaml': settings }
  const usual = compileFiles(made).settings
  assert.equal(usual.limits, { concurrency: 8, concurrentCalls: 50, callsPerMonth: 900 })
  assert.is(usual.hasMeetingConsent, true)
  const night = compileFiles(made, within('night')).settings
  assert.equal(night.limits, { concurrency: 8, concurrentCalls: 50, callsPerMonth: 0 })
  assert.is(night.hasMeetingConsent, false)
  assert.is(compileFiles(files).settings.hasMeetingConsent, undefined)
})

test('it may let expressions read more of the machine’s environment', () => {
  const made = {
    ...files,
    'callctl.yaml': files['callctl.yaml']!.replace('lint/no-media: error', 'lint/no-media: off'),
  }
  assert.is(
    callOf(made, within('staging', { HOST: 'tunnel.example' }))['callbackUri'],
    'https://tunnel.example/cb',
  )
})

test('a file’s variables win over the environment’s', () => {
  const made = {
    ...files,
    'calls/a.yaml':
      'variables: { region: apac }\ncalls: { a: { call: { subject: "{{region}} {{tone}}", mediaConfig: { "@odata.type": "#microsoft.graph.serviceHostedMediaConfig" } } } }\n',
  }
  assert.is(callOf(made, within('staging'))['subject'], 'apac calm')
})

test('mistakes in another environment are reported without it', () => {
  const made = {
    ...files,
    'callctl.yaml': 'environments: { a: { variables: { this: 1 } } }\n',
    'calls/a.yaml': 'calls: {}\n',
  }
  assert.equal(codesOf(made), ['variable/reserved'])
})

test.run()
