// A stranger's repository: whatever it holds and however it is set up, nothing of it runs, nothing outside is read, and
// nothing hangs: a process of its own can be ended when it does.
import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { callctlProcess } from '../../helpers/callctl-process.js'
import { type RepositoryFiles, type TestRepository, withRepository } from '../../helpers/repository.js'
import { group, groupCall, settings } from '../../review/review-files.js'

const test = suite('cli/diff of a hostile repository')

const base = {
  'callctl.yaml': settings,
  'templates/group.yaml': group,
  'calls/a.yaml': groupCall(['Adele']),
}

interface Hostile extends TestRepository {
  /** Leaves a file behind when it is run. */
  readonly program: string
  /** Runs `diff` as a user would; fails when anything of the repository was run. */
  diff(...words: readonly string[]): Promise<{ code: number | null; stdout: string; stderr: string }>
}

const inHostile = (files: RepositoryFiles, work: (repository: Hostile) => Promise<void>) => () =>
  withRepository({ ...base, ...files }, async (repository) => {
    const outer = join(repository.folder, '..')
    const canary = join(outer, 'canary')
    const program = join(outer, 'evil.sh')
    writeFileSync(program, `#!/bin/sh\necho "$0 $@" >> ${canary}\ncat\n`)
    chmodSync(program, 0o755)
    await work({
      ...repository,
      program,
      async diff(...words) {
        const done = await callctlProcess(['diff', ...words], { cwd: repository.folder })
        assert.not.ok(existsSync(canary), 'something of the repository was run')
        assert.equal(done.connections, [])
        assert.is(done.signal, null, 'it hung')
        return done
      },
    })
  })

test(
  'attributes with filters, textconv and encodings',
  inHostile({}, async ({ git, write, program, commit, diff }) => {
    commit({
      'calls/b.yaml':
        'calls: { other: { uses: group, with: { people: [{ id: desk-id, name: desk-id }] } } }\n',
    })
    const [attributes, words] = [
      '* filter=evil diff=evil merge=evil text eol=crlf working-tree-encoding=UTF-16 ident\n',
      'HEAD~1',
    ]
    write('.gitattributes', attributes)
    mkdirSync(join(git('rev-parse', '--absolute-git-dir'), 'info'), { recursive: true })
    write('.git/info/attributes', attributes)
    for (const name of [
      'filter.evil.clean',
      'filter.evil.smudge',
      'filter.evil.process',
      'diff.evil.textconv',
      'diff.evil.command',
      'diff.external',
      'merge.evil.driver',
    ])
      git('config', name, program)
    git('config', 'core.attributesFile', join('..', 'attributes'))
    const { code, stdout } = await diff(words, 'HEAD')
    assert.is(code, 0)
    assert.match(stdout, '1 added')
  }),
)

test(
  'settings that name programs',
  inHostile({}, async ({ git, program, diff }) => {
    const names = [
      'core.fsmonitor',
      'core.sshCommand',
      'core.gitProxy',
      'core.askPass',
      'core.editor',
      'core.pager',
      'pager.ls-tree',
      'pager.cat-file',
      'pager.rev-parse',
      'credential.helper',
      'gpg.program',
      'uploadpack.packObjectsHook',
      'core.alternateRefsCommand',
      'sequence.editor',
      'interactive.diffFilter',
      'diff.external',
    ]
    for (const name of names) git('config', name, program)
    for (const name of ['rev-parse', 'merge-base', 'ls-tree', 'cat-file'])
      git('config', `alias.${name}`, `!${program}`)
    assert.is((await diff()).code, 0)
  }),
)

test(
  'hooks',
  inHostile({}, async ({ git, write, program, diff }) => {
    const folder = git('rev-parse', '--absolute-git-dir')
    for (const name of [
      'post-checkout',
      'post-index-change',
      'reference-transaction',
      'pre-auto-gc',
      'fsmonitor-watchman',
      'post-merge',
    ]) {
      write(`.git/hooks/${name}`, `#!/bin/sh\n${program}\n`)
      chmodSync(join(folder, 'hooks', name), 0o755)
    }
    git('config', 'core.hooksPath', join(folder, 'hooks'))
    assert.is((await diff('main')).code, 0)
  }),
)

test(
  'a clone that would fetch what it lacks, with a program of its own choice',
  inHostile({}, async ({ git, program, folder, commit, diff }) => {
    const blob = git('rev-parse', 'HEAD:calls/a.yaml')
    commit({
      'calls/a.yaml':
        'calls: { other: { uses: group, with: { people: [{ id: desk-id, name: desk-id }] } } }\n',
    })
    chmodSync(join(folder, '.git/objects', blob.slice(0, 2), blob.slice(2)), 0o644)

    rmSync(join(folder, '.git/objects', blob.slice(0, 2), blob.slice(2)))
    git('config', 'core.repositoryFormatVersion', '1')
    git('config', 'extensions.partialClone', 'origin')
    git('config', 'remote.origin.promisor', 'true')
    git('config', 'remote.origin.uploadpack', program)
    for (const url of [
      `ext::${program}`,
      'ssh://host/x',
      'git://192.0.2.1/x',
      `file://${folder}`,
      '/nowhere',
      'https://192.0.2.1/x',
    ]) {
      git('config', 'remote.origin.url', url)
      git('config', 'core.sshCommand', program)
      const { code, stdout, stderr } = await diff('HEAD~1', 'HEAD')
      assert.ok(code === 0 || code === 3, `${url}: ${code} ${stdout}${stderr}`)
    }
    git('config', 'remote.origin.vcs', 'evil')
    assert.ok([0, 3].includes((await diff('HEAD~1', 'HEAD')).code!))
  }),
)

test(
  'submodules with evil names and addresses',
  inHostile(
    {
      '.gitmodules':
        '[submodule "a"]\n\tpath = calls/module\n\turl = ext::touch /tmp/x\n\tupdate = !touch /tmp/x\n\tfetchRecurseSubmodules = true\n',
    },
    async ({ git, diff }) => {
      git('update-index', '--add', '--cacheinfo', `160000,${git('rev-parse', 'HEAD')},calls/module`)
      git('commit', '-q', '-m', 'module')
      git('config', 'submodule.recurse', 'true')
      git('config', 'submodule.calls/module.update', '!touch /tmp/x')
      const { code, stdout } = await diff('HEAD~1', 'HEAD')
      assert.is(code, 0)
      assert.match(stdout, '1 unchanged')
    },
  ),
)

test(
  'links out of the tree, and in circles',
  inHostile({ 'data/ok.csv': 'id\n' }, async ({ folder, commit, diff, write }) => {
    write(
      '../outside.yaml',
      'calls: { secret-of-the-disk: { uses: group, with: { people: [{ id: desk-id, name: desk-id }] } } }\n',
    )
    for (const [path, target] of [
      ['calls/abs.yaml', join(folder, '..', 'outside.yaml')],
      ['calls/up.yaml', '../../outside.yaml'],
      ['calls/root', '/'],
      ['calls/loop', 'loop'],
      ['calls/ring', '../calls'],
      ['calls/proc.yaml', '/proc/self/environ'],
      ['calls/zero.yaml', '/dev/zero'],
    ] as const)
      symlinkSync(target, join(folder, path))
    commit()
    const { code, stdout } = await diff('HEAD~1', 'HEAD')
    assert.is(code, 4)
    assert.match(stdout, 'leads out of the workspace')
    assert.not.match(stdout, 'secret-of-the-disk')
  }),
)

test(
  'a definition that asks for data outside',
  inHostile({}, async ({ commit, diff, write }) => {
    write('../people.csv', 'id,name\nx,Secret\n')
    const head = (file: string) => ({
      'calls/b.yaml': `data: { p: { file: ${file} } }\ncalls: { b: { uses: group, with: { people: "{{p}}" } } }\n`,
    })
    for (const file of ['../../people.csv', '/etc/hosts.csv', '../calls/../../people.csv']) {
      commit(head(file))
      const { code, stdout } = await diff('HEAD~1', 'HEAD', '--show-people')
      assert.is(code, 4)
      assert.not.match(stdout, 'Secret')
    }
  }),
)

test(
  'a huge file is refused by its size',
  inHostile({}, async ({ commit, diff }) => {
    commit({ 'calls/huge.yaml': '#'.repeat(40 * 1024 * 1024) })
    const { code, stdout } = await diff('HEAD~1', 'HEAD')
    assert.is(code, 4)
    assert.match(stdout, 'file/too-large')
  }),
)

/** A tree object of these lines, whatever git would say to them. */
function forge(
  { folder }: TestRepository,
  entries: readonly (readonly [string, string | Uint8Array, string])[],
): string {
  const bytes = entries.flatMap(([mode, name, id]) => [
    Buffer.from(`${mode} `),
    Buffer.from(name),
    Buffer.from([0]),
    Buffer.from(id, 'hex'),
  ])
  const content = Buffer.concat(bytes)
  const object = Buffer.concat([Buffer.from(`tree ${content.length}\0`), content])
  const id = createHash('sha1').update(object).digest('hex')
  // Written as git does, hundreds of times: to start it takes longer.
  const file = join(folder, '.git', 'objects', id.slice(0, 2), id.slice(2))
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, deflateSync(object))
  return id
}

test(
  'a tree in trees, ten to the power of thirty files',
  inHostile({}, async (repository) => {
    const { git, pipe, diff } = repository
    let tree = forge(repository, [['100644', 'a.yaml', git('rev-parse', 'HEAD:calls/a.yaml')]])
    for (let level = 0; level < 30; level++) {
      const names = Array.from({ length: 10 }, (_, index) => `d${index}`)
      tree = forge(
        repository,
        names.map((name) => ['40000', name, tree]),
      )
    }
    const top = pipe(['mktree'], `040000 tree ${tree}\tcalls\n`).toString('utf8').trim()
    const { code, stderr } = await diff('HEAD', git('commit-tree', '-m', 'bomb', top))
    assert.is(code, 3)
    assert.match(stderr, 'too large')
  }),
)

test(
  'a very deep tree',
  inHostile({}, async (repository) => {
    const { git, pipe, diff } = repository
    let tree = forge(repository, [['100644', 'a.yaml', git('rev-parse', 'HEAD:calls/a.yaml')]])
    for (let level = 0; level < 300; level++) tree = forge(repository, [['40000', 'd', tree]])
    const top = pipe(['mktree'], `040000 tree ${tree}\tcalls\n`).toString('utf8').trim()
    const { code } = await diff('HEAD', git('commit-tree', '-m', 'deep', top))
    assert.ok(code === 0 || code === 3)
  }),
)

test(
  'paths that climb, and names that no file system has',
  inHostile({}, async (repository) => {
    const { git, folder, diff } = repository
    const blob = git('rev-parse', 'HEAD:calls/a.yaml')
    repository.write(
      '../climbed.yaml',
      'calls: { secret-of-the-disk: { uses: group, with: { people: [{ id: desk-id, name: desk-id }] } } }\n',
    )
    const names = [
      '..',
      '.',
      '.git',
      '../../climbed.yaml',
      '/etc/passwd.yaml',
      '',
      'new\nline.yaml',
      '"q".yaml',
      '\u001b[31mred.yaml',
      '::set-output name=x::y.yaml',
      'a.yaml',
      'a.yaml',
    ]
    const entries = names.map((name) => ['100644', name, blob] as const)
    const odd = forge(repository, [
      ...entries,
      ['100644', Buffer.from([0x61, 0xff, 0xfe, 0x2e, 0x79, 0x61, 0x6d, 0x6c]), blob],
    ])
    const climbing = forge(repository, [['40000', '..', odd]])
    const top = forge(repository, [
      ['100644', 'callctl.yaml', git('rev-parse', 'HEAD:callctl.yaml')],
      ['40000', 'calls', odd],
      ['40000', 'climb', climbing],
      ['40000', 'templates', git('rev-parse', 'HEAD:templates')],
    ])
    const { code, stdout, stderr } = await diff('HEAD', git('commit-tree', '-m', 'odd', top))
    assert.ok(code === 0 || code === 3 || code === 4, `${code} ${stderr}`)
    assert.not.match(stdout, 'secret-of-the-disk')
    assert.not.match(stdout, '\u001b')
    assert.not.match(stdout, /^\s*::/m)
    assert.equal(readdirSync(folder).sort(), ['.git', 'callctl.yaml', 'calls', 'templates'])
  }),
)

for (const name of ['--upload-pack=touch canary', '--output=canary', '-O', '--exec=x', '--no-index']) {
  test(
    `a revision such as ${name} is none`,
    inHostile({}, async ({ diff, folder }) => {
      const { code } = await diff('--', name)
      assert.is(code, 3)
      assert.equal(readdirSync(folder).sort(), ['.git', 'callctl.yaml', 'calls', 'templates'])
    }),
  )
}

test(
  'branches with odd names',
  inHostile({}, async ({ git, diff, commit }) => {
    commit({
      'calls/b.yaml':
        'calls: { other: { uses: group, with: { people: [{ id: desk-id, name: desk-id }] } } }\n',
    })
    for (const name of ['$(touch,canary)', ';touch_canary;', '`id`', '|cat', '-n', '--output', 'ünï']) {
      git('update-ref', `refs/heads/${name}`, 'HEAD~1')
      const { code, stdout } = await diff('--', `refs/heads/${name}`)
      assert.is(code, 0, name)
      assert.match(stdout, '1 added')
    }
  }),
)

test(
  'another repository in the environment is not looked at',
  inHostile({}, async ({ folder }) => {
    const done = await callctlProcess(['diff', 'HEAD'], {
      cwd: folder,
      environment: {
        GIT_DIR: '/nonexistent',
        GIT_WORK_TREE: '/',
        GIT_OBJECT_DIRECTORY: '/nonexistent',
        GIT_EXTERNAL_DIFF: 'touch x',
        GIT_CONFIG_COUNT: '1',
        GIT_CONFIG_KEY_0: 'core.bare',
        GIT_CONFIG_VALUE_0: 'nonsense',
      },
    })
    assert.is(done.code, 0)
  }),
)

test.run()
