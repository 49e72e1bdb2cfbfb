import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Claim, Outcome } from '../../src/model/record/attempt.js'
import type { FileSystem } from '../../src/record/disk/file-system.js'
import { nodeFileSystem } from '../../src/record/disk/file-system.js'
import type { RecordPlace } from '../../src/record/folders/folders.js'

/** Runs a test in a new folder, which is removed afterwards. */
export function inFolder(test: (folder: string) => void): () => void {
  return () => {
    const folder = realpathSync.native(mkdtempSync(join(tmpdir(), 'callctl-record-')))
    try {
      test(folder)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
}

/** As inFolder, with the record of a workspace in it. */
export const inPlace = (test: (place: RecordPlace) => void): (() => void) =>
  inFolder((folder) => {
    const attempts = join(folder, '.callctl')
    mkdirSync(join(folder, 'temporary'))
    test({
      lockfile: join(folder, 'calls.lock.json'),
      attempts,
      rescue: join(attempts, 'rescue'),
      temporary: join(folder, 'temporary'),
    })
  })

/** As inPlace, for work that takes its time. */
export const inPlaceAsync =
  (test: (place: RecordPlace) => Promise<void>): (() => Promise<void>) =>
  async () => {
    const folder = realpathSync.native(mkdtempSync(join(tmpdir(), 'callctl-record-')))
    const attempts = join(folder, '.callctl')
    const temporary = join(folder, 'temporary')
    mkdirSync(temporary)
    try {
      await test({
        lockfile: join(folder, 'calls.lock.json'),
        attempts,
        rescue: join(attempts, 'rescue'),
        temporary,
      })
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }

export const uuid = (number: number): string =>
  `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`

export const claimOf = (address: string, number = 1, id = number): Claim => ({
  address,
  number,
  attemptId: uuid(id),
  digest: 'ab'.repeat(32),
  endpoint: '/v1.0/communications/calls',
  cloud: 'global',
  tenantId: uuid(77),
  claimedAt: '2025-01-01T00:00:00Z',
  operator: 'kim',
})

export const placed = (callId = 'call-1') => ({
  kind: 'placed' as const,
  callId,
  callChainId: 'chain',
  requestId: 'request',
  evidence: 'http-201' as const,
  at: '2025-01-01T00:00:01Z',
})

export const refused = {
  kind: 'refused',
  status: 403,
  code: '7503',
  message: 'Kim Example, +4915112345678, may not be called',
  at: '2025-01-01T00:00:01Z',
} satisfies Outcome

export const notSent = {
  kind: 'not-sent',
  reason: 'interrupted',
  at: '2025-01-01T00:00:01Z',
} satisfies Outcome

export const uncertain = {
  kind: 'uncertain',
  reason: 'read ECONNRESET 192.0.2.1:443',
  at: '2025-01-01T00:00:01Z',
} satisfies Outcome

/** What the operating system throws. */
export const failure = (code: string): Error => Object.assign(new Error(`${code}: injected`), { code })

/** The real file system with some calls replaced. */
export const filesWith = (calls: Partial<FileSystem>): FileSystem => ({ ...nodeFileSystem, ...calls })

export const failing = (code: string) => (): never => {
  throw failure(code)
}
