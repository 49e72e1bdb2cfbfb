import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Runs a test in a new folder, and removes it. */
export async function inFolder(use: (folder: string) => Promise<void> | void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'callctl-simulator-'))
  try {
    await use(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
