import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { allBodies, errorsOf } from './bodies.js'
import { type Mutation, mutationsOf } from './mutations.js'

const test = suite('schema mutations')

for (const body of allBodies()) {
  test(`every mistake in ${body.name} is exactly one error at its place`, () => {
    const mutations = mutationsOf(body)
    assert.ok(mutations.length > 10)
    for (const mutation of mutations) assertOneError(mutation, errorsOf(body.version, mutation.body))
  })
}

function assertOneError(mutation: Mutation, errors: ReturnType<typeof errorsOf>): void {
  const seen = errors.map(({ instancePath, keyword }) => `${keyword} at ${instancePath}`)
  assert.equal(seen, [`${mutation.keyword} at ${mutation.pointer}`], mutation.what)
  for (const [name, value] of Object.entries(mutation.params ?? {})) {
    assert.equal(errors[0]?.params[name], value, mutation.what)
  }
}

test.run()
