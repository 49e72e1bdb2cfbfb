import { type FileSystem, nodeFileSystem } from '../../src/record/disk/file-system.js'

/** When a process dies, and which of its file operations fails; both count from 1. */
export interface Mishap {
  /** Before the event of this number, be it a file operation or a request; nothing happens after it. */
  readonly crashAt?: number | undefined
  readonly failAt?: number | undefined
  readonly code?: string
}

export class Crash extends Error {}

/** A process that may die in the middle: what a dead one does has no effect. */
export interface Fate {
  readonly files: FileSystem
  /** One event; throws Crash from the fatal one on. */
  step(): void
  isDead(): boolean
}

export function createFate({ crashAt, failAt, code = 'EIO' }: Mishap): Fate {
  let events = 0
  let isDead = false
  const step = (): void => {
    events += 1
    if (events === crashAt) isDead = true
    if (isDead) throw new Crash('the process was killed')
  }
  const wrap = <Words extends readonly unknown[], Value>(call: (...words: Words) => Value) => {
    return (...words: Words): Value => {
      step()
      if (events === failAt) throw Object.assign(new Error(`${code}: injected`), { code })
      return call(...words)
    }
  }
  const real = nodeFileSystem
  const files: FileSystem = {
    openSync: wrap(real.openSync),
    // A dead process closes its files all the same.
    closeSync: (file) => real.closeSync(file),
    readSync: wrap(real.readSync),
    writeSync: wrap(real.writeSync),
    fsyncSync: wrap(real.fsyncSync),
    // Done at once, so that the same history always comes to the same end.
    open: wrap(async (path, flags, mode) => real.openSync(path, flags, mode)),
    fsync: wrap(async (file) => real.fsyncSync(file)),
    fstatSync: wrap(real.fstatSync),
    fchmodSync: wrap(real.fchmodSync),
    lstatSync: wrap(real.lstatSync),
    linkSync: wrap(real.linkSync),
    unlinkSync: wrap(real.unlinkSync),
    renameSync: wrap(real.renameSync),
    mkdirSync: wrap(real.mkdirSync),
    readdirSync: wrap(real.readdirSync),
  }
  return { files, step, isDead: () => isDead }
}
