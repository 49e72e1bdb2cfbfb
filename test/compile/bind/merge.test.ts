import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { JsonObject } from '../../../src/model/json.js'
import { callOf, compileFiles, environment } from '../../helpers/workspace.js'

const callback = 'callbackUri: https://b.example'
const one = (name: string, more = '') => `calls: { ${name}: { call: { ${callback} }${more} } }\n`

const layers = suite('layers of the call')

function merged(parts: { defaults?: string; template?: string; call?: string; tenant?: string }): JsonObject {
  return callOf({
    'callctl.yaml': `${parts.tenant ? `tenantId: ${parts.tenant}\n` : ''}defaults: { ${callback}${parts.defaults ? `, ${parts.defaults}` : ''} }\n`,
    'templates/t.yaml': `call: { ${parts.template ?? ''} }\n`,
    'calls/a.yaml': `calls: { a: { uses: t, call: { ${parts.call ?? ''} } } }\n`,
  })
}

layers('a template wins over defaults', () =>
  assert.is(merged({ defaults: 'subject: a', template: 'subject: b' })['subject'], 'b'),
)
layers('a definition wins over its template and defaults', () =>
  assert.is(merged({ defaults: 'subject: a', template: 'subject: b', call: 'subject: c' })['subject'], 'c'),
)
layers('defaults hold where nothing else is said', () =>
  assert.is(merged({ defaults: 'subject: a' })['subject'], 'a'),
)
layers('maps are merged at every depth', () => {
  const call = merged({
    template: 'source: { identity: { user: { id: a } } }',
    call: 'source: { identity: { user: { displayName: b } } }',
  })
  assert.equal(call['source'], { identity: { user: { displayName: 'b', id: 'a' } } })
})
layers('lists are replaced', () =>
  assert.equal(
    merged({ template: 'requestedModalities: [audio, video]', call: 'requestedModalities: [video]' })[
      'requestedModalities'
    ],
    ['video'],
  ),
)
layers('null removes what is below', () => {
  const call = merged({ template: 'subject: a', call: 'subject: null' })
  assert.not.ok('subject' in call)
})
layers('null removes what is below, deep inside', () => {
  const call = merged({
    template: 'source: { identity: { user: { id: a, displayName: b } } }',
    call: 'source: { identity: { user: { displayName: null } } }',
  })
  assert.equal(call['source'], { identity: { user: { id: 'a' } } })
})
layers('null stays where nothing is below', () =>
  assert.is(merged({ call: 'subject: null' })['subject'], null),
)
layers('an expression that yields null removes too', () => {
  const files = {
    'callctl.yaml': `defaults: { ${callback}, subject: a }\nvariables: { n: null }\n`,
    'calls/a.yaml': 'calls: { a: { call: { subject: "{{n}}" } } }\n',
  }
  assert.not.ok('subject' in callOf(files))
})
layers('tenantId of callctl.yaml is every call’s', () =>
  assert.is(merged({ tenant: 't1' })['tenantId'], 't1'),
)
layers('defaults win over tenantId', () =>
  assert.is(merged({ tenant: 't1', defaults: 'tenantId: t2' })['tenantId'], 't2'),
)
layers('tenantId may come from the environment, and is what is signed in to', () => {
  const files = {
    'callctl.yaml': 'env: [TENANT]\ntenantId: "{{env.TENANT}}"\n',
    'calls/a.yaml': one('a'),
  }
  const { tenantId, payloads } = compileFiles(files, environment({ TENANT: 't3' }))
  assert.is(tenantId, 't3')
  assert.is(payloads[0]?.call['tenantId'], 't3')
})

layers.run()
