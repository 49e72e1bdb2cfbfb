import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { apply, type Bench, makeRoom, type Room, withBench } from './bench.js'
import { type IoResult, type IoSettings, judgeIo, runAgain, summarizeIo } from './io-result.js'
import { type SimulatorProcess, withSimulator } from './simulator-process.js'
import { type SuiteReport, skipped } from './suite-report.js'

/** An apply on file systems of all small sizes, which are then enlarged. */
export async function runFullDisk(settings: IoSettings): Promise<SuiteReport> {
  const began = performance.now()
  return withBench(async (bench) => {
    const mount = join(bench.folder, 'disk')
    mkdirSync(mount)
    const reason = whyNoMount(mount)
    if (reason !== undefined) return skipped('full-disk', reason)
    const all = disks(settings.calls)
    const step = Math.max(1, all.length / (settings.sample ?? all.length))
    const chosen = all.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step))
    const results = await withSimulator(bench, '', async (simulator) => {
      const found: IoResult[] = []
      for (const disk of chosen)
        found.push(...(await fillDisk(bench, simulator, settings.calls, { ...disk, mount })))
      return found
    })
    return summarizeIo('full-disk', results, (performance.now() - began) / 1000)
  }, settings.bundle)
}

interface Disk {
  readonly options: string
  /** Whether even the system's folder for temporary files is on it. */
  readonly isAll: boolean
}

/** From too small for the workspace to large enough, by blocks and by files. */
function disks(calls: number): readonly Disk[] {
  const sizes = Array.from({ length: 6 + 2 * calls + 4 }, (_, index) => `size=${4 * (index + 3)}k`)
  const counts = Array.from({ length: 10 + calls + 4 }, (_, index) => `size=1m,nr_inodes=${index + 6}`)
  return [...sizes, ...counts].flatMap((options) => [
    { options, isAll: false },
    { options, isAll: true },
  ])
}

function whyNoMount(mount: string): string | undefined {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'callctl-faults', mount], { stdio: 'pipe' })
    execFileSync('umount', [mount])
    return undefined
  } catch {
    return 'mounting a file system is not allowed here'
  }
}

async function fillDisk(
  bench: Bench,
  simulator: SimulatorProcess,
  calls: number,
  { mount, options, isAll }: Disk & { readonly mount: string },
): Promise<readonly IoResult[]> {
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'callctl-faults', mount])
  try {
    const room = tryRoom(bench, calls, mount)
    if (room === undefined) return []
    const environment = isAll ? { TMPDIR: mount } : {}
    const ended = await apply(bench, simulator.url, { cwd: room.folder, environment })
    const torn = isTorn(room.lockfile) ? ['the lockfile was replaced by half of one'] : []
    execFileSync('mount', ['-o', 'remount,size=8m,nr_inodes=1000', mount])
    const again = await runAgain(bench, simulator, room)
    const result = judgeIo(`${options}${isAll ? ' everywhere' : ''}`, [ended, ...again], calls, {
      bench,
      room,
      simulator,
    })
    // A claim takes the room of its outcome, so that a full disk alone leaves none unknown.
    const { uncertain } = result.history
    const unknown = uncertain > 0 ? [`${uncertain} outcomes had no room`] : []
    const violations = [...result.violations, ...torn, ...unknown]
    return [{ ...result, struck: ended.code !== 0, violations }]
  } finally {
    execFileSync('umount', ['-l', mount])
  }
}

function isTorn(lockfile: string): boolean {
  try {
    if (existsSync(lockfile)) JSON.parse(readFileSync(lockfile, 'utf8'))
    return false
  } catch {
    return true
  }
}

function tryRoom(bench: Bench, calls: number, mount: string): Room | undefined {
  try {
    return makeRoom(bench, calls, mount)
  } catch {
    return undefined
  }
}
