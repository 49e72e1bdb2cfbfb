import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { Timers } from './timers.js'

const statusOf: ReadonlyMap<string | undefined, number> = new Map([
  ['HPE_HEADER_OVERFLOW', 431],
  ['HPE_CHUNK_EXTENSIONS_OVERFLOW', 413],
  ['ERR_HTTP_REQUEST_TIMEOUT', 408],
])

/** Milliseconds for which what a client still sends is read: a reset would take the answer from it. */
const lingering = 2_000

/**
 * Answers what Node cannot read as a request, and ends the connection. Such a client is no failure of the simulator:
 * whatever it does, nobody else notices.
 */
export function refuseMalformed(error: NodeJS.ErrnoException, socket: Socket, timers: Timers): void {
  socket.on('error', () => {})
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const status = statusOf.get(error.code) ?? 400
  const text = JSON.stringify({
    error: { code: 'BadRequest', message: 'The simulator cannot read this request.' },
  })
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Connection: close',
    'Content-Type: application/json',
    `Content-Length: ${text.length}`,
  ]
  socket.removeAllListeners('data').on('data', () => {})
  const cancel = timers.after(lingering, () => socket.destroy())
  socket.on('close', cancel)
  socket.end(`${head.join('\r\n')}\r\n\r\n${text}`, () => socket.resume())
}
