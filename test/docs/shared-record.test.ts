import { createHash } from 'node:crypto'
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { callctl } from '../helpers/callctl.js'
import { peerCalls, withWorkspace } from '../helpers/callctl-workspace.js'
import { created, startGraphServer } from '../helpers/graph-server.js'
import { serverFor } from '../helpers/postgres.js'
import { type Block, blocksOf, readPage } from './pages.js'

// The page's steps, followed on a real server: its commands, its setting, its roles.

const test = suite('docs/shared-record')
const { onServer, cluster } = serverFor(test)

const blocks = blocksOf(readPage('docs/shared-record.md'))
const commandsIn = ({ text }: Block): readonly (readonly string[])[] =>
  text.split('\n').flatMap((line) => (line.startsWith('callctl ') ? [line.split(' ').slice(1)] : []))

onServer('from one laptop to a shared record, with roles of least rights, and back', async () => {
  const [setting] = blocks.filter(({ language }) => language === 'yaml')
  const [roles] = blocks.filter(({ language }) => language === 'sql')
  const scripts = blocks.filter(({ language }) => language === 'sh').map(commandsIn)
  const [sharing = [], leaving = []] = scripts.filter(({ length }) => length > 0)
  const graph = await startGraphServer(({ body }) => created(idOf(body)))
  const as = (role?: string) => ({
    CALLCTL_GRAPH_ROOT: graph.url,
    CALLCTL_RECORD: role === undefined ? cluster().url() : cluster().url().replace('callctl_test', role),
  })
  try {
    await withWorkspace(peerCalls(['one', 'two']), async ({ folder: cwd }) => {
      const local = { CALLCTL_GRAPH_ROOT: graph.url }
      assert.is((await callctl(['apply', '--yes', '--only', 'one'], { cwd, environment: local })).code, 0)
      appendFileSync(join(cwd, 'callctl.yaml'), setting!.text)
      for (const words of sharing) {
        const { code, stderr } = await callctl(words, { cwd, environment: as() })
        assert.is(code, 0, `${words.join(' ')}: ${stderr}`)
      }
      await cluster().sql(roles!.text)
      const runner = await callctl(['apply', '--yes'], { cwd, environment: as('callctl_runner') })
      assert.is(runner.code, 0, runner.stderr)
      assert.is(graph.requests.length, 2)
      for (const table of ['claim', 'outcome', 'ending', 'ruling', 'workspace', 'version'])
        for (const verb of ['delete from', 'truncate'])
          assert.throws(
            await failureOf(`set role callctl_operator; ${verb} callctl.${table}`),
            'permission denied',
          )
      for (const words of leaving) {
        const { code, stderr } = await callctl(words, { cwd, environment: as('callctl_operator') })
        assert.is(code, 0, `${words.join(' ')}: ${stderr}`)
      }
      assert.is((await callctl(['plan'], { cwd, environment: as('callctl_runner') })).code, 7)
    })
  } finally {
    await graph.close()
  }
})

/** Of its own for each callee. */
const idOf = (body: string): string => `call-${createHash('sha256').update(body).digest('hex').slice(0, 12)}`

/** Throws what the server says. */
async function failureOf(text: string): Promise<() => void> {
  const error = await cluster()
    .sql(text)
    .then(
      () => undefined,
      (each: unknown) => each,
    )
  return () => {
    if (error !== undefined) throw error
  }
}

test.run()
