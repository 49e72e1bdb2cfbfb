import type { Socket } from 'node:net'

/** A dialed socket under observation: it tells "nothing left" from "something may have left". */
export interface Wire {
  readonly socket: Socket
  /** True from just before the first byte of the request is given to the kernel. */
  hasWritten(): boolean
  /** Whether a request may still start: the peer has neither closed nor spoken. */
  isOpen(): boolean
  /** The first bytes that the peer sent. */
  received(): Buffer
}

/** Enough for all headers that Node accepts, and some of the body. */
const longestReceived = 24 * 1024

/** Error codes and `bytesWritten` cannot tell whether a request left; watching the first write can. */
export function watchSocket(socket: Socket): Wire {
  const chunks: Buffer[] = []
  let size = 0
  let written = false
  // Bytes before the request would be taken for its answer.
  const isOpen = (): boolean =>
    !socket.destroyed && socket.writable && socket.readable && (written || socket.readableLength === 0)

  // Not a listener for data: node-fetch takes one that is left at the end for a body that was cut.
  const push = socket.push.bind(socket)
  socket.push = (chunk: unknown, encoding?: BufferEncoding): boolean => {
    if (Buffer.isBuffer(chunk) && size < longestReceived) {
      chunks.push(chunk.subarray(0, longestReceived - size))
      size += chunk.length
    }
    return push(chunk, encoding)
  }
  const write = socket.write.bind(socket) as (...values: unknown[]) => boolean
  socket.write = (...values: unknown[]): boolean => {
    if (!written) {
      if (!isOpen()) {
        socket.destroy(new Error('the connection was closed before the request'))
        return false
      }
      written = true
    }
    return write(...values)
  }
  return { socket, hasWritten: () => written, isOpen, received: () => Buffer.concat(chunks) }
}

/** Calls back once the socket is closed and everything that it brought has been passed on. */
export function afterClose(socket: Socket, listener: () => void): void {
  // Streams pass data on in ticks, all of which run before an immediate does.
  const later = (): void => void setImmediate(listener)
  if (socket.closed) later()
  else socket.once('close', later)
}
