import { closeSync, constants, mkdirSync, openSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { UsageError } from '../model/errors.js'

// Files of the simulator: lines of JSON that are added one after the other, and never to a file of anybody else.

// Absent on Windows.
const { O_NOFOLLOW = 0 } = constants as Partial<typeof constants>
const { O_WRONLY, O_APPEND, O_CREAT } = constants

export const makeRoom = (path: string): void => void mkdirSync(dirname(path), { recursive: true })

/** Adds a line's text, which is in the file before the function returns. Follows no link but the system's own. */
export function appendText(path: string, text: string, mode: number): void {
  const follow = /^\/(?:dev|proc)\//.test(path) ? 0 : O_NOFOLLOW
  const file = openSync(path, O_WRONLY | O_APPEND | O_CREAT | follow, mode)
  try {
    writeFileSync(file, text)
  } finally {
    closeSync(file)
  }
}

const callHeads = ['{"created":', '{"updated":', '{"ended":']
const isCallLine = (line: string): boolean =>
  callHeads.some((head) => line.startsWith(head) || head.startsWith(line))

/** Whether a text is a store of calls. A process that died while writing leaves a part of a line. */
export const isCallStore = (text: string): boolean => text.split('\n').every(isCallLine)

/** Whether a text is a log of requests. */
export const isRequestLog = (text: string): boolean =>
  text
    .split('\n')
    .every((line) => line === '' || /^\{"sequence":\d+,"time":/.test(line) || '{"sequence":'.startsWith(line))

export function refuseForeign(path: string, what: string): never {
  throw new UsageError(
    `${path} is there already, and is no ${what} of the simulator.`,
    'Name another file, or remove this one first.',
  )
}
