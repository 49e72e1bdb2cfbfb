/** Does few works at a time: each begins when one before has ended, or a pause after that began. */
export type Turns = <Result>(work: () => Promise<Result>) => Promise<Result>

/** `width` are begun together, the next ones behind each of them. `pause` must not reject. */
export function createTurns(width: number, pause: () => Promise<void>): Turns {
  const lines: Promise<unknown>[] = Array.from({ length: width }, () => Promise.resolve())
  let last = 0
  return async (work) => {
    last = (last + 1) % width
    const turn = lines[last]!
    let end = (): void => {}
    const ended = new Promise<void>((resolve) => {
      end = resolve
    })
    lines[last] = turn.then(() => Promise.race([ended, pause()]))
    await turn
    try {
      return await work()
    } finally {
      end()
    }
  }
}
