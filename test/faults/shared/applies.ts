import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type SharedDesk, withSharedDesk } from '../../cli/shared/shared-desk.js'
import type { Cluster } from '../../helpers/postgres.js'
import { type Bench, callNames, type Ended, runProgram, start, withBench } from '../bench.js'
import { createDice, type Dice } from '../dice.js'
import { pause, type Seen } from './links.js'
import { type MessageProxy, startMessageProxy } from './message-proxy.js'
import { killServer, startAgain } from './server-kills.js'

export interface ApplySettings {
  readonly rounds: number
  readonly seed: number
  readonly bundle?: string | undefined
}

const kinds = ['server killed', 'runner killed', 'connections ended', 'sockets cut'] as const
type Kind = (typeof kinds)[number]

const names = callNames(24)
/** As the workspace's settings say: so many are in flight at most. */
const concurrency = 4

interface Round {
  readonly kind: Kind
  readonly dice: Dice
  readonly bench: Bench
  readonly cluster: Cluster
  readonly proxy: MessageProxy
  readonly desk: SharedDesk
}

interface Judged {
  readonly complaints: readonly string[]
  readonly uncertain: number
  readonly rung: number
}

/** Whole applies of the built program whose database, connections or runner die, then another clone: a witness counts. */
export async function applyUnderFaults(cluster: Cluster, settings: ApplySettings): Promise<Seen> {
  const { rounds, seed, bundle } = settings
  const dice = createDice(seed)
  const proxy = await startMessageProxy(cluster.folder)
  const violations: string[] = []
  let uncertain = 0
  let rung = 0
  try {
    await withBench(async (bench) => {
      for (let round = 0; round < rounds; round += 1) {
        const kind = kinds[round % kinds.length]!
        await withSharedDesk(cluster, names, async (desk) => {
          const judged = await disturb({ kind, dice, bench, cluster, proxy, desk })
          violations.push(...judged.complaints.map((each) => `round ${round}, ${kind}: ${each}`))
          uncertain += judged.uncertain
          rung += judged.rung
        })
      }
    }, bundle)
  } finally {
    await proxy.close()
  }
  const figures = [
    `${rounds} applies of ${names.length} calls (${kinds.join(', ')}), each followed by another clone’s: ${rung} rings, ${violations.length} of them twice or lost; ${uncertain} calls uncertain, all of runners that were killed; ${proxy.cuts()} sockets cut`,
  ]
  return { figures, violations }
}

async function disturb(round: Round): Promise<Judged> {
  const { kind, dice, desk, bench, proxy } = round
  const made = await desk.run('record', 'init')
  if (made.code !== 0) throw new Error(made.stderr)
  const url = kind === 'sockets cut' ? proxy.url(desk.database) : desk.environment['CALLCTL_RECORD']!
  const child = start(bench, ['apply', '--yes'], runIn(round, desk.folder, url))
  const output: string[] = []
  for (const stream of [child.stdout!, child.stderr!])
    stream.setEncoding('utf8').on('data', (text: string) => output.push(text))
  let isOver = false
  const ended = new Promise<number | null>((resolve) =>
    child.once('close', (code) => {
      isOver = true
      resolve(code)
    }),
  )
  const moment = 1 + dice.below(names.length - 8)
  while (desk.rung() < moment && !isOver) await pause(1)
  await faults[kind](round, { kill: () => child.kill('SIGKILL'), isOver: () => isOver })
  const code = await ended
  const other = desk.clone()
  const second = await runProgram(bench, ['apply', '--yes'], runIn(round, other))
  const first =
    kind === 'runner killed' || code === 0 ? [] : [`it ended with ${code}: ${output.join('').slice(-400)}`]
  const judged = judge(desk, other, second, kind === 'runner killed')
  return { ...judged, complaints: [...first, ...judged.complaints] }
}

const runIn = ({ desk }: Round, cwd: string, url = desk.environment['CALLCTL_RECORD']!) => ({
  cwd,
  // Each clone is a machine of its own.
  environment: { ...desk.environment, CALLCTL_RECORD: url, HOME: cwd },
  timeout: 120_000,
})

interface Runner {
  kill(): void
  isOver(): boolean
}

const faults: Readonly<Record<Kind, (round: Round, runner: Runner) => Promise<void>>> = {
  async 'server killed'({ cluster }) {
    await killServer(cluster)
    await startAgain(cluster)
  },
  async 'runner killed'({ dice }, { kill }) {
    await pause(dice.below(10))
    kill()
  },
  async 'connections ended'({ cluster, dice }, { isOver }) {
    for (let left = 5; left > 0 && !isOver(); left--) {
      await cluster.sql(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'callctl'",
      )
      await pause(dice.below(150))
    }
  },
  async 'sockets cut'({ proxy, dice }, { isOver }) {
    proxy.arm(
      Array.from({ length: 6 }, () => ({
        side: dice.pick(['client', 'server']),
        message: 1 + dice.below(14),
        when: dice.pick(['before', 'after']),
      })),
    )
    while (!isOver()) await pause(5)
    proxy.arm([])
  },
}

function judge(desk: SharedDesk, folder: string, second: Ended, isKilled: boolean): Judged {
  const { calls } = JSON.parse(readFileSync(join(folder, 'calls.lock.json'), 'utf8')) as {
    readonly calls: Readonly<Record<string, { readonly state: string; readonly callId?: string }>>
  }
  const placed = desk.placed()
  const twice = names.filter((name) => placed(name) > 1).map((name) => `${name} rang ${placed(name)} times`)
  const open = names.filter((name) => calls[name]?.callId === undefined)
  const wrong = names
    .filter((name) => !open.includes(name) && calls[name]?.callId !== desk.given(name))
    .map((name) => `${name} has ${calls[name]?.callId}, and was given ${desk.given(name)}`)
  const strange = open
    .filter((name) => calls[name]?.state !== 'uncertain')
    .map((name) => `${name} is ${calls[name]?.state ?? 'unknown'}`)
  const most = isKilled ? concurrency : 0
  const many = open.length > most ? [`${open.length} calls have no id`] : []
  const code = open.length === 0 ? 0 : 10
  const ended =
    second.code === code
      ? []
      : [`the other clone ended with ${second.code}, not ${code}: ${second.stderr.slice(-400)}`]
  return {
    complaints: [...twice, ...wrong, ...strange, ...many, ...ended],
    uncertain: open.length,
    rung: desk.rung(),
  }
}
