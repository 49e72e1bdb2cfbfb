// A repository with workspaces, a Graph that counts whom it rang, and callctl in this process.
import { randomUUID } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import * as assert from 'uvu/assert'
import { run } from '../../../src/cli/run.js'
import { peerCalls, userOf } from '../../helpers/callctl-workspace.js'
import { created, withGraphServer } from '../../helpers/graph-server.js'
import { type TestRepository, withRepository } from '../../helpers/repository.js'
import { fakeHost } from '../fake-host.js'

export interface Ran {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

export interface World {
  readonly repository: TestRepository
  /** callctl in a folder, from the top of the work tree, or an absolute one. */
  callctl(folder: string, ...words: readonly string[]): Promise<Ran>
  /** `apply --yes`, and what it exits with. */
  apply(folder: string, ...words: readonly string[]): Promise<Ran>
  /** How often Graph was asked to ring each of these. */
  rings(name: string): number
  /** As a crash between claim and lockfile leaves it. */
  unproject(path: string): void
}

/** The files of a workspace in a folder of the repository, with a call for each name. */
export const callsIn = (folder: string, ...names: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(peerCalls(names)).map(([path, text]) => [
      folder === '' ? path : `${folder}/${path}`,
      text,
    ]),
  )

export const inWorld = (
  files: Readonly<Record<string, string>>,
  work: (world: World) => Promise<void>,
): (() => Promise<void>) => {
  let count = 0
  return () =>
    withGraphServer(
      () => created(`call-${++count}`),
      (server) =>
        withRepository(files, async (repository) => {
          const callctl: World['callctl'] = async (folder, ...words) => {
            const host = fakeHost({
              cwd: resolve(repository.folder, folder),
              environment: { CALLCTL_GRAPH_ROOT: server.url, PATH: process.env['PATH'] },
              uuid: randomUUID,
              now: Date.now,
              processId: process.pid,
            })
            const code = await run([...words], host)
            return { code, ...host.written }
          }
          await work({
            repository,
            callctl,
            apply: (folder, ...words) => callctl(folder, 'apply', '--yes', ...words),
            rings: (name) => server.requests.filter(({ body }) => body.includes(userOf(name))).length,
            unproject(path) {
              const file = join(repository.folder, path)
              const lockfile = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
              writeFileSync(file, JSON.stringify({ ...lockfile, calls: {} }, null, 2))
            },
          })
        }),
    )
}

/** The exit code, with what was said where it is another one. */
export const exits = (ran: Ran, code: number): void => assert.is(ran.code, code, ran.stderr + ran.stdout)
