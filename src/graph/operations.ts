import { NotSentError } from '../model/errors.js'
import type { CallOperations } from '../model/operation.js'
import { readCallId } from './answer/call-body.js'
import { type GraphSettings, openLine, routeOf } from './client.js'
import { refuseUncheckedTls } from './wire/dial.js'
import { checkedRoot } from './wire/roots.js'

/** Operations on live calls behind their port. Throws UsageError as createGraphCalls does. */
export function createGraphOperations(settings: GraphSettings): CallOperations {
  refuseUncheckedTls(settings.environment)
  const root = { ...settings.root, url: checkedRoot(settings.root.url) }
  return {
    async connect(target, callId) {
      if (readCallId(callId) === undefined) throw new NotSentError('This is not the id of a call', false)
      const call = `${routeOf(root, target)}/${encodeURIComponent(callId)}`
      const line = await openLine(settings, root)
      return {
        send({ method, path, operationId, text, look }) {
          const url = call + path
          // A dot segment, say of a participant's id, would have been resolved into another route.
          if (new URL(url).href !== url) throw new NotSentError(`${path} is not a route`, false)
          const headers = {
            'client-request-id': operationId,
            'return-client-request-id': 'true',
            ...(text !== undefined && { 'Content-Type': 'application/json' }),
          }
          return line.send({
            ...{ url, method, headers },
            ...(text !== undefined && { body: text }),
            ...(look !== undefined && { look }),
          })
        },
        isOpen: () => !line.wire.hasWritten() && line.wire.isOpen(),
        close: () => void line.wire.socket.destroy(),
      }
    },
  }
}
