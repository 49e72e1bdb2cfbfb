import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Entry, Lockfile } from '../../../src/model/record/lockfile.js'
import { formatLockfile } from '../../../src/record/lockfile/format-lockfile.js'
import { callctl } from '../../helpers/callctl.js'
import { peerCalls, type Workspace, withWorkspace } from '../../helpers/callctl-workspace.js'
import { created, withGraphServer } from '../../helpers/graph-server.js'

// A lockfile that somebody edited: apply refuses it (exit 7) and sends nothing, where the call was placed and in a copy
// that has nothing but the files.

const test = suite('cli/edited lockfile')

type Edit = (lockfile: Lockfile, entry: Entry) => Lockfile

const withEntry = (lockfile: Lockfile, entry: object): Lockfile => ({
  ...lockfile,
  calls: { ping: entry as Entry },
})
const withForgotten = (lockfile: Lockfile, attempt: object, address = 'ping'): Lockfile => ({
  ...lockfile,
  calls: {},
  forgotten: { [address]: [attempt as Entry] },
})
const later = '2099-01-01T00:00:00.000Z'

/** Refused wherever it is read. */
const everywhere: Readonly<Record<string, Edit>> = {
  'failed, the rest as it was': (lockfile, entry) => withEntry(lockfile, { ...entry, state: 'failed' }),
  'ended without an end, then forgotten': (lockfile, entry) =>
    withForgotten(lockfile, { ...entry, state: 'ended', forgottenAt: later }),
  'forgotten while it is live': (lockfile, entry) =>
    withForgotten(lockfile, { ...entry, forgottenAt: later }),
  'forgotten by the name of another that it was': (lockfile, entry) => ({
    ...withForgotten(lockfile, entry),
    calls: { decoy: { ...entry, attempt: '00000000-0000-4000-8000-000000000009', movedFrom: ['ping'] } },
  }),
  'a time that commands a terminal': (lockfile, entry) =>
    withEntry(lockfile, { ...entry, placedAt: '\u001b[2J##vso[task.complete]' }),
  'two names that were each other': (lockfile, entry) => ({
    ...lockfile,
    calls: { ping: { ...entry, movedFrom: ['pong'] }, pong: { ...entry, movedFrom: ['ping'] } },
  }),
}

/** Refused where the attempt has its own record. */
const here: Readonly<Record<string, Edit>> = {
  'failed, as if Graph had refused it': (lockfile, { digest, attempt, endpoint }) =>
    withEntry(lockfile, { state: 'failed', digest, attempt, endpoint, reason: 'refused 403 7503' }),
  'forgotten at another address': (lockfile, entry) =>
    withForgotten(lockfile, { ...entry, state: 'ended', endedAt: later, forgottenAt: later }, 'other'),
}

const whenPlaced =
  (work: (workspace: Workspace, requests: () => number, url: string) => Promise<void>) => () =>
    withWorkspace(peerCalls(['ping']), (workspace) =>
      withGraphServer(
        () => created('call-1'),
        async ({ url, requests }) => {
          const environment = { CALLCTL_GRAPH_ROOT: url }
          const first = await callctl(['apply', '--yes'], { cwd: workspace.folder, environment })
          assert.is(first.code, 0, first.stderr)
          await work(workspace, () => requests.filter(({ method }) => method === 'POST').length, url)
        },
      ),
    )

function edit({ read, write }: Workspace, change: Edit): void {
  const lockfile = JSON.parse(read('calls.lock.json')) as Lockfile
  write('calls.lock.json', formatLockfile(change(lockfile, lockfile.calls['ping']!)))
}

for (const [what, change] of Object.entries({ ...everywhere, ...here })) {
  test(
    `${what}: apply refuses, and nothing rings`,
    whenPlaced(async (workspace, countPosts, url) => {
      edit(workspace, change)
      const copy = `${workspace.folder}-copy`
      const folders = what in everywhere ? [workspace.folder, copy] : [workspace.folder]
      cpSync(workspace.folder, copy, { recursive: true })
      rmSync(join(copy, '.callctl'), { recursive: true, force: true })
      try {
        for (const cwd of folders) {
          const { code, stderr, stdout } = await callctl(['apply', '--yes'], {
            cwd,
            environment: { CALLCTL_GRAPH_ROOT: url },
          })
          assert.is(code, 7, `${stderr}${stdout}`)
          assert.not.match(stderr, 'has a bug')
          assert.not.match(stderr + stdout, '\u001b[2J')
        }
        assert.is(countPosts(), 1)
      } finally {
        rmSync(copy, { recursive: true, force: true })
      }
    }),
  )
}

test.run()
