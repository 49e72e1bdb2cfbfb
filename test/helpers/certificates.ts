// Makes X.509 certificates for the length of a test: Node signs and reads them, and has nothing that makes them.

import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'

/** PEM texts. */
export interface Certified {
  readonly certificate: string
  readonly key: string
}

export interface Authority extends Certified {
  /** A certificate of this authority. */
  issue(wish: Wish): Certified
}

export interface Wish {
  readonly name: string
  /** Host names, and IPv4 addresses. */
  readonly hosts?: readonly string[]
  /** Milliseconds since 1970; a day ago and a day ahead when absent. */
  readonly from?: number
  readonly until?: number
  /** RSA, as Entra wants it of an app, instead of the faster kind for servers. */
  readonly isRsa?: boolean
}

/** A certificate authority of its own, made anew each time. */
export function createAuthority(name = 'Test authority'): Authority {
  const own = makeKeys(false)
  const issuer = { name, key: own.privateKey }
  return {
    ...certify({ name }, own, issuer, true),
    issue: (wish) => certify(wish, makeKeys(wish.isRsa === true), issuer, false),
  }
}

/** A certificate that vouches for itself, as those of apps mostly do. */
export function selfSigned(wish: Wish): Certified {
  const keys = makeKeys(wish.isRsa === true)
  return certify(wish, keys, { name: wish.name, key: keys.privateKey }, false)
}

interface Keys {
  readonly publicKey: KeyObject
  readonly privateKey: KeyObject
}

const makeKeys = (isRsa: boolean): Keys =>
  isRsa
    ? generateKeyPairSync('rsa', { modulusLength: 2048 })
    : generateKeyPairSync('ec', { namedCurve: 'prime256v1' })

interface Issuer {
  readonly name: string
  readonly key: KeyObject
}

const day = 24 * 60 * 60 * 1000

/** RFC 5280, as little of it as TLS asks for. */
function certify(wish: Wish, keys: Keys, issuer: Issuer, isAuthority: boolean): Certified {
  const { from = Date.now() - day, until = Date.now() + day } = wish
  const algorithm = sequence(objectId(issuer.key.asymmetricKeyType === 'rsa' ? sha256WithRsa : sha256WithEc))
  const extensions = [...(isAuthority ? [authorityMark] : []), ...namesOf(wish.hosts ?? [])]
  const content = sequence(
    tagged(0xa0, integer(Buffer.of(2))),
    integer(randomBytes(8)),
    algorithm,
    nameOf(issuer.name),
    sequence(time(from), time(until)),
    nameOf(wish.name),
    keys.publicKey.export({ type: 'spki', format: 'der' }),
    ...(extensions.length === 0 ? [] : [tagged(0xa3, sequence(...extensions))]),
  )
  const signature = sign('sha256', content, issuer.key)
  const der = sequence(content, algorithm, tagged(0x03, Buffer.of(0), signature))
  const lines = der.toString('base64').match(/.{1,64}/g)!
  return {
    certificate: ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n'),
    key: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}

/** DER: a tag, a length, a value. */
function tagged(tag: number, ...parts: readonly Buffer[]): Buffer {
  const value = Buffer.concat(parts)
  const long = value.length.toString(16)
  const digits = Buffer.from(long.length % 2 === 0 ? long : `0${long}`, 'hex')
  const length =
    value.length < 128 ? Buffer.of(value.length) : Buffer.concat([Buffer.of(0x80 | digits.length), digits])
  return Buffer.concat([Buffer.of(tag), length, value])
}

const sequence = (...parts: readonly Buffer[]): Buffer => tagged(0x30, ...parts)

/** Positive: the first bit is the sign. */
const integer = (value: Buffer): Buffer => tagged(0x02, Buffer.of(value[0]! & 0x7f || 1), value.subarray(1))

const objectId = (hex: string): Buffer => tagged(0x06, Buffer.from(hex, 'hex'))
const sha256WithRsa = '2a864886f70d01010b'
const sha256WithEc = '2a8648ce3d040302'
const commonName = '550403'
const alternativeNames = '551d11'

/** Basic constraints, critical: an authority. */
const authorityMark = sequence(
  objectId('551d13'),
  tagged(0x01, Buffer.of(0xff)),
  tagged(0x04, sequence(tagged(0x01, Buffer.of(0xff)))),
)

const nameOf = (name: string): Buffer =>
  sequence(tagged(0x31, sequence(objectId(commonName), tagged(0x0c, Buffer.from(name, 'utf8')))))

const time = (at: number): Buffer =>
  tagged(0x18, Buffer.from(`${new Date(at).toISOString().replace(/[-:T]|\.\d+/g, '')}`, 'latin1'))

function namesOf(hosts: readonly string[]): readonly Buffer[] {
  if (hosts.length === 0) return []
  const names = hosts.map((host) =>
    /^[\d.]+$/.test(host)
      ? tagged(0x87, Buffer.from(host.split('.').map(Number)))
      : tagged(0x82, Buffer.from(host, 'latin1')),
  )
  return [sequence(objectId(alternativeNames), tagged(0x04, sequence(...names)))]
}
