import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { createErrorReply, type Reply, sendReply } from './answers.js'
import { type Incoming, readIncoming } from './incoming.js'
import { isLoopbackHost } from './loopback.js'
import { answerRoute } from './routes.js'
import type { World } from './world.js'

/** One request after another: read it, decide, log the decision, and only then answer. */
export function createExchange(world: World): RequestListener {
  return (request, response) => {
    // Node takes the socket away from a request that has ended: this is the way to end the connection even then.
    const { socket } = request
    response.on('error', () => {}) // a client that leaves is no failure of the simulator
    exchange(world, request, response).catch(() => socket.destroy())
  }
}

async function exchange(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { socket } = request
  const incoming = await readIncoming(request, world)
  if (incoming === undefined) {
    // Once a client has gone, or was told by `refuseMalformed` what is wrong, nothing is left to say.
    if (!socket.writableEnded) socket.destroy()
    return
  }
  const reply = decide(world, incoming)
  world.log.append(incoming, reply)
  const latency = incoming.method === 'POST' ? (world.faults.latency ?? 0) : 0
  const delay = latency + (reply.delay ?? 0)
  if (delay === 0) return sendReply({ reply, incoming, response, socket }, world.timers)
  world.timers.after(delay, () => {
    try {
      sendReply({ reply, incoming, response, socket }, world.timers)
    } catch {
      socket.destroy()
    }
  })
}

function decide(world: World, incoming: Incoming): Reply {
  try {
    return refuseStranger(incoming) ?? refuseTooLarge(incoming) ?? answerRoute(world, incoming)
  } catch {
    return createErrorReply(incoming, 500, { code: 'generalException', message: 'The simulator failed.' })
  }
}

function refuseTooLarge(incoming: Incoming): Reply | undefined {
  if (!incoming.isTooLarge) return undefined
  return createErrorReply(incoming, 413, {
    code: 'RequestEntityTooLarge',
    message: 'The request body is larger than the simulator reads (1 MiB).',
  })
}

/** What Graph checks before it looks at the path, and one check of our own: a web page must not reach the simulator. */
function refuseStranger(incoming: Incoming): Reply | undefined {
  const { host, authorization } = incoming.headers
  if (host !== undefined && !isLoopbackHost(host.replace(/:\d*$/, ''))) {
    return createErrorReply(incoming, 400, {
      code: 'BadRequest',
      message: 'The simulator answers to loopback names only.',
    })
  }
  if (/^Bearer +\S/i.test(authorization ?? '')) return undefined
  return createErrorReply(
    incoming,
    401,
    { code: 'InvalidAuthenticationToken', message: 'Access token is empty.' },
    { headers: { 'www-authenticate': 'Bearer realm=""' } },
  )
}
