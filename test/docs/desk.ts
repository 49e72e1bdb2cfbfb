// Where a reader of the documents sits: a folder, a shell, and on the PATH the built program.

import { spawn } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

export interface Desk {
  write(path: string, text: string): void
  /** What a script prints, in the order in which it does. */
  run(script: string): Promise<{ readonly status: number | null; readonly output: string }>
}

/** `npx callctl` and `callctl` are the built program, and `npm` installs a link to this repository. */
const programs = {
  callctl: `exec "${process.execPath}" "${resolve('dist/callctl.cjs')}" "$@"`,
  npx: 'exec "$@"',
  npm: `mkdir -p node_modules && ln -sfn "${resolve('.')}" node_modules/callctl`,
}

/** A desk whose folder holds copies of these files and folders of the repository. */
export async function withDesk<Result>(
  copies: readonly string[],
  use: (desk: Desk) => Promise<Result>,
): Promise<Result> {
  const root = mkdtempSync(join(tmpdir(), 'callctl-docs-'))
  const [bin, folder] = [join(root, 'bin'), join(root, 'calls-of-contoso')]
  for (const each of [bin, folder]) mkdirSync(each)
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`)
    chmodSync(join(bin, name), 0o755)
  }
  for (const name of copies) cpSync(name, join(folder, name), { recursive: true })
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  try {
    return await use({ write, run: (script) => runIn(folder, environmentOf(root, bin), script) })
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

const environmentOf = (root: string, bin: string): NodeJS.ProcessEnv => ({
  PATH: `${bin}:${process.env['PATH']}`,
  HOME: root,
  TMPDIR: root,
  GIT_CONFIG_NOSYSTEM: '1',
  ...Object.fromEntries(
    ['AUTHOR', 'COMMITTER'].flatMap((role) => [
      [`GIT_${role}_NAME`, 'Robin'],
      [`GIT_${role}_EMAIL`, 'robin@contoso.com'],
    ]),
  ),
})

function runIn(cwd: string, env: NodeJS.ProcessEnv, script: string): ReturnType<Desk['run']> {
  const child = spawn('bash', ['-c', `exec 2>&1\n${script}`], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (status) => resolve({ status, output }))
  })
}
