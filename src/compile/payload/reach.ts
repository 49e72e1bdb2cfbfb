/** Which hosts Graph cannot reach: this machine, and those of private networks. Undefined for all others. */
export function reachOf(host: string): 'own' | 'private' | undefined {
  if (/^(?:localhost|.*\.localhost)$/.test(host)) return 'own'
  if (host.startsWith('[')) return reachOfSix(host.slice(1, -1))
  const four = /^(\d+)\.(\d+)\.\d+\.\d+$/.exec(host)
  if (four !== null) return reachOfFour(Number(four[1]), Number(four[2]))
  return privateName.test(host) || !host.includes('.') ? 'private' : undefined
}

/** RFC 6762 and 8375, ICANN's `.internal`, and what routers and companies use without anybody having given it to them. */
const privateName =
  /\.(?:local|internal|lan|home|corp|intranet|private|localdomain|home\.arpa|onion|test|invalid)$/

/** RFC 1918, 3927, 6598 and 1122. */
function reachOfFour(first: number, second: number): 'own' | 'private' | undefined {
  if (first === 127 || first === 0) return 'own'
  if (first === 10 || (first === 192 && second === 168) || (first === 169 && second === 254)) return 'private'
  if (first === 172 && second >= 16 && second <= 31) return 'private'
  return first === 100 && second >= 64 && second <= 127 ? 'private' : undefined
}

/** RFC 4193 and 4291, and IPv4 in them. */
function reachOfSix(address: string): 'own' | 'private' | undefined {
  if (address === '::1' || address === '::') return 'own'
  if (/^(?:f[cd][\da-f]{2}|fe[89ab][\da-f]):/.test(address)) return 'private'
  const mapped = /^::ffff:([\da-f]+):([\da-f]+)$/.exec(address)
  if (mapped === null) return undefined
  const high = Number.parseInt(mapped[1]!, 16)
  return reachOfFour(high >> 8, high & 255)
}
