import { plainText } from '../text/text.js'

const reasons: Readonly<Record<string, string>> = {
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'the name server does not answer',
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was reset',
  EPIPE: 'the connection was closed',
  ETIMEDOUT: 'the connection timed out',
  ENETUNREACH: 'the network is unreachable',
  EHOSTUNREACH: 'the host is unreachable',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is self-signed',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is of an unknown issuer',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate is of an unknown issuer',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
}

/** A failed socket in words, with its code. For people only: nothing may branch on it. */
export function describeFailure(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return describeFailure(error.errors[0])
  if (!(error instanceof Error)) return 'for an unknown reason'
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  // node-fetch puts the URL first, which may be longer than all that is shown here.
  const text = plainText(error.message.replace(/^request to \S+ failed, reason: /, ''), 200)
  return code === undefined ? text : `${reasons[code] ?? text} (${code})`
}
