/** Does works one at a time while few wait, and the more at a time the more wait. */
export type Turns = <Result>(work: () => Promise<Result>) => Promise<Result>

/** Those that wait begin as they came: one, if none goes on, and more while fewer go on than half of those that wait. */
export function createTurns(): Turns {
  const waiting: (() => void)[] = []
  let running = 0
  const begin = (): void => {
    while (running < Math.ceil(waiting.length / 2)) {
      running += 1
      waiting.shift()!()
    }
  }
  return async (work) => {
    await new Promise<void>((resolve) => {
      waiting.push(resolve)
      begin()
    })
    try {
      return await work()
    } finally {
      running -= 1
      begin()
    }
  }
}
