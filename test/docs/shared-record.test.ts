import { createHash } from 'node:crypto'
import { appendFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parse } from 'yaml'
import { callctl } from '../helpers/callctl.js'
import { peerCalls, withWorkspace } from '../helpers/callctl-workspace.js'
import { created, startGraphServer } from '../helpers/graph-server.js'
import { serverFor } from '../helpers/postgres.js'
import { makePrograms, runStep } from '../workflows/workflows.js'
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

onServer('the Job and the unit place one plan together', async () => {
  const yaml = blocks.filter(({ language }) => language === 'yaml').map(({ text }) => text)
  const { spec } = parse(yaml.find((text) => text.startsWith('apiVersion'))!)
  const [unit] = blocks.filter(({ language }) => language === 'ini')
  const start = /^ExecStart=\/usr\/local\/bin\/(callctl .*)$/m.exec(unit!.text)?.[1]
  const [{ command }] = spec.template.spec.containers
  assert.equal([spec.completionMode, spec.completions], ['Indexed', 4])
  const database = `units_${process.hrtime.bigint()}`
  await cluster().sql(`create database ${database}`)
  const graph = await startGraphServer(({ body }) => created(idOf(body)))
  const names = Array.from({ length: 12 }, (_, index) => `call-${index}`)
  const files = peerCalls(names)
  const settings = { 'callctl.yaml': `${files['callctl.yaml']}record: { kind: postgres }\n` }
  try {
    await withWorkspace({ ...files, ...settings }, async ({ folder: cwd }) => {
      const environment = { CALLCTL_GRAPH_ROOT: graph.url, CALLCTL_RECORD: cluster().url(database) }
      for (const words of [
        ['record', 'init'],
        ['plan', '--out', 'plan.json'],
      ])
        assert.is((await callctl(words, { cwd, environment })).code, 0, words.join(' '))
      const place = mkdtempSync(join(tmpdir(), 'callctl-units-'))
      const bin = makePrograms(place)
      const clones = [0, 1, 2, 3, 4].map((index) => {
        cpSync(cwd, join(place, `${index}`), {
          recursive: true,
          filter: (path) => !path.includes('/.callctl'),
        })
        return join(place, `${index}`)
      })
      const runs = [0, 1, 2, 3].map((index) =>
        runStep(
          { run: `exec ${command[0]} ${command[1]} '${command[2]}'` },
          {
            ...{ cwd: clones[index]!, bin: join(clones[index]!, 'bin') },
            environment: {
              ...environment,
              JOB_COMPLETION_INDEX: `${index}`,
              PATH: `${bin}:${process.env['PATH']}`,
            },
          },
        ),
      )
      const ended = await Promise.all(runs)
      assert.equal(
        ended.map(({ status, stderr }) => [status, stderr]),
        ended.map(({ stderr }) => [0, stderr]),
      )
      assert.is(graph.requests.length, names.length)
      const late = await runStep({ run: start! }, { cwd: clones[4]!, bin, environment })
      assert.is(late.status, 0, late.stderr)
      assert.is(graph.requests.length, names.length)
      rmSync(place, { recursive: true, force: true })
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
