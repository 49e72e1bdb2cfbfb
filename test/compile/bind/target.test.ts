import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { codesOf, compileFiles, environment } from '../../helpers/workspace.js'

const callback = 'callbackUri: https://b.example'
const one = (name: string, more = '') => `calls: { ${name}: { call: { ${callback} }${more} } }\n`

const targets = suite('Graph targets')

function targetOf(graphs: { settings?: string; template?: string; definition?: string }) {
  const files = {
    ...(graphs.settings && { 'callctl.yaml': `graph: { ${graphs.settings} }\n` }),
    'templates/t.yaml': `${graphs.template ? `graph: { ${graphs.template} }\n` : ''}call: { ${callback} }\n`,
    'calls/a.yaml': `calls: { a: { uses: t${graphs.definition ? `, graph: { ${graphs.definition} }` : ''} } }\n`,
  }
  const { payloads, diagnostics } = compileFiles(files)
  return payloads[0]?.target ?? diagnostics.map(({ code }) => code)
}

targets('without `graph`, v1.0', () =>
  assert.equal(targetOf({}), { cloud: 'global', version: 'v1.0', collection: 'communications' }),
)
targets('callctl.yaml chooses cloud and version', () =>
  assert.equal(targetOf({ settings: 'cloud: us-gov, version: beta' }), {
    cloud: 'us-gov',
    version: 'beta',
    collection: 'communications',
  }),
)
targets('a template wins over callctl.yaml', () =>
  assert.equal(targetOf({ settings: 'version: v1.0', template: 'version: beta' }), {
    cloud: 'global',
    version: 'beta',
    collection: 'communications',
  }),
)
targets('a definition wins over its template', () =>
  assert.equal(targetOf({ template: 'version: v1.0', definition: 'version: beta' }), {
    cloud: 'global',
    version: 'beta',
    collection: 'communications',
  }),
)
targets('each property is taken from the highest level that has it', () =>
  assert.equal(
    targetOf({
      settings: 'applicationId: x1',
      template: 'version: beta',
      definition: 'collection: application',
    }),
    { cloud: 'global', version: 'beta', collection: 'application', applicationId: 'x1' },
  ),
)
targets('the collections `app` and `application` are of beta', () =>
  assert.equal(targetOf({ definition: 'collection: app' }), {
    cloud: 'global',
    version: 'beta',
    collection: 'app',
  }),
)
targets('a template that wants v1.0 cannot go to `app`', () =>
  assert.equal(targetOf({ template: 'version: v1.0', definition: 'collection: app' }), ['target/version']),
)
targets('an id in an expression is rendered', () => {
  const files = {
    'callctl.yaml': 'env: [APP]\ngraph: { collection: application, applicationId: "{{env.APP}}" }\n',
    'calls/a.yaml': one('a'),
  }
  const { payloads } = compileFiles(files, environment({ APP: 'x2' }))
  assert.is(payloads[0]?.target.applicationId, 'x2')
})
targets('an id that cannot be rendered is one complaint', () => {
  const files = {
    'callctl.yaml': 'graph: { collection: application, applicationId: "{{env.APP}}" }\n',
    'calls/a.yaml': one('a'),
  }
  assert.equal(codesOf(files), ['env/undeclared'])
})

targets.run()
