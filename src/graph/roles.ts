/** The `roles` of a token's payload. Nothing is verified: Graph does that, and callctl only wants to say
 * beforehand what Graph would refuse. Undefined for a text that is no readable JWT. */
export function readRoles(token: string): readonly string[] | undefined {
  const parts = token.split('.')
  if (parts.length !== 3) return undefined
  const claims = parseClaims(parts[1] ?? '')
  if (claims === undefined) return undefined
  const { roles } = claims
  return Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : []
}

function parseClaims(part: string): { readonly roles?: unknown } | undefined {
  try {
    const claims: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
    return typeof claims === 'object' && claims !== null && !Array.isArray(claims) ? claims : undefined
  } catch {
    return undefined
  }
}
