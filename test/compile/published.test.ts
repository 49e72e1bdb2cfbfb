import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { hasPublishedBodies, publishedBodies } from '../helpers/published.js'
import { compileFiles } from '../helpers/workspace.js'

if (!hasPublishedBodies()) console.log('fixtures')

const published = suite('published bodies')

for (const { name, graph, body } of publishedBodies()) {
  published(`${name} compiles to itself`, () => {
    const call = JSON.stringify(body, null, 2).replaceAll('\n', '\n      ')
    const files = { 'calls/a.yaml': `calls:\n  a:\n    graph: ${graph}\n    call: ${call}\n` }
    const { payloads, diagnostics } = compileFiles(files)
    assert.equal(
      diagnostics.map(({ code, message, pointer }) => [code, message, pointer]),
      [],
    )
    assert.equal(payloads[0]?.call, body)
    assert.equal(JSON.parse(payloads[0]!.text), body)
  })
}

published('there are some', () => assert.ok(publishedBodies().length > 10))

published.run()
