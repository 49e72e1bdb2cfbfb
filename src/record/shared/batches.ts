/** Most that go in one statement. */
const largest = 500

/**
 * Does for many at once what would be done for each: while one lot is on its way, the next one gathers. What a lot
 * fails with, each of it fails with.
 */
export function gather<Item, Result>(
  carryOut: (items: readonly Item[]) => Promise<readonly Result[]>,
): (item: Item) => Promise<Result> {
  interface Waiting {
    readonly item: Item
    resolve(result: Result): void
    reject(error: unknown): void
  }
  const waiting: Waiting[] = []
  let isUnderWay = false
  const go = async (): Promise<void> => {
    isUnderWay = true
    // What is asked for in the same moment goes together.
    await Promise.resolve()
    while (waiting.length > 0) {
      const lot = waiting.splice(0, largest)
      try {
        const results = await carryOut(lot.map(({ item }) => item))
        for (const [index, { resolve }] of lot.entries()) resolve(results[index] as Result)
      } catch (error) {
        for (const { reject } of lot) reject(error)
      }
    }
    isUnderWay = false
  }
  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      if (!isUnderWay) void go()
    })
}
