import { join } from 'node:path'
import { errorCode, type FileSystem, readFile } from '../disk/file-system.js'
import { formatFileName, formatOldFileName, readFileName } from '../disk/names.js'
import { claimFileSize, lineSize, readClaimLine } from './claim-file.js'
import type { AnyOutcome, ClaimForm, Numbered } from './claim-form.js'

// Attempts of older versions, whose files are named by the address as it was spelled: `notify-ADELE@1`, where a claim
// of today, of whatever spelling, is `notify-adele@1`.

/** Names of today's form that attempts of older versions stand for: nobody may claim them again. */
export function findTakenNames<Claim extends Numbered, End extends AnyOutcome>(
  form: ClaimForm<Claim, End>,
  folder: string,
  files: FileSystem,
): ReadonlySet<string> {
  const taken = new Set<string>()
  for (const name of files.readdirSync(folder)) {
    if (!name.includes('@') || name.startsWith('.')) continue
    const attempt = name.includes('~') ? readCut(form, folder, name, files) : readFileName(name)
    const today = formatFileName(attempt)
    if (today !== name && formatOldFileName(attempt) === name) taken.add(today)
  }
  return taken
}

/** A long name ends in a hash: only the claim tells the address. */
function readCut<Claim extends Numbered, End extends AnyOutcome>(
  form: ClaimForm<Claim, End>,
  folder: string,
  name: string,
  files: FileSystem,
): Numbered {
  try {
    const { bytes } = readFile(files, join(folder, name), claimFileSize)
    return readClaimLine(form, bytes.subarray(0, lineSize)) ?? readFileName(name)
  } catch {
    return readFileName(name)
  }
}

/** The name that an attempt's file has, or would have. */
export function findFileName(folder: string, attempt: Numbered, files: FileSystem): string {
  const name = formatFileName(attempt)
  const old = formatOldFileName(attempt)
  return old !== name && !isThere(join(folder, name), files) && isThere(join(folder, old), files) ? old : name
}

function isThere(path: string, files: FileSystem): boolean {
  try {
    files.lstatSync(path)
    return true
  } catch (cause) {
    return errorCode(cause) !== 'ENOENT'
  }
}
