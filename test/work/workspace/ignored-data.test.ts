import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { run } from '../../../src/cli/run.js'
import { fakeHost } from '../../cli/fake-host.js'
import { withRepository } from '../../helpers/repository.js'

// A list that git ignores is seen by nobody who reviews: it is read only with leave.

const test = suite('cli/ignored data')

const callsOf = (file: string, more = '') => `data: { people: { file: ../${file}${more} } }
calls:
  "ring-{{p.id}}":
    forEach: "{{people}}"
    as: p
    call: { callbackUri: "https://bot.contoso.com/callback", targets: [{ identity: { user: { id: adele } } }], subject: "{{p.id}}" }
`

const ignoring: Readonly<Record<string, string>> = {
  '.gitignore': 'data/*.csv\n',
  'data/.gitignore': 'people.csv\n',
  '.git/info/exclude': '/data\n',
}

const validate = (cwd: string): Promise<{ code: number; stdout: string }> => {
  const host = fakeHost({ cwd, environment: { PATH: process.env['PATH'] } })
  return run(['validate', '--json'], host).then((code) => ({ code, stdout: host.written.stdout }))
}

for (const [path, text] of Object.entries(ignoring)) {
  test(`a list that ${path} ignores is refused without leave`, () =>
    withRepository({ 'callctl.yaml': 'version: 1\n' }, async ({ folder, write }) => {
      write(path, text)
      write('data/people.csv', 'id\n1\n')
      write('calls/a.yaml', callsOf('data/people.csv'))
      const refused = await validate(folder)
      assert.is(refused.code, 4)
      assert.match(refused.stdout, /"data\/file"/)
      write('calls/a.yaml', callsOf('data/people.csv', ', untracked: true'))
      assert.is((await validate(folder)).code, 0)
    }))
}

test('a list that is tracked is not ignored, nor one that is not committed yet', () =>
  withRepository({ 'callctl.yaml': 'version: 1\n' }, async ({ folder, write, git }) => {
    write('data/people.csv', 'id\n1\n')
    write('calls/a.yaml', callsOf('data/people.csv'))
    assert.is((await validate(folder)).code, 0)
    write('.gitignore', 'data/\n')
    git('add', '-f', 'data/people.csv')
    assert.is((await validate(folder)).code, 0)
  }))

test('a workspace below the top of its repository asks by the whole path', () =>
  withRepository({ '.gitignore': '/team/data/\n' }, async ({ folder, write }) => {
    write('team/callctl.yaml', 'version: 1\n')
    write('team/data/people.csv', 'id\n1\n')
    write('team/calls/a.yaml', callsOf('data/people.csv'))
    assert.is((await validate(`${folder}/team`)).code, 4)
  }))

test('no program of the repository’s settings is run', () =>
  withRepository({ 'callctl.yaml': 'version: 1\n' }, async ({ folder, write, git }) => {
    for (const name of ['core.fsmonitor', 'core.sshCommand', 'core.pager', 'core.editor'])
      git('config', name, `touch ${folder}/ran; false`)
    write('data/people.csv', 'id\n1\n')
    write('calls/a.yaml', callsOf('data/people.csv'))
    assert.is((await validate(folder)).code, 0)
    assert.not.ok(existsSync(join(folder, 'ran')))
  }))

test('diff and test refuse it as well', () =>
  withRepository(
    { 'callctl.yaml': 'version: 1\n', 'calls/a.yaml': callsOf('data/people.csv') },
    async ({ folder, write }) => {
      write('.gitignore', 'data/\n')
      write('data/people.csv', 'id\n1\n')
      write('calls/a.test.yaml', 'tests:\n  one:\n    address: ring-1\n    expect: { kind: group }\n')
      for (const words of [
        ['diff', 'HEAD', '--json'],
        ['test', '--json'],
      ]) {
        const host = fakeHost({ cwd: folder, environment: { PATH: process.env['PATH'] } })
        assert.is(await run(words, host), 4)
        if (words[0] === 'diff') assert.match(host.written.stdout, /"data\/file"/)
      }
    },
  ))

test.run()
