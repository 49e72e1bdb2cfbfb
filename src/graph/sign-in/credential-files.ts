import type { KeyObject, X509Certificate } from 'node:crypto'
import { SignInError } from '../../model/errors.js'
import type { CertificateGrant } from './grants.js'

/** What Azure's library wants of a certificate. */
export interface ClientCertificate {
  /** Hexadecimal. */
  readonly thumbprintSha256: string
  /** PEM, not encrypted. */
  readonly privateKey: string
  /** PEM, the app's own first. */
  readonly x5c?: string
}

const longestFile = 1024 * 1024

/** The assertion that a file holds at this moment. Throws SignInError. */
export async function readAssertionFile(path: string): Promise<string> {
  const text = (await readText(path, 'AZURE_FEDERATED_TOKEN_FILE')).trim()
  if (/^[\x21-\x7e]+$/.test(text)) return text
  const wrong = text === '' ? 'is empty' : 'holds more than one token'
  throw new SignInError(`Cannot sign in: the file that AZURE_FEDERATED_TOKEN_FILE names ${wrong}`)
}

/** Certificate and key of a PEM file, checked against each other and the clock. Throws SignInError. */
export async function readCertificate(grant: CertificateGrant, now: number): Promise<ClientCertificate> {
  const text = await readText(grant.path, 'AZURE_CLIENT_CERTIFICATE_PATH')
  const { createPrivateKey, X509Certificate } = await import('node:crypto')
  const key = readKey(text, grant.password, createPrivateKey)
  const certificates = readCertificates(text, X509Certificate)
  const own = certificates.find((certificate) => certificate.checkPrivateKey(key))
  if (own === undefined) throw refuse('holds a key that fits none of its certificates')
  checkTimes(own, now)
  const chain = [own, ...certificates.filter((certificate) => certificate !== own)]
  return {
    thumbprintSha256: own.fingerprint256.replaceAll(':', ''),
    privateKey: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
    ...(grant.sendsChain && { x5c: chain.map(String).join('') }),
  }
}

function readKey(
  text: string,
  passphrase: string | undefined,
  createPrivateKey: typeof import('node:crypto').createPrivateKey,
): KeyObject {
  const block = /-----BEGIN ([A-Z ]*)PRIVATE KEY-----[\s\S]+?-----END \1PRIVATE KEY-----/.exec(text)?.[0]
  if (block === undefined) throw refuse('holds no private key', pemHint)
  const isEncrypted = /ENCRYPTED/.test(block)
  if (isEncrypted && passphrase === undefined) {
    throw refuse('holds an encrypted key', 'Set AZURE_CLIENT_CERTIFICATE_PASSWORD.')
  }
  const key = attempt(() => createPrivateKey({ key: block, ...(passphrase !== undefined && { passphrase }) }))
  if (key === undefined) {
    const hint = isEncrypted ? 'AZURE_CLIENT_CERTIFICATE_PASSWORD may be wrong.' : pemHint
    throw refuse('holds a private key that cannot be read', hint)
  }
  if (key.asymmetricKeyType !== 'rsa') throw refuse('holds a key that is not RSA, which Entra does not take')
  return key
}

function readCertificates(text: string, Certificate: typeof X509Certificate): readonly X509Certificate[] {
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? []
  if (blocks.length === 0) throw refuse('holds no certificate', pemHint)
  return blocks.map((block) => {
    const certificate = attempt(() => new Certificate(block))
    if (certificate === undefined) throw refuse('holds a certificate that cannot be read', pemHint)
    return certificate
  })
}

function checkTimes({ validFrom, validTo }: X509Certificate, now: number): void {
  if (now > Date.parse(validTo)) throw refuse(`holds a certificate that expired on ${validTo}`)
  if (now < Date.parse(validFrom)) throw refuse(`holds a certificate that is valid from ${validFrom}`)
}

const pemHint =
  'A PEM file is needed, with the certificate and its private key; `openssl pkcs12` makes one of a PFX.'

const refuse = (what: string, hint?: string): SignInError =>
  new SignInError(`Cannot sign in: the file that AZURE_CLIENT_CERTIFICATE_PATH names ${what}`, hint)

/** What fails here may quote what it was given. */
function attempt<Value>(make: () => Value): Value | undefined {
  try {
    return make()
  } catch {
    return undefined
  }
}

async function readText(path: string, variable: string): Promise<string> {
  const { open } = await import('node:fs/promises')
  try {
    const file = await open(path)
    try {
      const { bytesRead, buffer } = await file.read({ buffer: Buffer.alloc(longestFile) })
      return buffer.toString('utf8', 0, bytesRead)
    } finally {
      await file.close()
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''
    throw new SignInError(`Cannot sign in: the file that ${variable} names cannot be read${code}`)
  }
}
