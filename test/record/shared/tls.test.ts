import { writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { RecordError } from '../../../src/model/errors.js'
import { type Certified, createAuthority } from '../../helpers/certificates.js'
import { createCluster, giveToOwner, withServer } from '../../helpers/postgres.js'
import { bareLink } from './shared-world.js'

// Who answers in the database's place would say of every claim that it is ours.

const test = suite('shared/tls')
const onServer = withServer(test)

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { readonly port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** What a client says that trusts `trusted` alone, of a server with this certificate. */
async function ask({ certificate, key }: Certified, trusted: string): Promise<unknown> {
  const cluster = createCluster()
  const write = (name: string, text: string): string => {
    const path = join(cluster.folder, name)
    writeFileSync(path, text, { mode: 0o600 })
    giveToOwner(path)
    return path
  }
  const files = [
    `ssl_cert_file=${write('server.pem', certificate)}`,
    `ssl_key_file=${write('server.key', key)}`,
  ]
  const port = await freePort()
  const authorities = write('authority.pem', trusted)
  const query = `sslmode=verify-full&sslrootcert=${authorities}`
  const link = bareLink(`postgres://callctl_test@localhost:${port}/postgres?${query}`, 1)
  try {
    await cluster.start(['ssl=on', ...files, 'listen_addresses=localhost', `port=${port}`])
    const { rows } = await link.persist((session) =>
      session.query('select ssl from pg_stat_ssl where pid = pg_backend_pid()'),
    )
    return rows[0]?.['ssl']
  } catch (error) {
    return error
  } finally {
    await link.close()
    await cluster.end()
  }
}

const authority = createAuthority()

onServer('the database is asked over TLS, once it has proved to be the one that is meant', async () => {
  const own = authority.issue({ name: 'database', hosts: ['localhost'] })
  assert.is(await ask(own, authority.certificate), true)
})

onServer('nothing is asked of one that another authority vouches for, or that has another name', async () => {
  const strangers = createAuthority('Another authority')
  const own = authority.issue({ name: 'database', hosts: ['localhost'] })
  const other = authority.issue({ name: 'database', hosts: ['db.contoso.com'] })
  for (const error of [await ask(own, strangers.certificate), await ask(other, authority.certificate)])
    assert.instance(error, RecordError)
})

test.run()
