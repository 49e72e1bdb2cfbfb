import { randomUUID } from 'node:crypto'
import type { Cluster } from '../../helpers/postgres.js'
import { makeDatabase, openAttemptsOf } from '../../record/shared/shared-world.js'
import { createDice, type Dice } from '../dice.js'
import { countedLink, inLanes, ownClaim, type Seen } from './links.js'
import { type MessageCut, type MessageProxy, startMessageProxy } from './message-proxy.js'

export interface CutSettings {
  readonly cuts: number
  /** Answers that do not come, each until the client gives it up after 20 s. */
  readonly stalls: number
  readonly seed: number
}

/** A commit takes its time: whoever only looks meanwhile sees nothing of its row. */
const slowCommit = `create function public.slow() returns trigger language plpgsql as
'begin perform pg_sleep(random() * 0.15); return null; end';
create constraint trigger slow after insert on callctl.claim
deferrable initially deferred for each row execute function public.slow()`

interface Told {
  readonly address: string
  readonly nonce: string
  readonly isOurs: boolean
}

/** Connections are cut around the commit of a claim: whoever is told that it is theirs has its row, and nobody else. */
export async function cutAroundCommit(cluster: Cluster, settings: CutSettings): Promise<Seen> {
  const { cuts, stalls, seed } = settings
  const { name, lineage } = await makeDatabase(cluster)
  await cluster.sql(slowCommit, name)
  const dice = createDice(seed)
  const told: Told[] = []
  const errors: string[] = []
  const proxies = await Promise.all(Array.from({ length: 16 }, () => startMessageProxy(cluster.folder)))
  const rival = countedLink(cluster.url(name), { inspects: false })
  const made = (): number => proxies.reduce((sum, proxy) => sum + proxy.cuts(), 0)
  let index = 0
  let stalled = 0
  // A connection that is never used again cannot be cut.
  const most = 100 + 3 * (cuts + stalls)
  const claimOn = async (proxy: MessageProxy): Promise<void> => {
    const link = countedLink(proxy.url(name), { inspects: false })
    const tell = tellInto(told, lineage)
    try {
      await link.persist((session) => session.query('select 1'))
      while (errors.length === 0 && (made() < cuts || stalled < stalls) && index < most) {
        const address = `call-${index++}`
        const isStall = stalled < stalls
        if (isStall) stalled += 1
        proxy.arm(isStall ? [{ side: 'server', message: 1, when: 'stall' }] : chooseCuts(dice))
        const claims = [tell(link, address)]
        if (dice.below(4) === 0) claims.push(tell(rival, address))
        await Promise.all(claims)
      }
    } catch (error) {
      errors.push(String(error))
    } finally {
      await link.close()
    }
  }
  try {
    await inLanes(proxies, proxies.length, claimOn)
    const rows = await cluster.sql('select address_key as key, nonce from callctl.claim', name)
    const violations = [...errors, ...judge(told, rows, index)]
    const ours = told.filter(({ isOurs }) => isOurs).length
    const figures = [
      `${made()} connections cut around commits${stalls === 0 ? '' : `, ${stalls} of them stalled until a time-out`}: ${index} addresses, ${told.length} claims, ${ours} ours; rows at the end ${rows.length}`,
    ]
    return { figures, violations }
  } finally {
    await rival.close()
    for (const proxy of proxies) await proxy.close()
  }
}

/** Parse, Bind, Describe, Execute and Sync go out; five or six come back. At times the next connection is cut as well. */
function chooseCuts(dice: Dice): readonly MessageCut[] {
  const choose = (most: number): MessageCut => ({
    side: dice.pick(['client', 'client', 'server']),
    message: 1 + dice.below(most),
    when: dice.pick(['before', 'after']),
  })
  return dice.below(3) === 0 ? [choose(5), choose(12)] : [choose(5)]
}

const tellInto =
  (told: Told[], lineage: string) =>
  async (link: ReturnType<typeof countedLink>, address: string): Promise<void> => {
    const nonce = randomUUID()
    const isOurs = await openAttemptsOf(link, lineage, () => nonce).claim(ownClaim(address))
    told.push({ address, nonce, isOurs })
  }

function judge(
  told: readonly Told[],
  rows: readonly Readonly<Record<string, unknown>>[],
  many: number,
): readonly string[] {
  const nonces = new Map(rows.map(({ key, nonce }) => [key, nonce]))
  const wrong = told.flatMap(({ address, nonce, isOurs }) => {
    const has = nonces.get(address) === nonce
    if (has === isOurs) return []
    return [`${address}: told ${isOurs ? 'ours' : 'another’s'}, and its row is ${has ? 'ours' : 'another’s'}`]
  })
  return rows.length === many ? wrong : [...wrong, `${rows.length} rows for ${many} addresses`]
}
