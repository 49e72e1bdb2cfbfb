import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** Writes a file that is not there yet, and says what was done. `file` is without a link. */
export function writeNew(file: string, path: string, text: string): string {
  mkdirSync(dirname(file), { recursive: true })
  try {
    writeFileSync(file, text, { flag: 'wx' })
    return `wrote    ${path}`
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return `kept     ${path}`
  }
}

/** Whether a file that is there says something else. */
export function differs(file: string, text: string): boolean {
  try {
    return readFileSync(file, 'utf8') !== text
  } catch {
    return true
  }
}
