import { readdirSync } from 'node:fs'
import { build } from 'esbuild'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'

const test = suite('graph/imports')

/** Everything that a file of src/graph imports, apart from files of our own. */
async function importsOf(file: string): Promise<string[]> {
  const { metafile } = await build({
    entryPoints: [`src/graph/${file}`],
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
  })
  return Object.values(metafile.inputs).flatMap(({ imports }) =>
    imports.filter(({ external }) => external).map(({ kind, path }) => `${kind} ${path}`),
  )
}

test('nothing outside our own files is loaded before it is needed', async () => {
  for (const file of readdirSync('src/graph', { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts')) continue
    const early = (await importsOf(file)).filter((line) => !line.startsWith('dynamic-import '))
    assert.equal(early, [], file)
  }
})

test('the client can load cross-fetch, and auth the library of Microsoft', async () => {
  assert.ok((await importsOf('client.ts')).includes('dynamic-import cross-fetch'))
  assert.ok((await importsOf('sign-in/auth.ts')).includes('dynamic-import @azure/msal-node'))
  assert.not.ok((await importsOf('client.ts')).includes('dynamic-import @azure/msal-node'))
})

test.run()
