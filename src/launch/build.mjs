// Builds the program: `node src/launch/build.mjs`. `dist/callctl.cjs` is small and loads what a command needs from
// `dist/chunks/`. esbuild can split only ES modules, which Node loads more slowly, so the pieces are then made
// CommonJS; and into very small pieces, so those that nearly every command needs are put into one file.

import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build, transform } from 'esbuild'
import { jsonModules, ownUrl, yamlModules } from './packages.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const sources = join(root, 'src')
const dist = join(root, 'dist')
const chunks = join(dist, 'chunks')
const common = {
  platform: 'node',
  target: 'node20',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  logLevel: 'warning',
}

/** Of calls, in each of which they have a schema of their own. */
const versions = ['seed', 'beta', 'v1.0']
const callSource = (version) => `schema/call-${version}.generated.js`

/** Modules that are required when they are first used, where no `import()` can be awaited. */
const later = {
  name: 'later',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^\.\.?\/.*\.js$/ }, ({ kind, path, importer }) =>
      kind === 'require-call' && importer.startsWith(sources)
        ? { path: `./${basename(path)}`, external: true }
        : undefined,
    ),
}

/** A large table is read many times faster from its text than from a literal, which V8 keeps in several pieces. */
const phoneTable = {
  name: 'phone-table',
  setup: ({ onLoad }) =>
    onLoad({ filter: /libphonenumber-js\/metadata\.max\.json\.js$/ }, async ({ path }) => {
      const text = JSON.stringify((await import(pathToFileURL(path).href)).default)
      return { contents: `export default JSON.parse(${JSON.stringify(text)})`, loader: 'js' }
    }),
}

async function buildChunks() {
  const { outputFiles, metafile } = await build({
    ...common,
    absWorkingDir: root,
    entryPoints: {
      main: 'src/main.ts',
      'handlebars-expression': 'src/compile/expression/handlebars-expression.ts',
      phone: 'src/compile/numbers/phone.ts',
      'join-url': 'src/compile/links/join-url.ts',
      zones: 'src/compile/zones/zones.ts',
      'quoted-csv': 'src/compile/data/quoted-csv.ts',
      'json-text': 'src/model/language/json-text.ts',
      pattern: 'src/compile/language/pattern.ts',
      packing: 'src/record/held/packing.ts',
      'compiling-line': 'src/cli/frame/compiling-line.ts',
      hash: 'src/compile/base/hash.ts',
      'document-cache': 'src/record/cache/document-cache.ts',
      'document-form': 'src/record/cache/document-form.ts',
      'parse-threads': 'src/work/workspace/parse-threads.ts',
      ignored: 'src/git/ignored.ts',
      'parse-worker': 'src/work/workspace/parse-worker.ts',
      ...Object.fromEntries(versions.map((version) => [`call-${version}.generated`, callSource(version)])),
    },
    bundle: true,
    splitting: true,
    format: 'esm',
    outdir: chunks,
    chunkNames: '[name]-[hash]',
    write: false,
    metafile: true,
    define: { callctlParser: JSON.stringify(hashParser()) },
    plugins: [later, yamlModules, jsonModules, phoneTable, ownUrl],
  })
  const packs = findPacks(metafile)
  const places = new Map(
    outputFiles.map(({ path }) => {
      const name = basename(path)
      return [name, `${packs.has(name) ? `${packs.get(name)}/` : ''}${basename(name, '.js')}`]
    }),
  )
  const members = {}
  for (const file of outputFiles) {
    const place = places.get(basename(file.path))
    const code = wrap(await makeCommonJs(file, places))
    const [pack, piece] = place.split('/')
    if (piece === undefined) writeFileSync(join(chunks, `${place}.cjs`), code)
    else {
      members[pack] ??= []
      members[pack].push(`${JSON.stringify(piece)}:${code}`)
    }
  }
  for (const [pack, pieces] of Object.entries(members))
    writeFileSync(join(chunks, `${pack}.cjs`), `({${pieces.join(',')}})`)
}

const wrap = (code) => `(function (exports, require, module, __filename, __dirname) {${code}\n})`

/**
 * Names of pieces to the file that they share. `start` has what `--version` does with; `core` has what else `validate`
 * loads at once; of that, `parse` has what a thread that parses does with. Each version's schema is a file.
 */
function findPacks({ outputs }) {
  const pathOf = (source) => Object.keys(outputs).find((path) => outputs[path].entryPoint === source)
  const reach = (path, reached = new Set()) => {
    if (reached.has(path)) return reached
    reached.add(path)
    for (const { kind, path: next } of outputs[path].imports)
      if (kind === 'import-statement' && outputs[next] !== undefined) reach(next, reached)
    return reached
  }
  const reachAll = (...names) => names.flatMap((name) => [...reach(pathOf(name))])
  const sources = {
    ...Object.fromEntries(versions.map((version) => [`call-${version}`, [callSource(version)]])),
    core: ['src/cli/table/commands.ts', 'src/cli/frame/arguments.ts', 'src/cli/commands/validate.ts'],
    parse: ['src/work/workspace/parse-worker.ts'],
    start: ['src/main.ts'],
  }
  // Of those that reach a piece the last one has it, which is what others load too.
  return new Map(
    Object.entries(sources).flatMap(([pack, names]) =>
      reachAll(...names).map((path) => [basename(path), pack]),
    ),
  )
}

/** Of all that could change how a file is parsed, and more: what another build parsed is parsed anew. */
function hashParser() {
  const hash = createHash('sha256')
  const folders = ['src/compile', 'src/model', 'src/record', 'node_modules/yaml/browser/dist']
  for (const folder of folders.map((name) => join(root, name)))
    for (const name of readdirSync(folder, { recursive: true }).sort())
      if (statSync(join(folder, name)).isFile()) hash.update(name).update(readFileSync(join(folder, name)))
  return hash.digest('hex').slice(0, 16)
}

async function makeCommonJs({ text }, places) {
  const linked = text.replace(/(["'])\.\/([^"'/]+\.js)\1/g, (whole, quote, name) =>
    places.has(name) ? `${quote}./${places.get(name)}${quote}` : whole,
  )
  // Of a CommonJS package esbuild exports the whole alone, and `import()` would miss its names.
  const named = linked
    .replace(/^#!.*/, '')
    .replace(/\bexport default (require_\w+\(\));\s*$/, 'module.exports=$1;')
  const { code } = await transform(named, {
    ...common,
    minifyIdentifiers: true,
    logLevel: 'error',
    format: 'cjs',
    supported: { 'dynamic-import': false },
  })
  // Pieces are read byte by byte, which is fast; esbuild leaves some of what is beyond ASCII as it is.
  return code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

async function buildLaunchers() {
  await build({
    ...common,
    target: 'node10', // so that an older Node reads it, and is told what callctl needs
    entryPoints: ['callctl', 'parse-worker'].map((name) => join(root, 'src/launch', `${name}.cjs`)),
    bundle: true,
    format: 'cjs',
    outdir: dist,
    outExtension: { '.js': '.cjs' },
  })
  chmodSync(join(dist, 'callctl.cjs'), 0o755)
  const bin = join(root, 'node_modules', '.bin')
  mkdirSync(bin, { recursive: true })
  rmSync(join(bin, 'callctl'), { force: true })
  symlinkSync('../../dist/callctl.cjs', join(bin, 'callctl'))
}

/** First runs leave behind what makes later ones start faster. This repository is a workspace. */
function runOnce() {
  const { NODE_OPTIONS: _, ...env } = process.env
  for (const words of ['--version', 'help', 'validate', 'compile', 'plan --simulator'])
    spawnSync(process.execPath, [join(dist, 'callctl.cjs'), ...words.split(' ')], {
      cwd: root,
      env,
      stdio: 'ignore',
    })
}

rmSync(chunks, { recursive: true, force: true })
mkdirSync(chunks, { recursive: true })
await buildChunks()
await buildLaunchers()
runOnce()
