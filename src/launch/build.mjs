// Builds the program: `node src/launch/build.mjs`. `dist/callctl.cjs` is small and loads what a command needs from
// `dist/chunks/`. esbuild can split only ES modules, which Node loads more slowly, so the pieces are then made
// CommonJS.

import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, transform } from 'esbuild'

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

/** Modules that are required when they are first used, where no `import()` can be awaited. */
const later = {
  name: 'later',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^\.\.?\/.*\.js$/ }, ({ kind, path, importer }) =>
      kind === 'require-call' && importer.startsWith(sources)
        ? { path: `./${basename(path, '.js')}.cjs`, external: true }
        : undefined,
    ),
}

/** The same package as ES modules, of which esbuild leaves out what is not used. */
const yamlModules = {
  name: 'yaml-modules',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^yaml$/ }, () => ({ path: join(root, 'node_modules/yaml/browser/dist/index.js') })),
}

async function buildChunks() {
  const { outputFiles } = await build({
    ...common,
    absWorkingDir: root,
    entryPoints: {
      main: 'src/main.ts',
      phone: 'src/compile/phone.ts',
      packing: 'src/record/packing.ts',
      'compiling-line': 'src/cli/compiling-line.ts',
      hash: 'src/compile/hash.ts',
      'document-cache': 'src/record/document-cache.ts',
    },
    bundle: true,
    splitting: true,
    format: 'esm',
    outdir: chunks,
    chunkNames: '[name]-[hash]',
    write: false,
    define: { callctlParser: JSON.stringify(hashParser()) },
    plugins: [later, yamlModules],
  })
  const names = new Set(outputFiles.map(({ path }) => basename(path)))
  await Promise.all(outputFiles.map((file) => writeChunk(file, names)))
}

/** Of all that could change how a file is parsed, and more: what another build parsed is parsed anew. */
function hashParser() {
  const hash = createHash('sha256')
  const folders = ['src/compile', 'src/model', 'src/record', 'node_modules/yaml/browser/dist']
  for (const folder of folders.map((name) => join(root, name)))
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
      if (entry.isFile()) hash.update(entry.name).update(readFileSync(join(entry.path, entry.name)))
  return hash.digest('hex').slice(0, 16)
}

async function writeChunk({ path, text }, names) {
  const linked = text.replace(/(["'])\.\/([^"'/]+\.js)\1/g, (whole, quote, name) =>
    names.has(name) ? `${quote}./${basename(name, '.js')}.cjs${quote}` : whole,
  )
  // Of a CommonJS package esbuild exports the whole alone, and `import()` would miss its names.
  const named = linked
    .replace(/^#!.*/, '')
    .replace(/\bexport default (require_\w+\(\));\s*$/, 'module.exports=$1;')
  const { code } = await transform(named, {
    ...common,
    logLevel: 'error',
    format: 'cjs',
    supported: { 'dynamic-import': false },
  })
  // Pieces are read byte by byte, which is fast; esbuild leaves some of what is beyond ASCII as it is.
  const plain = code.replace(
    /[^\0-\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  writeFileSync(path.replace(/\.js$/, '.cjs'), plain)
}

async function buildLauncher() {
  const program = join(dist, 'callctl.cjs')
  await build({
    ...common,
    entryPoints: [join(root, 'src/launch/launch.cjs')],
    bundle: true,
    format: 'cjs',
    outfile: program,
  })
  chmodSync(program, 0o755)
  const bin = join(root, 'node_modules', '.bin')
  mkdirSync(bin, { recursive: true })
  rmSync(join(bin, 'callctl'), { force: true })
  symlinkSync('../../dist/callctl.cjs', join(bin, 'callctl'))
}

/** This repository is a workspace, and its calls are an ordinary use. */
function warm() {
  const script = join(root, 'src/launch/warm.cjs')
  for (const words of ['--version', 'help', 'validate', 'compile', 'plan --simulator'])
    spawnSync(process.execPath, [script, dist, ...words.split(' ')], { cwd: root, stdio: 'ignore' })
}

rmSync(chunks, { recursive: true, force: true })
mkdirSync(chunks, { recursive: true })
await buildChunks()
await buildLauncher()
warm()
