import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Cluster } from '../../helpers/postgres.js'
import { makeDatabase, openAttemptsOf } from '../../record/shared/shared-world.js'
import { createDice } from '../dice.js'
import { type CountedLink, countedLink, ownClaim, pause, placedAs, type Seen } from './links.js'

export interface KillSettings {
  readonly kills: number
  readonly seed: number
  readonly links?: number
}

/** SIGKILL for the server and all its processes, as when its machine dies, but for the disk; it has to be started. */
export async function killServer(cluster: Cluster): Promise<void> {
  const pid = readFileSync(join(cluster.folder, 'data', 'postmaster.pid'), 'utf8').split('\n')[0]!
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')
  await cluster.stop('SIGKILL')
  for (const child of children.filter((each) => each !== '')) killQuietly(Number(child))
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It went with its parent.
  }
}

/** Its shared memory may still be held for a moment. */
export async function startAgain(cluster: Cluster, settings: readonly string[] = []): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      return await cluster.start(settings)
    } catch (error) {
      if (tries === 50) throw error
      await pause(100)
    }
  }
}

interface Acknowledged {
  /** Answers to claims, by address, of each link. */
  readonly claims: Map<string, boolean[]>
  readonly outcomes: Map<string, string>
  count: number
}

/** The server is killed again and again under claimers and settlers; two links claim each address. */
export async function killUnderClaims(cluster: Cluster, settings: KillSettings): Promise<Seen> {
  const { kills, seed, links: many = 8 } = settings
  const { name, lineage } = await makeDatabase(cluster)
  const links = Array.from({ length: many }, () => countedLink(cluster.url(name), { inspects: true }))
  const acknowledged: Acknowledged = { claims: new Map(), outcomes: new Map(), count: 0 }
  const stopping = new AbortController()
  const errors: string[] = []
  const workers = links.flatMap((link, index) =>
    [0, 1, 2, 3].map((lane) =>
      work(link, lineage, {
        pair: `${index >> 1}-${lane}`,
        own: index,
        acknowledged,
        stopping: stopping.signal,
      }).catch((error: unknown) => void errors.push(String(error))),
    ),
  )
  const dice = createDice(seed)
  for (let kill = 0; kill < kills && errors.length === 0; kill++) {
    const goal = acknowledged.count + 20 + dice.below(150)
    while (acknowledged.count < goal && errors.length === 0) await pause(1)
    await killServer(cluster)
    await startAgain(cluster)
  }
  stopping.abort()
  await Promise.all(workers)
  for (const link of links) await link.close()
  const violations = [...errors, ...(await judge(cluster, name, acknowledged))]
  const losses = links.reduce((sum, link) => sum + link.losses(), 0)
  const figures = [
    `server killed ${kills} times: ${acknowledged.claims.size} claims and ${acknowledged.outcomes.size} outcomes acknowledged, ${violations.length} lost or wrong; ${losses} tries again, each settled`,
  ]
  return { figures, violations }
}

interface Working {
  readonly pair: string
  readonly own: number
  readonly acknowledged: Acknowledged
  readonly stopping: AbortSignal
}

async function work(link: CountedLink, lineage: string, working: Working): Promise<void> {
  const { pair, own, acknowledged, stopping } = working
  const attempts = openAttemptsOf(link, lineage)
  for (let index = 0; !stopping.aborted; index++) {
    const address = `call-${pair}-${index}`
    const claim = ownClaim(address)
    const isOurs = await attempts.claim(claim)
    acknowledged.claims.set(address, [...(acknowledged.claims.get(address) ?? []), isOurs])
    acknowledged.count += 1
    if (!isOurs) continue
    await attempts.settle(claim, placedAs(`${own}/${address}`))
    acknowledged.outcomes.set(address, `${own}/${address}`)
  }
}

async function judge(
  cluster: Cluster,
  name: string,
  { claims, outcomes }: Acknowledged,
): Promise<readonly string[]> {
  const rows = await cluster.sql(
    "select c.address_key as key, o.outcome::json ->> 'callId' as call from callctl.claim c left join callctl.outcome o using (kind, id)",
    name,
  )
  const calls = new Map(rows.map(({ key, call }) => [String(key), call]))
  const wrong = [...claims].flatMap(([address, answers]) => {
    const won = answers.filter(Boolean).length
    if (!calls.has(address)) return [`${address} was claimed, and has no row`]
    return won === 1 || (won === 0 && answers.length < 2) ? [] : [`${address} was won ${won} times`]
  })
  const lost = [...outcomes].flatMap(([address, call]) =>
    calls.get(address) === call
      ? []
      : [`the outcome of ${address} is ${String(calls.get(address))}, not ${call}`],
  )
  const extra = rows.length === claims.size ? [] : [`${rows.length} rows for ${claims.size} claims`]
  return [...wrong, ...lost, ...extra]
}
