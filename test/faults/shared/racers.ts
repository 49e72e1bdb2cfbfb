import { type ChildProcess, spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { build } from 'esbuild'
import type { Cluster } from '../../helpers/postgres.js'
import { makeDatabase, openAttemptsOf } from '../../record/shared/shared-world.js'
import { countedLink, ownClaim, placedAs, type Seen } from './links.js'

export interface RacerSettings {
  readonly racers: number
  readonly claims: number
  readonly seed: number
}

interface Ended {
  readonly won: readonly number[]
  readonly failed: readonly string[]
}

/** Processes with connections of their own that all claim the same addresses: each has one winner, whose outcome stands. */
export async function raceForClaims(cluster: Cluster, settings: RacerSettings): Promise<Seen> {
  const { racers, claims, seed } = settings
  const { name, lineage } = await makeDatabase(cluster)
  const program = `.test-build/faults/racer-${process.pid}.mjs`
  await build({
    entryPoints: ['test/faults/shared/racer.ts'],
    ...{ bundle: true, platform: 'node', format: 'esm', packages: 'external', logLevel: 'error' },
    outfile: program,
  })
  const children = Array.from({ length: racers }, (_, racer) =>
    startRacer([program, cluster.url(name), lineage, `${racer}`, `${claims}`, `${seed}`]),
  )
  try {
    for (const child of children) await child.line()
    for (const child of children) child.go()
    const ended = await Promise.all(children.map(async (child) => JSON.parse(await child.line()) as Ended))
    const rows = await cluster.sql(
      "select c.address_key as key, o.outcome::json ->> 'callId' as call from callctl.claim c left join callctl.outcome o using (kind, id)",
      name,
    )
    const violations = [...judge(settings, ended, rows), ...(await stray(cluster.url(name), lineage, rows))]
    const winners = ended.filter(({ won }) => won.length > 0).length
    const figures = [
      `${racers} processes × ${claims} claims, each in several spellings: one winner each in ${claims - violations.length} of ${claims}; ${winners} processes won some`,
    ]
    return { figures, violations }
  } finally {
    for (const { end } of children) end()
    rmSync(program, { force: true })
  }
}

type Row = Readonly<Record<string, unknown>>

function judge({ claims }: RacerSettings, ended: readonly Ended[], rows: readonly Row[]): readonly string[] {
  const winners = Array.from({ length: claims }, (): number[] => [])
  for (const [racer, { won }] of ended.entries()) for (const index of won) winners[index]!.push(racer)
  const calls = new Map(rows.map(({ key, call }) => [String(key), call]))
  const found = winners.flatMap((racers, index) => {
    if (racers.length !== 1) return [`claim ${index} was won by ${racers.length} racers`]
    const call = calls.get(`zoë müller ${index}`)
    return call === `${racers[0]}/${index}`
      ? []
      : [`the outcome of claim ${index} is ${String(call)}, and racer ${racers[0]} won it`]
  })
  const many = rows.length === claims ? [] : [`${rows.length} rows for ${claims} claims`]
  return [...found, ...many, ...ended.flatMap(({ failed }) => failed)]
}

/** Whoever has no claim may not say another outcome. */
async function stray(url: string, lineage: string, rows: readonly Row[]): Promise<readonly string[]> {
  const link = countedLink(url, { inspects: true })
  const found: string[] = []
  try {
    const attempts = openAttemptsOf(link, lineage)
    const { rows: claims } = await link.persist((session) =>
      session.query('select id from callctl.claim order by id limit 50'),
    )
    for (const { id } of claims) {
      const settled = await attempts.settle(ownClaim('stray', String(id)), placedAs('stray')).then(
        () => true,
        () => false,
      )
      if (settled) found.push(`another outcome of ${String(id)} was taken`)
    }
    const { rows: strays } = await link.persist((session) =>
      session.query("select from callctl.outcome where outcome like '%stray%'"),
    )
    if (strays.length > 0) found.push(`${strays.length} of ${rows.length} outcomes were written over`)
    return found
  } finally {
    await link.close()
  }
}

interface Racer {
  line(): Promise<string>
  go(): void
  end(): void
}

function startRacer(words: readonly string[]): Racer {
  const child: ChildProcess = spawn(process.execPath, words, { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]()
  return {
    async line() {
      const next = await lines.next()
      if (next.done) throw new Error('a racer has died')
      return next.value
    },
    go: () => void child.stdin!.write('go\n'),
    end: () => void child.kill('SIGKILL'),
  }
}
