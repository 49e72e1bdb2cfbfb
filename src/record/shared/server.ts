// The record that several runners share: a schema of PostgreSQL beside the local record, which is kept as well. A call is
// sent only when both say that its attempt is ours. This room knows the database, its statements and their failures.
// Where it is comes from the environment alone: files of a workspace name no host.

import { isAbsolute } from 'node:path'
import type { Environment } from '../../model/environment.js'
import { RecordError } from '../../model/errors.js'
import { recordVariable } from '../../model/record/shared-record.js'

/** Where the database is, and how it is reached. */
export interface Server {
  /** A name, an address, or the absolute path of a socket's folder. */
  readonly host: string
  readonly port: number
  readonly user?: string
  readonly password?: string
  readonly database?: string
  /** Absent for a plain connection, which only sockets and loopback may have. */
  readonly tls?: { readonly authorities?: string }
}

/** Words that a URL, or libpq's variables, may say; all else is refused, so that nothing is overlooked. */
interface Words {
  readonly host: string
  readonly port?: string | undefined
  readonly user?: string | undefined
  readonly password?: string | undefined
  readonly database?: string | undefined
  readonly sslmode?: string | undefined
  readonly sslrootcert?: string | undefined
}

/** Throws RecordError where the environment does not say, or says what is not safe. */
export function readServer(environment: Environment): Server {
  const words = readUrl(environment) ?? readVariables(environment)
  if (words === undefined) {
    throw new RecordError(
      'The environment does not say where the shared record is',
      `Set ${recordVariable}=postgres://USER@HOST/DATABASE, or libpq’s PGHOST, PGUSER, PGDATABASE and PGPASSWORD.`,
    )
  }
  const { host, user, password, database } = words
  return {
    host,
    port: readPort(words.port),
    ...(user !== undefined && { user }),
    ...(password !== undefined && { password }),
    ...(database !== undefined && { database }),
    ...readTls(words),
  }
}

function readUrl({ [recordVariable]: text, PGPASSWORD }: Environment): Words | undefined {
  if (text === undefined || text === '') return undefined
  const url = parseUrl(text)
  const known = new Set(['host', 'sslmode', 'sslrootcert'])
  for (const name of url.searchParams.keys()) if (!known.has(name)) throw badAddress(`it says \`${name}\``)
  return {
    host: url.searchParams.get('host') ?? hostOf(url),
    port: orAbsent(url.port),
    user: orAbsent(decode(url.username)),
    password: orAbsent(decode(url.password)) ?? PGPASSWORD,
    database: orAbsent(decode(url.pathname.slice(1))),
    sslmode: url.searchParams.get('sslmode') ?? undefined,
    sslrootcert: url.searchParams.get('sslrootcert') ?? undefined,
  }
}

const hostOf = ({ hostname }: URL): string =>
  hostname === noHost ? '' : decode(hostname).replace(/^\[|\]$/g, '')

const orAbsent = (text: string): string | undefined => (text === '' ? undefined : text)

/** A socket’s address names a user and no host, which is no URL by the standard: something stands in for it. */
const noHost = 'socket.invalid'
const hostless = /^(postgres(?:ql)?:\/\/[^@/?#]*@)(?=\/)/

function parseUrl(text: string): URL {
  try {
    const url = new URL(text.replace(hostless, `$1${noHost}`))
    if (url.protocol === 'postgres:' || url.protocol === 'postgresql:') return url
  } catch {
    // Told below, without the text, which may hold a password.
  }
  throw badAddress('it is no address of PostgreSQL')
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw badAddress('its `%` are no encoding')
  }
}

const badAddress = (why: string): RecordError =>
  new RecordError(
    `${recordVariable} cannot be used: ${why}`,
    'It has the form postgres://USER:PASSWORD@HOST:PORT/DATABASE?sslrootcert=FILE; for a socket, postgres://USER@/DATABASE?host=FOLDER.',
  )

function readVariables(environment: Environment): Words | undefined {
  const read = (name: string): string | undefined => environment[name] || undefined
  const host = read('PGHOST')
  if (host === undefined) return undefined
  return {
    host,
    port: read('PGPORT'),
    user: read('PGUSER'),
    password: read('PGPASSWORD'),
    database: read('PGDATABASE'),
    sslmode: read('PGSSLMODE'),
    sslrootcert: read('PGSSLROOTCERT'),
  }
}

function readPort(text: string | undefined): number {
  if (text === undefined) return 5432
  const port = Number(text)
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port
  throw new RecordError(`The port of the shared record is no port: ${JSON.stringify(text)}`)
}

/** Beyond this machine whoever is on the way could answer instead of the database: then nothing would be exclusive. */
function readTls({ host, sslmode, sslrootcert }: Words): Pick<Server, 'tls'> {
  const tls = { tls: { ...(sslrootcert !== undefined && { authorities: sslrootcert }) } }
  if (host === '') throw badAddress('it names no host')
  if (isHere(host)) return sslmode === 'verify-full' ? tls : {}
  if (sslmode === undefined || sslmode === 'verify-full') return tls
  throw new RecordError(
    `The shared record is on another machine, and \`sslmode\` is ${JSON.stringify(sslmode)}`,
    'Only verify-full, which is what holds without it, makes sure that the database itself answers.',
  )
}

const isHere = (host: string): boolean =>
  isAbsolute(host) || host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host)
