import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type SharedDesk, withSharedDesk } from '../../cli/shared/shared-desk.js'
import type { Cluster } from '../../helpers/postgres.js'
import { type Bench, callNames, runProgram, start, withBench } from '../bench.js'
import { pause, type Seen } from './links.js'

export interface RunnerSettings {
  /** Of the plan. */
  readonly calls: number
  /** Runners that are killed, one after the other. */
  readonly deaths: number
  readonly bundle?: string | undefined
}

const runners = 4
/** As the workspace's settings say: so many are in flight at most. */
const concurrency = 4

interface Work {
  readonly bench: Bench
  readonly desk: SharedDesk
  readonly settings: RunnerSettings
}

interface Runner {
  /** Undefined until it has ended. */
  code(): number | null | undefined
  kill(): void
  readonly ended: Promise<unknown>
}

/** One plan on four runners that are killed in turn, each replaced by one on a machine of its own: a witness counts. */
export async function killRunners(cluster: Cluster, settings: RunnerSettings): Promise<Seen> {
  const { calls, deaths, bundle } = settings
  const names = callNames(calls)
  const violations: string[] = []
  let figure = ''
  await withBench(
    (bench) =>
      withSharedDesk(cluster, names, async (desk) => {
        const work = { bench, desk, settings }
        await prepare(desk)
        const killed = await killInTurn(work)
        const { code, stderr } = await runProgram(bench, applying(), runIn(desk, desk.clone()))
        const judged = judge(desk, names, killed)
        violations.push(...judged.complaints)
        const wanted = judged.uncertain === 0 ? 0 : 10
        if (code !== wanted)
          violations.push(`the last runner ended with ${code}, not ${wanted}: ${stderr.slice(-400)}`)
        figure = `one plan of ${calls} calls on ${runners} runners, ${killed} of ${deaths} killed in turn: ${desk.rung()} rings, ${judged.complaints.length} twice, lost or forgotten; ${judged.uncertain} calls uncertain; ${desk.connections()} connections`
      }),
    bundle,
  )
  return { figures: [figure], violations }
}

async function prepare(desk: SharedDesk): Promise<void> {
  for (const words of [
    ['record', 'init'],
    ['plan', '--out', 'plan.json'],
  ]) {
    const { code, stderr } = await desk.run(...words)
    if (code !== 0) throw new Error(stderr)
  }
}

const applying = (part?: number): readonly string[] => [
  ...['apply', 'plan.json', '--yes', '--share'],
  ...(part === undefined ? [] : ['--part', `${part}/${runners}`]),
]

const runIn = ({ environment }: SharedDesk, cwd: string) => ({
  cwd,
  environment: { ...environment, HOME: cwd },
  timeout: 300_000,
})

function begin({ bench, desk }: Work, part: number): Runner {
  const child = start(bench, applying(part), runIn(desk, desk.clone()))
  let code: number | null | undefined
  const ended = new Promise((resolve) =>
    child.once('close', (status) => {
      code = status
      resolve(status)
    }),
  )
  // What nobody reads would stop it.
  for (const stream of [child.stdout!, child.stderr!]) stream.resume()
  return { code: () => code, kill: () => child.kill('SIGKILL'), ended }
}

/** Returns how many were killed while they were at work. */
async function killInTurn(work: Work): Promise<number> {
  const { desk, settings } = work
  const crew = Array.from({ length: runners }, (_, index) => begin(work, index + 1))
  let killed = 0
  for (let death = 1; death <= settings.deaths; death++) {
    const moment = Math.floor((settings.calls * death) / (settings.deaths + 1))
    const isWorking = (): boolean => crew.some((runner) => runner.code() === undefined)
    while (desk.rung() < moment && isWorking()) await pause(1)
    const at = death % runners
    if (crew[at]!.code() !== undefined) continue
    crew[at]!.kill()
    await crew[at]!.ended
    killed += 1
    crew[at] = begin(work, at + 1)
  }
  for (const runner of crew) await runner.ended
  return killed
}

interface Judged {
  readonly complaints: readonly string[]
  readonly uncertain: number
}

/** By the lockfile that the last runner has written. */
function judge(desk: SharedDesk, names: readonly string[], killed: number): Judged {
  const { calls } = JSON.parse(readFileSync(join(desk.last(), 'calls.lock.json'), 'utf8')) as {
    readonly calls: Readonly<Record<string, { readonly state: string; readonly callId?: string }>>
  }
  const placed = desk.placed()
  const complaints = names.flatMap((name) => {
    const { state = 'unknown', callId } = calls[name] ?? {}
    if (placed(name) > 1) return [`${name} rang ${placed(name)} times`]
    if (callId !== undefined)
      return callId === desk.given(name) ? [] : [`${name} has ${callId}, and was given ${desk.given(name)}`]
    return state === 'uncertain' ? [] : [`${name} is ${state}`]
  })
  const uncertain = names.filter((name) => calls[name]?.state === 'uncertain').length
  const many = uncertain > killed * concurrency ? [`${uncertain} calls are uncertain`] : []
  return { complaints: [...complaints, ...many], uncertain }
}
