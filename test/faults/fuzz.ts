import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { RecordError, StalePlanError, UsageError } from '../../src/model/errors.js'
import type { Lockfile } from '../../src/model/record/lockfile.js'
import type { RecordPlace } from '../../src/record/folders/folders.js'
import { loadRecord } from '../../src/record/load-record.js'
import { parsePlanFile } from '../../src/record/plan-file/read-plan-file.js'
import { mulberry32 } from '../../src/simulator/fault-dice.js'
import { apply, type Bench, makeRoom, type ProgramRun, type Room, runProgram, withBench } from './bench.js'
import { applyOnce, createWorld, type World } from './model/model-world.js'
import { conflictAt, cutEverywhere, mutate } from './mutate.js'
import { withSimulator } from './simulator-process.js'
import type { SuiteReport } from './suite-report.js'

export interface FuzzSettings {
  /** Mutated texts of each kind. */
  readonly count: number
  /** Of each kind, so many are also given to the bundle. */
  readonly sample: number
  /** Cuts at every so manyeth byte. */
  readonly step: number
  readonly seed: number
  readonly bundle?: string | undefined
}

interface Tally {
  tried: number
  refused: number
  slowest: number
  readonly violations: string[]
}

const names = ['a', 'b', 'c', 'd']
const longest = 2000

/** Mutated lockfiles, attempts and plans: words instead of exceptions, in time, and nothing that rang looks new. */
export async function runFuzz(settings: FuzzSettings): Promise<SuiteReport> {
  const world = createWorld()
  try {
    for (const name of names) world.defined.set(name, 0)
    await applyOnce(world, { turns: ['created', 'lost', 'throttled', 'created'], concurrency: 1, redial: [] })
    await applyOnce(world, { turns: ['created-no-id'], concurrency: 1, redial: ['a'] })
    const tallies = {
      lockfiles: fuzzLockfile(world, settings),
      attempts: fuzzAttempts(world, settings),
      'lockfiles of a clone': fuzzClone(world, settings),
      ...(await fuzzBundle(settings)),
    }
    const figures = Object.entries(tallies).map(([what, { tried, refused, slowest }]) => {
      return `${tried} ${what}: ${refused} refused, uncaught 0, dials 0, slowest ${slowest.toFixed(0)} ms`
    })
    return { suite: 'fuzz', figures, violations: Object.values(tallies).flatMap((tally) => tally.violations) }
  } finally {
    world.remove()
  }
}

const newTally = (): Tally => ({ tried: 0, refused: 0, slowest: 0, violations: [] })

function fuzzLockfile({ place }: World, settings: FuzzSettings): Tally {
  const tally = newTally()
  const whole = readFileSync(place.lockfile)
  const random = mulberry32(settings.seed)
  const texts = [
    ...cutEverywhere(whole, settings.step),
    ...Array.from({ length: settings.count }, () => mutate(whole, random)),
  ]
  for (const text of texts) {
    writeFileSync(place.lockfile, text)
    // The attempts know all four calls, whatever the lockfile says.
    judge(tally, `lockfile ${show(text)}`, () => requireKnown(loadRecord(place).lockfile, names))
  }
  writeFileSync(place.lockfile, whole)
  return tally
}

/** Without attempts the lockfile alone knows: cut off or in conflict, it must not be taken for less than it was. */
function fuzzClone({ place }: World, settings: FuzzSettings): Tally {
  const tally = newTally()
  rmSync(place.attempts, { recursive: true, force: true })
  const whole = readFileSync(place.lockfile)
  const lines = whole.toString('utf8').split('\n').length
  const texts = [
    ...cutEverywhere(whole, settings.step),
    ...Array.from({ length: lines }, (_, line) => conflictAt(whole, line)),
  ]
  for (const text of texts) {
    writeFileSync(place.lockfile, text)
    judge(tally, `lockfile ${show(text)}`, () => requireKnown(loadRecord(place).lockfile, names))
  }
  writeFileSync(place.lockfile, whole)
  return tally
}

/** With a lockfile that knows nothing: an attempt that cannot be read must keep its call from being dialed. */
function fuzzAttempts({ place }: World, settings: FuzzSettings): Tally {
  const tally = newTally()
  const random = mulberry32(settings.seed + 1)
  const lockfile = readFileSync(place.lockfile)
  const { lineage } = JSON.parse(lockfile.toString('utf8')) as Lockfile
  writeFileSync(place.lockfile, `{\n  "lockfileVersion": 1,\n  "lineage": "${lineage}",\n  "calls": {}\n}\n`)
  const files = readdirSync(place.attempts).filter((name) => name.includes('@'))
  for (const file of files) {
    const path = join(place.attempts, file)
    const whole = readFileSync(path)
    const texts = [
      ...cutEverywhere(whole, settings.step),
      ...Array.from({ length: Math.ceil(settings.count / files.length) }, () => mutate(whole, random)),
    ]
    for (const text of texts) {
      writeFileSync(path, text)
      judge(tally, `${file} ${show(text)}`, () => requireKnown(loadRecord(place).lockfile, namesOf(place)))
    }
    writeFileSync(path, whole)
  }
  writeFileSync(place.lockfile, lockfile)
  return tally
}

/** Those with an attempt that may have rung; a refused one may be dialed again. */
const namesOf = ({ attempts }: RecordPlace): readonly string[] =>
  names.filter((name) => existsSync(join(attempts, `${name}@1`)))

function requireKnown(lockfile: Lockfile, known: readonly string[]): void {
  const missing = known.filter((name) => lockfile.calls[name] === undefined)
  if (missing.length > 0) throw new Error(`${missing} would be dialed`)
}

function judge(tally: Tally, name: string, work: () => void): void {
  const began = performance.now()
  tally.tried += 1
  try {
    work()
  } catch (error) {
    const isRefusal =
      error instanceof RecordError || error instanceof StalePlanError || error instanceof UsageError
    if (isRefusal) tally.refused += 1
    else tally.violations.push(`${name}: ${String(error)}`)
  }
  const took = performance.now() - began
  tally.slowest = Math.max(tally.slowest, took)
  if (took > longest) tally.violations.push(`${name}: ${took.toFixed(0)} ms`)
}

const show = (text: Buffer): string => JSON.stringify(text.toString('latin1').slice(0, 120))

/** Plans in process; a sample of everything as a user meets it. */
async function fuzzBundle(settings: FuzzSettings): Promise<Record<string, Tally>> {
  return withBench(
    (bench) =>
      withSimulator(bench, '', async (simulator) => {
        const room = makeRoom(bench, 3)
        const run: ProgramRun = { cwd: room.folder }
        const out = ['plan', '--out', 'plan.json', '--simulator', simulator.url]
        const made = await runProgram(bench, out, run)
        if (made.code !== 0) throw new Error(`plan --out ended with ${made.code}: ${made.stderr}`)
        const plan = readFileSync(join(room.folder, 'plan.json'))
        const plans = fuzzPlans(plan, settings)
        await apply(bench, simulator.url, run)
        simulator.news()
        const bundle = await fuzzRoom(bench, room, { url: simulator.url, plan, settings })
        const dials = simulator.news().filter(({ method }) => method === 'POST').length
        if (dials > 0) bundle.violations.push(`${dials} requests were sent`)
        return { plans, 'files given to the bundle': bundle }
      }),
    settings.bundle,
  )
}

/** Only the plan's own bytes may pass. */
function fuzzPlans(whole: Buffer, settings: FuzzSettings): Tally {
  const tally = newTally()
  const random = mulberry32(settings.seed + 2)
  const texts = [
    ...cutEverywhere(whole, settings.step),
    ...Array.from({ length: settings.count }, () => mutate(whole, random)),
  ]
  for (const text of texts) {
    judge(tally, `plan ${show(text)}`, () => {
      parsePlanFile(text, 'plan.json')
      if (!text.equals(whole)) throw new Error('a changed plan is accepted')
    })
  }
  return tally
}

interface Sample {
  readonly url: string
  readonly plan: Buffer
  readonly settings: FuzzSettings
}

/** Exit 6 and 7 refuse; 3 is for what is no plan at all; 0 and 10 where what is left is sound. */
async function fuzzRoom(bench: Bench, room: Room, { url, plan, settings }: Sample): Promise<Tally> {
  const tally = newTally()
  const random = mulberry32(settings.seed + 3)
  const planPath = join(room.folder, 'plan.json')
  const attempt = join(room.attempts, 'call-0001@1')
  const targets = [
    { path: room.lockfile, whole: readFileSync(room.lockfile), words: ['calls/'], codes: [0, 7, 10] },
    { path: attempt, whole: readFileSync(attempt), words: ['calls/'], codes: [0, 7, 10] },
    { path: planPath, whole: plan, words: ['plan.json'], codes: [3, 6] },
  ]
  for (const { path, whole, words, codes } of targets) {
    const lockfile = readFileSync(room.lockfile)
    for (let number = 0; number < settings.sample; number += 1) {
      const text = mutate(whole, random)
      writeFileSync(path, text)
      const began = performance.now()
      const command = ['apply', ...words, '--yes', '--simulator', url]
      const { code, stderr } = await runProgram(bench, command, { cwd: room.folder })
      tally.tried += 1
      tally.slowest = Math.max(tally.slowest, performance.now() - began)
      if (code === 6 || code === 7 || code === 3) tally.refused += 1
      if (!codes.includes(code ?? -1)) tally.violations.push(`${show(text)}: ended with ${code}: ${stderr}`)
      writeFileSync(path, whole)
      writeFileSync(room.lockfile, lockfile)
    }
  }
  return tally
}
