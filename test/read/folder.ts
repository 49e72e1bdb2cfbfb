// Temporary folders for tests of `read`, the one stage that needs a disk.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** Runs a test in a new folder with these files, which is removed afterwards. The path is a real one. */
export function inFolder(
  files: Readonly<Record<string, string | Uint8Array>>,
  test: (folder: string) => void,
): void {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'callctl-read-')))
  try {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), content)
    }
    test(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
