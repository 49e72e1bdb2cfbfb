// What a token says of itself. Nothing is verified: Graph does that. callctl only wants to know beforehand
// what Graph would refuse.

/** Application permissions that the token holds; undefined for a text that is no readable JWT. */
export function readRoles(token: string): readonly string[] | undefined {
  const claims = readClaims(token)
  if (claims === undefined) return undefined
  const { roles } = claims
  return Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : []
}

/** The id of the tenant that issued the token, in lower case; undefined when it does not say. */
export function readTenant(token: string): string | undefined {
  const tenantId = readClaims(token)?.tid
  return typeof tenantId === 'string' ? tenantId.toLowerCase() : undefined
}

interface Claims {
  readonly roles?: unknown
  readonly tid?: unknown
}

function readClaims(token: string): Claims | undefined {
  const parts = token.split('.')
  if (parts.length !== 3) return undefined
  try {
    const claims: unknown = JSON.parse(Buffer.from(parts[1] ?? '', 'base64url').toString('utf8'))
    return typeof claims === 'object' && claims !== null && !Array.isArray(claims) ? claims : undefined
  } catch {
    return undefined
  }
}
