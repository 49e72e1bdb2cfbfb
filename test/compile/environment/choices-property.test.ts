import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Files } from '../../helpers/workspace.js'
import { compileFiles, environment } from '../../helpers/workspace.js'

// Whatever is generated: where two environments ring different people, or different calls, there is the complaint, and
// it is the same one in all environments.

const test = suite('environment choices of any workspace')

const ofEnvironment = fc.constantFrom(
  '{{env.X}}',
  '{{default env.X "bob"}}',
  '{{coalesce env.Y env.X "eve"}}',
  '{{#if env.X}}ivy{{else}}joe{{/if}}',
  '{{#unless env.Y}}ivy{{/unless}}kim',
  '{{#if (eq env.X "x")}}lea{{else}}max{{/if}}',
  '{{upper (default env.Y "ned")}}',
)
const ofVariables = fc.constantFrom(
  '{{v}}',
  '{{w}}',
  '{{config.id}}',
  '{{config.name}}',
  '{{default v "ola"}}',
  '{{#if (eq w "bob")}}pam{{else}}quy{{/if}}',
  '{{first list}}',
  '{{concat "u" w}}',
  '{{#each list as |item|}}{{item}}{{/each}}',
  '{{#with config}}{{id}}{{/with}}',
)
const plain = fc.constantFrom('ada', '{{lower "ADA"}}', '{{#if true}}ada{{/if}}')
const text = fc.oneof({ weight: 2, arbitrary: plain }, ofVariables, ofEnvironment)
const variable = fc.oneof({ weight: 2, arbitrary: plain }, ofEnvironment)
const condition = fc.constantFrom('{{env.X}}', '{{not env.Y}}', '{{eq v "bob"}}', '{{true}}', '{{w}}')

const quote = (value: string): string => `'${value.replaceAll("'", "''")}'`

const files: fc.Arbitrary<Files> = fc
  .record({
    v: variable,
    w: fc.oneof(variable, fc.constant('{{v}}')),
    listed: fc.array(variable, { minLength: 1, maxLength: 2 }),
    ids: fc.record({ id: variable, name: variable }),
    given: text,
    name: fc.option(text),
    each: fc.option(fc.constantFrom('{{list}}', '{{split w "o"}}', '{{split (default env.X "a,b") ","}}')),
    chosen: fc.option(condition),
    own: fc.option(text),
  })
  .map(({ v, w, listed, ids, given, name, each, chosen, own }) => ({
    'callctl.yaml': `env: [X, Y]\nvariables: { v: ${quote(v)}, config: { id: ${quote(ids.id)}, name: ${quote(ids.name)} } }\n`,
    'templates/t.yaml':
      'variables: { id: {} }\ncall: { callbackUri: "https://bot.example/cb", targets: [{ identity: { user: { id: "{{id}}" } } }] }\n',
    'calls/a.yaml': [
      `variables: { w: ${quote(w)}, list: [${listed.map(quote).join(', ')}] }`,
      'calls:',
      `  ${quote(`a${name === null ? '' : `-${name}`}${each === null ? '' : '-{{@index}}-{{p}}'}`)}:`,
      ...(each === null ? [] : [`    forEach: ${quote(each)}`, '    as: p']),
      `    uses: t`,
      `    with: { id: ${quote(each === null ? given : '{{p}}')} }`,
      ...(chosen === null && own === null
        ? []
        : [
            `    call: { targets: [${[
              ...(own === null ? [] : [`{ identity: { user: { id: ${quote(own)} } } }`]),
              ...(chosen === null
                ? []
                : [`{ $if: ${quote(chosen)}, $then: { identity: { user: { id: zoe } } } }`]),
            ].join(', ')}] }`,
          ]),
      '',
    ].join('\n'),
  }))

const environments = [{}, { X: 'x' }, { X: 'bob', Y: 'y' }, { Y: 'bob' }].map((values) => environment(values))

test('a ring list that depends on the environment is complained of', () => {
  let differing = 0
  let clean = 0
  fc.assert(
    fc.property(files, (each) => {
      const runs = environments.map((values) => compileFiles(each, values))
      const complaints = runs.map(({ diagnostics }) =>
        diagnostics.filter(({ code }) => code === 'env/chooses'),
      )
      for (const found of complaints) assert.equal(found, complaints[0])
      const rings = runs
        .filter(({ diagnostics }) => diagnostics.every(({ severity }) => severity === 'warning'))
        .map(({ payloads }) => JSON.stringify(payloads.map(({ address, touches }) => [address, touches])))
      if (complaints[0]!.length === 0) clean += 1
      if (new Set(rings).size <= 1) return
      differing += 1
      assert.ok(complaints[0]!.length > 0, JSON.stringify(each))
    }),
    { numRuns: 400 },
  )
  assert.ok(differing > 50 && clean > 10, `${differing} differ, ${clean} clean`)
})

test.run()
