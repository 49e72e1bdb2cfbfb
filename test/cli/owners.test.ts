import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { run } from '../../src/cli/run.js'
import { attemptForm } from '../../src/record/attempts/attempt-form.js'
import { openAttempts } from '../../src/record/attempts/attempts.js'
import { formatRescue } from '../../src/record/attempts/claim-file.js'
import { bundle } from '../helpers/callctl-process.js'
import { peerCalls, withWorkspace } from '../helpers/callctl-workspace.js'
import { asRoot, give, nobody, unlisted } from '../helpers/other-user.js'
import { claimOf, inPlace, placed } from '../record/temporary-place.js'
import { fakeHost } from './fake-host.js'

// Folders of another user of the machine, in which any name can turn into anything: callctl neither writes there nor
// believes what it finds.

const suited = suite('cli/owners')
const test = asRoot(suited)

const commands: readonly (readonly [words: readonly string[], folder: string, code: number])[] = [
  [['apply', '--simulator', '--yes'], '.callctl', 7],
  [['apply', '--simulator', '--yes'], '.callctl/simulator', 7],
  [['apply', '--simulator', '--yes', '--env', 'prod'], '.callctl/simulator/environments', 7],
  [['status', '--simulator'], '.callctl', 7],
  [['lock', 'rebuild', '--simulator'], '.callctl/simulator', 7],
  [['plan', '--simulator', '--out', 'made/plan.json'], 'made', 3],
  [['compile', '--out', 'made'], 'made', 3],
  [['compile', '--out', 'made/payloads'], 'made', 3],
  [['init', 'made'], 'made', 3],
]

for (const [words, folder, code] of commands) {
  test(`${words.join(' ')} writes nothing into ${folder} of another user, exit ${code}`, () =>
    withWorkspace(
      {
        ...peerCalls(['a']),
        'callctl.yaml':
          'version: 1\nenvironments: { prod: {} }\ndefaults: { callbackUri: "https://bot.contoso.com/callback" }\n',
      },
      async (workspace) => {
        mkdirSync(join(workspace.folder, folder), { recursive: true })
        give(join(workspace.folder, folder))
        const host = fakeHost({ cwd: workspace.folder, environment: { PATH: process.env['PATH'] } })
        assert.is(await run(words, host), code, host.written.stderr)
        assert.match(host.written.stderr, 'another user')
        assert.equal(readdirSync(join(workspace.folder, folder)), [])
      },
    ))
}

test(
  'a rescue file of another user in the folder for temporary files is not believed',
  inPlace((place) => {
    openAttempts(place).claim(claimOf('a'))
    const path = join(place.temporary, `callctl-rescue-${claimOf('a').attemptId}.json`)
    writeFileSync(path, formatRescue(attemptForm, claimOf('a'), placed('their-call')), { mode: 0o600 })
    assert.is(openAttempts(place).list()[0]?.outcome?.kind, 'placed')
    give(place.temporary)
    assert.is(openAttempts(place).list()[0]?.outcome, undefined)
  }),
)

for (const user of [nobody, unlisted]) {
  test(`user ${user} works in a workspace of its own`, () =>
    withWorkspace(peerCalls(['a']), async ({ folder }) => {
      give(folder, user)
      const { status, stderr, error } = spawnSync(
        process.execPath,
        [bundle, 'apply', '--simulator', '--yes'],
        {
          cwd: folder,
          uid: user,
          gid: user,
          env: { PATH: process.env['PATH'], HOME: folder },
          encoding: 'utf8',
        },
      )
      // Another user can reach this Node only where every folder above it lets him.
      if ((error as NodeJS.ErrnoException)?.code === 'EACCES')
        return console.log('skipped: no other user can run this Node')
      assert.is(status, 0, stderr)
      assert.match(readFileSync(join(folder, '.callctl', 'simulator.lock.json'), 'utf8'), '"placed"')
    }))
}

test('but not in a folder that root gave to another', () =>
  withWorkspace(peerCalls(['a']), async ({ folder }) => {
    mkdirSync(join(folder, '.callctl'))
    give(folder, unlisted)
    give(join(folder, '.callctl'), nobody)
    chmodSync(join(folder, '.callctl'), 0o777)
    const { status, stderr, error } = spawnSync(process.execPath, [bundle, 'status', '--simulator'], {
      cwd: folder,
      uid: unlisted,
      gid: unlisted,
      env: { PATH: process.env['PATH'], HOME: folder },
      encoding: 'utf8',
    })
    if ((error as NodeJS.ErrnoException)?.code === 'EACCES')
      return console.log('skipped: no other user can run this Node')
    assert.is(status, 7, stderr)
  }))

suited.run()
