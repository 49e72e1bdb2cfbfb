import { spawnSync } from 'node:child_process'
import { existsSync, lstatSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { run } from '../../src/cli/run.js'
import { peerCalls } from '../helpers/callctl-workspace.js'
import { type TestRepository, withRepository } from '../helpers/repository.js'
import { fakeHost } from './fake-host.js'

// What the user names, callctl writes only where nothing of anybody else's stands, and through no link of the workspace.

const test = suite('cli/written files')

const testFile = 'tests:\n  it rings one:\n    address: a\n    expect: { kind: peer-to-peer }\n'
const emptyLockfile = `{
  "lockfileVersion": 1,
  "lineage": "6f0b1c2a-54d3-4c8e-9a71-2f3d5b7e9c10",
  "calls": {}
}
`

const files = {
  ...peerCalls(['a']),
  'calls/a.test.yaml': testFile,
  'data/people.csv': 'id\n1\n',
  'data/people.json': '[]\n',
  'package.json': '{\n  "name": "mine"\n}\n',
  'calls.lock.json': emptyLockfile,
  'calls.staging.lock.json': '{}\n',
  'notes.json': '{}\n',
  'notes.md': '# Notes\n',
  '.gitkeep': '',
}

interface World {
  readonly repository: TestRepository
  call(...words: readonly string[]): Promise<number>
  stderr(): string
}

const inWorld = (work: (world: World) => Promise<void>) => () =>
  withRepository(files, async (repository) => {
    let host = fakeHost({ cwd: repository.folder, now: () => Date.parse('2026-01-01T00:00:00Z') })
    await work({
      repository,
      call: (...words) => {
        host = fakeHost({ cwd: repository.folder, environment: { PATH: process.env['PATH'] } })
        return run(words, host)
      },
      stderr: () => host.written.stderr,
    })
  })

const writers: Readonly<Record<string, readonly string[]>> = {
  plan: ['plan', '--simulator', '--out'],
  'diff as text': ['diff', 'HEAD', '--out'],
  'diff as JSON': ['diff', 'HEAD', '--json', '--out'],
  'diff as HTML': ['diff', 'HEAD', '--format', 'html', '--out'],
  'test as text': ['test', '--out'],
  'test as JUnit': ['test', '--format', 'junit', '--out'],
  'simulator --store': ['simulator', '--port', '70000', '--store'],
  'simulator --log': ['simulator', '--port', '70000', '--log'],
}

const victims = Object.keys(files)

for (const [name, words] of Object.entries(writers)) {
  test(
    `${name} overwrites nothing of the workspace`,
    inWorld(async ({ repository, call }) => {
      for (const victim of victims) {
        const before = readFileSync(join(repository.folder, victim), 'utf8')
        assert.is(await call(...words, victim), 3, victim)
        assert.is(await call(...words, `./data/../${victim}`), 3, victim)
        assert.is(readFileSync(join(repository.folder, victim), 'utf8'), before, victim)
      }
      assert.is(repository.git('status', '--porcelain'), '')
    }),
  )
}

const reserved = [
  'callctl.yml',
  'calls.prod.lock.json',
  'Calls.Lock.json',
  'calls/new.json',
  'templates/new.json',
  '.git/new.json',
  '.callctl/simulator.lock.json',
]

for (const [name, words] of Object.entries(writers)) {
  test(
    `${name} makes no file where callctl reads its own`,
    inWorld(async ({ repository, call }) => {
      for (const path of reserved) {
        assert.is(await call(...words, path), 3, path)
        assert.not.ok(existsSync(join(repository.folder, path)), path)
      }
    }),
  )
}

for (const [name, words] of Object.entries(writers)) {
  if (name.startsWith('simulator')) continue
  test(
    `${name} replaces what it wrote itself, in the workspace and elsewhere`,
    inWorld(async ({ repository, call }) => {
      for (const path of ['out.json', join(dirname(repository.folder), 'out.json')]) {
        assert.is(await call(...words, path), 0, path)
        assert.is(await call(...words, path), 0, path)
      }
      const outside = join(dirname(repository.folder), 'foreign.json')
      writeFileSync(outside, 'mine')
      assert.is(await call(...words, outside), 3)
      assert.is(readFileSync(outside, 'utf8'), 'mine')
      writeFileSync(outside, '')
      assert.is(await call(...words, outside), 0)
    }),
  )
}

for (const [name, words] of Object.entries(writers)) {
  test(
    `${name} goes through no link of the repository, and through the user’s own`,
    inWorld(async ({ repository, call }) => {
      const { folder } = repository
      const home = join(dirname(folder), 'home')
      mkdirSync(home)
      symlinkSync(join(home, 'made.json'), join(folder, 'link.json'))
      symlinkSync(home, join(folder, 'linked'))
      for (const path of ['link.json', 'linked/made.json']) assert.is(await call(...words, path), 3, path)
      assert.not.ok(existsSync(join(home, 'made.json')))
      symlinkSync(folder, join(dirname(folder), 'mine'))
      assert.is(await call(...words, join(dirname(folder), 'mine', 'notes.json')), 3)
      if (name.startsWith('simulator')) return
      assert.is(await call(...words, join(dirname(folder), 'mine', 'made.json')), 0)
      assert.ok(lstatSync(join(folder, 'made.json')).isFile())
    }),
  )
}

test(
  'compile --out takes no folder with files of others, nor one of the workspace’s own',
  inWorld(async ({ repository, call, stderr }) => {
    const head = repository.git('stash', 'create')
    for (const path of ['.', 'data', 'calls', 'templates/x', '.git/x', '.callctl', 'notes.json']) {
      assert.is(await call('compile', '--out', path), 3, path)
    }
    assert.is(await call('compile', '--out', 'data'), 3)
    assert.match(stderr(), /people\.json/)
    assert.is(repository.git('status', '--porcelain') + head, '')
  }),
)

test(
  'compile --out names what it removes, and removes its own alone',
  inWorld(async ({ repository, call, stderr }) => {
    assert.is(await call('compile', '--out', 'compiled'), 0)
    repository.write('compiled/README.md', 'kept\n')
    repository.write('calls/calls.yaml', peerCalls(['b'])['calls/calls.yaml']!)
    assert.is(await call('compile', '--out', 'compiled'), 0)
    assert.match(stderr(), /^removed: a\.json$/m)
    assert.equal(repository.git('ls-files', '--others', 'compiled').split('\n'), [
      'compiled/README.md',
      'compiled/b.json',
    ])
    repository.write('compiled/c.json', '{ "mine": true }')
    assert.is(await call('compile', '--out', 'compiled'), 3)
    assert.is(await call('compile', '--out', 'compiled', '--check'), 3)
    assert.match(stderr(), /c\.json/)
  }),
)

test(
  'compile --out goes through no link of the repository',
  inWorld(async ({ repository, call }) => {
    const { folder } = repository
    const home = join(dirname(folder), 'home')
    mkdirSync(home)
    writeFileSync(join(home, 'mine.json'), '{}')
    writeFileSync(join(home, 'profile'), 'mine')
    symlinkSync(home, join(folder, 'compiled'))
    assert.is(await call('compile', '--out', 'compiled'), 3)
    assert.is(await call('compile', '--out', 'compiled/deep'), 3)
    assert.is(readFileSync(join(home, 'mine.json'), 'utf8'), '{}')
    mkdirSync(join(folder, 'real'))
    symlinkSync(join(home, 'profile'), join(folder, 'real', 'a.json'))
    assert.is(await call('compile', '--out', 'real'), 3)
    assert.is(readFileSync(join(home, 'profile'), 'utf8'), 'mine')
  }),
)

for (const path of ['.callctl', '.callctl/simulator-calls.ndjson', '.callctl/simulator', 'calls.lock.json']) {
  test(
    `the record is kept behind no link: ${path}`,
    inWorld(async ({ repository, call }) => {
      const { folder } = repository
      const home = join(dirname(folder), 'home')
      if (existsSync(join(folder, path))) repository.remove(path)
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      symlinkSync(home, join(folder, path))
      const simulator = path.startsWith('.callctl') ? ['--simulator'] : []
      assert.is(await call('apply', '--yes', ...simulator), 7)
      assert.not.ok(existsSync(home))
    }),
  )
}

for (const path of ['.gitignore', '.gitattributes', 'calls', 'templates', '.callctl', '.callctl/schema']) {
  test(
    `init writes nothing when ${path} is a link`,
    inWorld(async ({ repository, call }) => {
      const { folder } = repository
      const home = join(dirname(folder), 'home')
      mkdirSync(dirname(join(folder, 'new', path)), { recursive: true })
      symlinkSync(home, join(folder, 'new', path))
      assert.is(await call('init', 'new'), 3)
      assert.not.ok(existsSync(home))
      assert.not.ok(existsSync(join(folder, 'new', 'callctl.yaml')))
    }),
  )
}

test(
  'fmt and test --update rewrite nothing through a link, even to a file of the workspace',
  inWorld(async ({ repository, call }) => {
    const { folder } = repository
    repository.write('other/real.yaml', 'calls:   {}\n')
    repository.write('other/real.test.yaml', testFile.replace('peer-to-peer', 'group'))
    symlinkSync('../other', join(folder, 'calls', 'linked'))
    assert.is(await call('fmt'), 3)
    assert.is(await call('test', '--update'), 3)
    assert.is(readFileSync(join(folder, 'other/real.yaml'), 'utf8'), 'calls:   {}\n')
    assert.match(readFileSync(join(folder, 'other/real.test.yaml'), 'utf8'), /group/)
  }),
)

test(
  'schema --write leaves what callctl did not write',
  inWorld(async ({ repository, call }) => {
    repository.write('.callctl/schema/calls.json', '{}')
    assert.is(await call('schema', '--write'), 3)
    assert.is(readFileSync(join(repository.folder, '.callctl/schema/calls.json'), 'utf8'), '{}')
    repository.remove('.callctl/schema/calls.json')
    assert.is(await call('schema', '--write'), 0)
    assert.is(await call('schema', '--write'), 0)
  }),
)

test(
  'streams of the system take what is written',
  inWorld(async ({ repository }) => {
    const { folder } = repository
    const words = [process.execPath, join(process.cwd(), 'dist', 'callctl.cjs'), 'diff', 'HEAD', '--json']
    const shell = (text: string) => spawnSync('bash', ['-c', text], { cwd: folder, encoding: 'utf8' })
    const command = words.map((word) => `'${word}'`).join(' ')
    assert.is(JSON.parse(shell(`${command} --out /dev/stdout`).stdout).formatVersion, 1)
    assert.is(JSON.parse(shell(`${command} --out >(cat)`).stdout).formatVersion, 1)
    assert.is(shell(`${command} --out /dev/null`).status, 0)
  }),
)

test.run()
