import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { RecordError } from '../../../src/model/errors.js'
import { readServer } from '../../../src/record/shared/server.js'

const test = suite('shared/server')

const at = (url: string) => readServer({ CALLCTL_RECORD: url })

function refused(environment: Readonly<Record<string, string>>): string {
  try {
    readServer(environment)
  } catch (error) {
    assert.instance(error, RecordError)
    return (error as RecordError).message
  }
  throw new Error('it was taken')
}

test('a URL names user, password, host, port and database', () => {
  assert.equal(at('postgres://bot:p%40ss@127.0.0.1:5433/calls'), {
    host: '127.0.0.1',
    port: 5433,
    user: 'bot',
    password: 'p@ss',
    database: 'calls',
  })
  assert.equal(at('postgresql://localhost/calls'), { host: 'localhost', port: 5432, database: 'calls' })
  assert.equal(at('postgres://bot@[::1]/calls').host, '::1')
  const said = { PGPASSWORD: 'apart', PGDATABASE: 'other' }
  const apart = readServer({ ...said, CALLCTL_RECORD: 'postgres://bot@[::1]/calls' })
  assert.equal([apart.password, apart.database], ['apart', 'calls'])
  assert.is(readServer({ ...said, CALLCTL_RECORD: 'postgres://bot:p@[::1]/calls' }).password, 'p')
})

test('a socket’s folder stands in `host`', () => {
  const wanted = { host: '/run/postgresql', port: 5432, user: 'bot', database: 'calls' }
  assert.equal(at('postgres://bot@/calls?host=/run/postgresql'), wanted)
  assert.equal(at('postgres://bot@localhost/calls?host=/run/postgresql'), wanted)
  assert.equal(at('postgres:///calls?host=/run/postgresql'), {
    host: '/run/postgresql',
    port: 5432,
    database: 'calls',
  })
})

test('another machine is reached over TLS that proves who answers, and in no other way', () => {
  assert.equal(at('postgres://db.contoso.com/calls').tls, {})
  assert.equal(at('postgres://db.contoso.com/calls?sslmode=verify-full&sslrootcert=/etc/ca.pem').tls, {
    authorities: '/etc/ca.pem',
  })
  for (const mode of ['disable', 'prefer', 'require', 'verify-ca', 'no-verify', ''])
    assert.match(refused({ CALLCTL_RECORD: `postgres://db.contoso.com/calls?sslmode=${mode}` }), 'sslmode')
  // Addresses that only look like this machine's.
  for (const host of ['127.0.0.1.contoso.com', '127.1', 'localhost.contoso.com', '10.0.0.1', '[fe80::1]'])
    assert.ok(at(`postgres://${host}/calls`).tls !== undefined, host)
})

test('this machine’s loopback and sockets need no TLS, and get it where it is asked for', () => {
  for (const host of ['127.0.0.1', '127.0.0.53', 'localhost', '[::1]'])
    assert.is(at(`postgres://${host}/calls`).tls, undefined)
  assert.equal(at('postgres://localhost/calls?sslmode=verify-full').tls, {})
})

test('libpq’s variables do as well; a URL outranks them', () => {
  const variables = {
    PGHOST: 'db.contoso.com',
    PGPORT: '6000',
    PGUSER: 'bot',
    PGDATABASE: 'calls',
    PGPASSWORD: 'x',
  }
  assert.equal(readServer(variables), {
    host: 'db.contoso.com',
    port: 6000,
    user: 'bot',
    password: 'x',
    database: 'calls',
    tls: {},
  })
  assert.is(readServer({ ...variables, CALLCTL_RECORD: 'postgres://localhost/other' }).database, 'other')
  assert.match(refused({ ...variables, PGSSLMODE: 'disable' }), 'sslmode')
})

test('without either, and for what is no address, it is refused, and no password is told', () => {
  assert.match(refused({}), 'does not say where the shared record is')
  assert.match(refused({ PGUSER: 'bot', PGDATABASE: 'calls' }), 'does not say where the shared record is')
  const secret = 'hunter2'
  for (const url of [
    `mysql://bot:${secret}@localhost/calls`,
    `bot:${secret}@localhost`,
    `postgres://bot:${secret}@localhost/calls?sslkey=/x`,
    `postgres://bot:${secret}@localhost:99999/calls`,
    `postgres://bot:${secret}%zz@localhost/calls`,
    `postgres:///calls`,
  ])
    assert.not.match(refused({ CALLCTL_RECORD: url }), secret)
  assert.match(refused({ PGHOST: 'localhost', PGPORT: 'five' }), 'port')
})

test.run()
