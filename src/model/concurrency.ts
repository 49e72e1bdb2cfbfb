/** Begins the items in order, never more than `limit` at a time, a whole number from 1. `work` must not reject. */
export async function forEachConcurrently<Item>(
  items: readonly Item[],
  limit: number,
  work: (item: Item, index: number) => Promise<void>,
): Promise<void> {
  let next = 0
  const lane = async (): Promise<void> => {
    while (next < items.length) {
      const index = next
      next += 1
      await work(items[index]!, index)
    }
  }
  const lanes = Math.min(limit, items.length)
  await Promise.all(Array.from({ length: lanes }, lane))
}

/** 1 to 64; one at a time where the number makes no sense. */
export const clampConcurrency = (limit: number): number => (limit >= 1 ? Math.min(Math.floor(limit), 64) : 1)
