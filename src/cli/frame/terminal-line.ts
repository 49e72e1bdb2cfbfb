import type { Host } from '../../model/host.js'

/** Whether somebody sees stderr, and can see a line change. */
export const isWatched = ({ terminal, environment }: Host): boolean =>
  terminal.stderr.isTerminal && environment['TERM'] !== 'dumb'

const erase = '\r\u001b[K'

/** A line of stderr that is written over, and in the end taken away. */
export function createLine({ stderr }: Host) {
  let isShown = false
  return {
    clear(): void {
      if (isShown) stderr.write(erase)
      isShown = false
    },
    write(text: string): void {
      stderr.write(erase + text)
      isShown = true
    },
  }
}
