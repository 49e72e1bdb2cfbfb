// Git, and the program in this very process: thousands of runs would take hours to start it.

import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { dirname } from 'node:path'
import { run } from '../../src/cli/run.js'

/** With nothing of the tester's own settings. */
export function git(folder: string, home: string, ...words: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('git', words, {
    cwd: folder,
    encoding: 'utf8',
    env: {
      PATH: process.env['PATH'],
      HOME: home,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_AUTHOR_NAME: 'kim',
      GIT_AUTHOR_EMAIL: 'kim@contoso.com',
      GIT_COMMITTER_NAME: 'kim',
      GIT_COMMITTER_EMAIL: 'kim@contoso.com',
    },
  })
  if (status !== 0) throw new Error(`git ${words.join(' ')}: ${stderr}`)
  return stdout.trim()
}

export interface Ended {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** One command, as its own process would run it. */
export async function callctl(
  folder: string,
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const written = { stdout: '', stderr: '' }
  const streamOf = (name: keyof typeof written) => ({
    write(text: string | Uint8Array) {
      written[name] += typeof text === 'string' ? text : Buffer.from(text).toString('utf8')
    },
  })
  const style = { isTerminal: false, hasColor: false, columns: 80 }
  const code = await run(words, {
    cwd: folder,
    environment: { PATH: process.env['PATH'], HOME: dirname(folder), ...environment },
    stdout: streamOf('stdout'),
    stderr: streamOf('stderr'),
    terminal: { isInteractive: false, stdout: style, stderr: style },
    now: Date.now,
    uuid: randomUUID,
    random: Math.random,
    wait: async () => {},
    question: async () => undefined,
    onInterrupt: () => () => {},
    exit: (status) => {
      throw new Error(`left at once with ${status}`)
    },
    processId: process.pid,
    nodeVersion: process.version,
    operator: 'kim',
  })
  return { code, ...written }
}
