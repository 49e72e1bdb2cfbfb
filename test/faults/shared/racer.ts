// A process that claims what others claim too, and says each outcome it had leave to make. Whom it won, it tells at its end.

import { createInterface } from 'node:readline'
import { openAttemptsOf } from '../../record/shared/shared-world.js'
import { createDice, uuidOf } from '../dice.js'
import { countedLink, inLanes, ownClaim, placedAs } from './links.js'

const [url = '', lineage = '', racer = '', claims = '', seed = ''] = process.argv.slice(2)
const order = createDice(Number(seed) + (Number(racer) % 5))
const spelling = createDice(Number(seed) + 1000 + Number(racer))
const numbers = Array.from({ length: Number(claims) }, (_, index) => index)
for (let left = numbers.length; left > 1; left--) {
  const at = order.below(left)
  const [a, b] = [numbers[left - 1]!, numbers[at]!]
  numbers[left - 1] = b
  numbers[at] = a
}

/** All of them one address. */
const spellings: readonly ((address: string) => string)[] = [
  (address) => address,
  (address) => address.toUpperCase(),
  (address) => address.normalize('NFD'),
  (address) => address.toUpperCase().normalize('NFD'),
  (address) => address.replace(' ', '\u00a0'),
]

/** Runners of one saved plan have the same ids. */
const isOfPlan = Number(racer) % 2 === 0
const idOf = (index: number): string | undefined =>
  isOfPlan ? uuidOf(createDice(Number(seed) + 50_000 + index)) : undefined

const link = countedLink(url, { inspects: true })
const attempts = openAttemptsOf(link, lineage)
const won: number[] = []
const failed: string[] = []
await link.persist((session) => session.query('select 1'))
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]()
process.stdout.write('ready\n')
await lines.next()
await inLanes(numbers, 32, async (index) => {
  const claim = ownClaim(spelling.pick(spellings)(`Zoë Müller ${index}`), idOf(index))
  try {
    if (!(await attempts.claim(claim))) return
    won.push(index)
    await attempts.settle(claim, placedAs(`${racer}/${index}`))
  } catch (error) {
    failed.push(String(error))
  }
})
await link.close()
process.stdout.write(`${JSON.stringify({ won, failed })}\n`)
process.exit()
