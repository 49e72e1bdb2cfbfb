import { posix } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { importsOf, type SourceFile, sources } from './source-files.js'

const test = suite('imports')
const files = sources()

/** The table of docs/architecture.md: what the files of each folder of src may import. `.` is src itself, but for the version. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  model: [],
  git: ['model'],
  review: ['model'],
  read: ['model'],
  compile: ['model', 'schema'],
  plan: ['model'],
  report: ['model'],
  send: ['model'],
  refresh: ['model', 'send'],
  apply: ['model', 'send'],
  record: ['model', 'git'],
  graph: ['model'],
  simulator: ['model', 'schema'],
  version: ['package.json'],
  work: [
    ...['model', 'read', 'compile', 'plan', 'record', 'git', 'review', 'send', 'refresh', 'apply'],
    ...['graph', 'simulator', 'version'],
  ],
}
const mayImportAll = new Set(['cli', '.'])

const folderOf = (path: string): string => {
  const [top, folder, ...rest] = path.split('/')
  if (top !== 'src') return top ?? ''
  if (folder === 'version.ts' || folder === 'version.js') return 'version'
  return rest.length === 0 ? '.' : folder!
}

/** Folders that a file imports from, its own left out. */
const foldersOf = (file: SourceFile): readonly string[] =>
  importsOf(file)
    .filter((name) => name.startsWith('.'))
    .map((name) => folderOf(posix.join(posix.dirname(file.path), name)))
    .filter((folder) => folder !== folderOf(file.path))

test('every folder of src stands in the table', () => {
  const known = new Set([...Object.keys(mayImport), ...mayImportAll])
  assert.equal(
    files.filter(({ path }) => !known.has(folderOf(path))).map(({ path }) => path),
    [],
  )
})

test('a folder imports only what the table allows', () => {
  const strays = files.flatMap((file) => {
    const folder = folderOf(file.path)
    if (mayImportAll.has(folder)) return []
    return foldersOf(file)
      .filter((other) => !mayImport[folder]?.includes(other))
      .map((other) => `${file.path} imports ${other}/`)
  })
  assert.equal(strays, [])
})

test('no folder imports another that imports it', () => {
  const reached = new Map<string, Set<string>>()
  for (const file of files) {
    const own = reached.get(folderOf(file.path)) ?? new Set()
    for (const other of foldersOf(file)) own.add(other)
    reached.set(folderOf(file.path), own)
  }
  const reaches = (from: string, to: string, seen = new Set<string>()): boolean =>
    [...(reached.get(from) ?? [])].some((next) => {
      if (next === to) return true
      if (seen.has(next)) return false
      seen.add(next)
      return reaches(next, to, seen)
    })
  assert.equal(
    [...reached.keys()].filter((folder) => reaches(folder, folder)),
    [],
  )
})

const packageOf = (name: string): string =>
  name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/')

/** Package → the files that import it. */
function packageUses(): ReadonlyMap<string, ReadonlySet<string>> {
  const uses = new Map<string, Set<string>>()
  for (const file of files) {
    for (const name of importsOf(file)) {
      if (name.startsWith('.') || name.startsWith('node:')) continue
      uses.set(packageOf(name), (uses.get(packageOf(name)) ?? new Set()).add(file.path))
    }
  }
  return uses
}

test('each package is imported in exactly one file, where it can be replaced', () => {
  const many = [...packageUses()].filter(([, paths]) => paths.size > 1)
  assert.equal(
    many.map(([name, paths]) => `${name}: ${[...paths].join(', ')}`),
    [],
  )
})

test('the packages that matter most are each imported in one file, where it can be replaced', () => {
  const uses = packageUses()
  assert.equal([...(uses.get('handlebars') ?? [])], ['src/compile/expression/handlebars-expression.ts'])
  assert.equal([...(uses.get('cross-fetch') ?? [])], ['src/graph/wire/load-fetch.ts'])
  assert.equal([...(uses.get('@azure/msal-node') ?? [])], ['src/graph/sign-in/auth.ts'])
  assert.is(uses.get('ajv'), undefined, 'validators are built, and ajv is not loaded at run time')
})

/** Node's modules that touch the world, and who may import them. Files are exceptions, each with its reason. */
const worldly: readonly (readonly [modules: RegExp, allowed: readonly string[]])[] = [
  [
    /^node:(https?|net|tls|dgram|dns)$/,
    [
      'src/graph/',
      'src/simulator/',
      'src/record/run-lock/kernel-lock.ts' /* a socket is a lock that dies with its owner */,
    ],
  ],
  [
    /^node:fs(\/promises)?$/,
    [
      'src/read/',
      'src/git/',
      'src/record/',
      'src/graph/sign-in/credential-files.ts' /* a certificate, a federated token */,
      'src/simulator/store.ts' /* its own calls */,
      'src/simulator/own-file.ts' /* its log */,
      'src/cli/frame/output.ts' /* writes to stdout */,
      'src/work/workspace/compile-workspace.ts' /* whether there is a callctl.yaml */,
      'src/work/options/check-handlers.ts' /* whether there is the folder */,
      'src/work/apply/live-elsewhere.ts' /* whether there is anything */,
      'src/work/workspace/repository-folder.ts' /* whether there is a repository */,
      'src/cli/commands/init.ts' /* writes a new workspace */,
      'src/cli/commands/template.ts' /* looks for the workspace that templates are added to */,
      'src/cli/files/find-command.ts' /* looks for an installed callctl */,
      'src/cli/files/schema-files.ts' /* writes the schemas for editors */,
      'src/cli/files/write-new.ts' /* writes files of a new workspace, and stock templates */,
      'src/cli/completion/complete-names.ts' /* names for completion, silently */,
    ],
  ],
  [
    /^node:(child_process|worker_threads|cluster|vm|inspector)$/,
    [
      'src/git/program.ts' /* runs git, by plumbing alone */,
      'src/work/workspace/parse-' /* threads that parse files */,
    ],
  ],
]

for (const [modules, allowed] of worldly) {
  test(`${modules.source} is imported where it belongs`, () => {
    const strays = files.filter(
      (file) =>
        importsOf(file).some((name) => modules.test(name)) &&
        !allowed.some((place) => file.path.startsWith(place)),
    )
    assert.equal(
      strays.map(({ path }) => path),
      [],
    )
  })
}

test.run()
