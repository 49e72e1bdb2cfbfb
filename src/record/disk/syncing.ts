import type { FileSystem } from './file-system.js'
import { closeQuietly, newFileFlags, openFolder, syncFolder } from './file-system.js'

/**
 * What may take the disk its time: an open file or the names in a folder become durable, or a new file is made, which
 * the system holds up while it writes its own journal.
 */
export type Sync =
  | { readonly file: number }
  | { readonly folder: string }
  | { readonly create: string; readonly mode: number }

/**
 * Work that stops at each of these, and goes on with the new file's number. It is written once, and either waits for
 * the disk itself (`finishNow`) or lets others go on meanwhile (`finishTogether`). What fails is thrown into the work.
 */
export type Syncing<Value> = Generator<Sync, Value, number>

export function finishNow<Value>(files: FileSystem, work: Syncing<Value>): Value {
  let step = work.next(0)
  while (!step.done) {
    let answer: number
    try {
      answer = syncNow(files, step.value)
    } catch (cause) {
      step = work.throw(cause)
      continue
    }
    step = work.next(answer)
  }
  return step.value
}

function syncNow(files: FileSystem, sync: Sync): number {
  if ('create' in sync) return files.openSync(sync.create, newFileFlags, sync.mode)
  if ('folder' in sync) syncFolder(files, sync.folder)
  else files.fsyncSync(sync.file)
  return 0
}

/** Finishes works of one folder side by side: what they did before they wait for it is synced by one fsync for all. */
export function finishTogether(files: FileSystem): <Value>(work: Syncing<Value>) => Promise<Value> {
  const syncFolderOnce = shareSyncs((folder) => syncFolderSoon(files, folder))
  const syncSoon = async (sync: Sync): Promise<number> => {
    if ('create' in sync) return files.open(sync.create, newFileFlags, sync.mode)
    await ('folder' in sync ? syncFolderOnce(sync.folder) : files.fsync(sync.file))
    return 0
  }
  return async (work) => {
    let step = work.next(0)
    while (!step.done) {
      let answer: number
      try {
        answer = await syncSoon(step.value)
      } catch (cause) {
        step = work.throw(cause)
        continue
      }
      step = work.next(answer)
    }
    return step.value
  }
}

async function syncFolderSoon(files: FileSystem, path: string): Promise<void> {
  const folder = openFolder(files, path)
  if (folder === undefined) return
  try {
    await files.fsync(folder)
  } finally {
    closeQuietly(files, folder)
  }
}

/** Whoever asks while one is under way shares the next one: the one under way may have begun before their change. */
function shareSyncs(sync: (folder: string) => Promise<void>): (folder: string) => Promise<void> {
  const waiting = new Map<string, Promise<void>>()
  const running = new Map<string, Promise<void>>()
  return (folder) => {
    const joined = waiting.get(folder)
    if (joined !== undefined) return joined
    const next = (running.get(folder) ?? Promise.resolve()).then(() => {
      waiting.delete(folder)
      return sync(folder)
    })
    waiting.set(folder, next)
    running.set(
      folder,
      next.catch(() => {}),
    )
    return next
  }
}
