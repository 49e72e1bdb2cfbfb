import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Entry } from '../../src/model/record/lockfile.js'
import { formatLockfile } from '../../src/record/lockfile/format-lockfile.js'
import { callctl, isBuilt } from '../helpers/callctl.js'
import { withWorkspace } from '../helpers/callctl-workspace.js'
import { type RepositoryFiles, type TestRepository, withRepository } from '../helpers/repository.js'
import { reviewInFormats } from '../helpers/review-in-formats.js'
import { baseFiles, type Edit, isPlaced, type PullRequest, pullRequests } from './pull-request-cases.js'
import { shortenJson, shortenText } from './shorten.js'

// What reviewers are shown: `callctl diff` over real git repositories, a golden folder for each pull request.
// `UPDATE=1` rewrites them; then read the difference.

const test = suite('pull requests')
const folder = join(process.cwd(), 'test', 'scenarios', 'pull-requests')
const isUpdate = process.env['UPDATE'] === '1'
const formats = { text: 'txt', markdown: 'md', json: 'json' } as const

type Format = keyof typeof formats

for (const [index, pullRequest] of pullRequests.entries()) {
  test(pullRequest.name, async () => {
    await withRepository({}, async (repository) => {
      repository.commit(await baseWithLockfile(), 'base')
      if (pullRequest.before !== undefined) commitEdits(repository, pullRequest.before)
      repository.git('switch', '-q', '-c', 'topic')
      commitEdits(repository, pullRequest.edits)
      const shown = await show(repository, pullRequest, index)
      assert.is(shown.code, pullRequest.exitCode ?? 0)
      for (const [format, text] of Object.entries(shown.texts)) {
        assert.not.match(text, 'canary')
        const golden = `${pullRequest.name}.${formats[format as Format]}`
        compareGolden(golden, format === 'json' ? shortenJson(text) : shortenText(text))
      }
    })
  })
}

interface Shown {
  readonly code: number | null
  readonly texts: Readonly<Partial<Record<Format, string>>>
}

/** One review in every format; the built program shows each pull request in one, in turn. */
async function show({ folder: cwd }: TestRepository, request: PullRequest, index: number): Promise<Shown> {
  const { words = [], environment = {} } = request
  const names = Object.keys(formats) as Format[]
  if (isBuilt) {
    const format = names[index % names.length]!
    const shown = ['diff', 'main', 'topic', '--format', format, ...words]
    const { code, stdout } = await callctl(shown, { cwd, environment })
    return { code, texts: { [format]: stdout } }
  }
  return reviewInFormats(names, ['main', 'topic', ...words], { cwd, environment })
}

/** Compiled once: the same files have the same lockfile. */
const bases: Promise<RepositoryFiles>[] = []

function baseWithLockfile(): Promise<RepositoryFiles> {
  if (bases.length === 0)
    bases.push(lockfileOfBase().then((text) => ({ ...baseFiles, 'calls.lock.json': text })))
  return bases[0]!
}

async function lockfileOfBase(): Promise<string> {
  const payloads: { address: string; digest: string; endpoint: string }[] = []
  await withWorkspace(baseFiles, async ({ folder: cwd }) => {
    const { stdout } = await callctl(['compile', '--format', 'ndjson'], { cwd })
    for (const line of stdout.trim().split('\n')) payloads.push(JSON.parse(line))
  })
  const entries = payloads
    .filter(({ address }) => isPlaced(address))
    .map((payload, index): [string, Entry] => [payload.address, entryOf(payload, index)])
  const lineage = '00000000-0000-4000-8000-000000000001'
  return formatLockfile({ lockfileVersion: 1, lineage, calls: Object.fromEntries(entries) })
}

const entryOf = ({ digest, endpoint }: { digest: string; endpoint: string }, index: number): Entry => {
  const tail = String(index).padStart(12, '0')
  return {
    state: 'placed',
    callId: `c0000000-0000-4000-8000-${tail}`,
    digest,
    attempt: `d0000000-0000-4000-8000-${tail}`,
    endpoint,
    placedAt: '2026-01-01T00:00:00.000Z',
    evidence: 'http-201',
  }
}

function commitEdits(repository: TestRepository, edits: Readonly<Record<string, Edit>>): void {
  for (const [path, edit] of Object.entries(edits)) {
    if (edit === null) repository.remove(path)
    else if (typeof edit === 'string') repository.write(path, edit)
    else repository.write(path, edit(readFileSync(join(repository.folder, path), 'utf8')))
  }
  repository.commit()
}

function compareGolden(name: string, text: string): void {
  const path = join(folder, name)
  if (isUpdate) {
    mkdirSync(folder, { recursive: true })
    writeFileSync(path, text)
  } else {
    assert.ok(existsSync(path), `${name} is not there: UPDATE=1 writes it`)
    assert.fixture(text, readFileSync(path, 'utf8'))
  }
}

test.run()
