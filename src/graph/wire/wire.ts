// The way to one host: DNS, proxy, TLS, and a socket that tells whether a byte was written. Before that nothing has
// been sent; afterwards only an answer can say what happened.

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
  /** How many bytes the peer sent. */
  size(): number
  /**
   * From here on what is written is kept until a whole HTTP request is there, and then sent at once, after a last look
   * at the socket and, if given, around: `look` throws where nothing may be sent any more.
   */
  sendWhole(look?: () => void): void
}

/** Enough for all headers that Node accepts, and some of the body. */
const longestReceived = 24 * 1024

type Done = (error?: Error | null) => void

/** Error codes and `bytesWritten` cannot tell whether a request left; watching the first write can. */
export function watchSocket(socket: Socket): Wire {
  const inbound = watchInbound(socket)
  const write = socket.write.bind(socket) as (bytes: unknown, ...more: unknown[]) => boolean
  const isOpen = (): boolean =>
    !socket.destroyed &&
    socket.writable &&
    socket.readable &&
    (inbound.hasWritten() || (inbound.size() === 0 && socket.readableLength === 0))
  const send = (bytes: unknown, ...more: unknown[]): boolean => {
    if (!inbound.hasWritten()) {
      if (!isOpen()) {
        socket.destroy(new Error('the connection was closed before the request'))
        return false
      }
      inbound.begin()
    }
    return write(bytes, ...more)
  }
  socket.write = send as Socket['write']
  return {
    socket,
    hasWritten: inbound.hasWritten,
    isOpen,
    received: inbound.received,
    size: inbound.size,
    sendWhole(look) {
      socket.write = gather((bytes, done) => {
        // One turn of the event loop: what has already arrived is seen, and is no answer.
        setImmediate(() => {
          if (socket.destroyed) return
          try {
            look?.()
          } catch (error) {
            socket.destroy(error as Error)
            return
          }
          inbound.expectFlush()
          send(bytes, (error?: Error | null) => {
            inbound.flushed()
            done(error)
          })
        })
      }, send)
    },
  }
}

/** Collects writes until they are a whole request, which `whole` takes; what cannot be told is passed on. */
function gather(
  whole: (bytes: Buffer, done: Done) => void,
  pass: (bytes: unknown, ...more: unknown[]) => boolean,
): Socket['write'] {
  let bytes = Buffer.alloc(0)
  let isSent = false
  let isFlushed = false
  const waiting: Done[] = []
  return ((chunk: string | Uint8Array, ...more: unknown[]): boolean => {
    const encoding = more.find((each) => typeof each === 'string') as BufferEncoding | undefined
    const done = more.find((each) => typeof each === 'function') as Done | undefined
    // Node ends a request with an empty write, which must not go ahead of what is kept.
    if (isSent && chunk.length > 0) return pass(chunk, ...more)
    if (done !== undefined && isFlushed) setImmediate(done)
    else if (done !== undefined) waiting.push(done)
    if (isSent) return true
    const piece = typeof chunk === 'string' ? Buffer.from(chunk, encoding) : Buffer.from(chunk)
    bytes = Buffer.concat([bytes, piece])
    if (bytes.length < requestLength(bytes)) return true
    isSent = true
    whole(bytes, (error) => {
      isFlushed = true
      for (const each of waiting) each(error)
    })
    return true
  }) as Socket['write']
}

/** Of the request that begins here; infinite while its head is not whole. */
function requestLength(bytes: Buffer): number {
  const end = bytes.indexOf('\r\n\r\n')
  if (end === -1) return Number.POSITIVE_INFINITY
  const head = bytes.toString('latin1', 0, end)
  return end + 4 + Number(/^content-length:[ \t]*(\d+)/im.exec(head)?.[1] ?? 0)
}

/** What the peer sends. Only what comes once the request has left as a whole can be its answer. */
function watchInbound(socket: Socket) {
  const chunks: Buffer[] = []
  const held: (readonly [unknown, BufferEncoding | undefined])[] = []
  let size = 0
  let state: 'idle' | 'sending' | 'sent' = 'idle'
  let isFlushAwaited = false

  // Not a listener for data: node-fetch takes one that is left at the end for a body that was cut.
  const push = socket.push.bind(socket)
  socket.push = (chunk: unknown, encoding?: BufferEncoding): boolean => {
    if (Buffer.isBuffer(chunk)) {
      if (size < longestReceived) chunks.push(chunk.subarray(0, longestReceived - size))
      size += chunk.length
      if (state === 'idle') {
        socket.destroy(new Error('the peer spoke before the request'))
        return false
      }
    }
    if (state !== 'sending' && held.length === 0) return push(chunk, encoding)
    held.push([chunk, encoding])
    // The last bytes may have left in this very turn.
    if (held.length === 1) setImmediate(decide)
    return true
  }
  function decide(): void {
    if (state === 'sending' && size > 0) {
      socket.destroy(new Error('the peer answered before it had the whole request'))
      return
    }
    for (const [chunk, encoding] of held.splice(0)) push(chunk, encoding)
  }
  return {
    hasWritten: () => state !== 'idle',
    size: () => size,
    received: () => Buffer.concat(chunks),
    expectFlush() {
      isFlushAwaited = true
    },
    begin() {
      state = isFlushAwaited ? 'sending' : 'sent'
    },
    flushed() {
      state = 'sent'
    },
  }
}

/** Calls back once the socket is closed and everything that it brought has been passed on. */
export function afterClose(socket: Socket, listener: () => void): void {
  // Streams pass data on in ticks, all of which run before an immediate does.
  const later = (): void => void setImmediate(listener)
  if (socket.closed) later()
  else socket.once('close', later)
}
