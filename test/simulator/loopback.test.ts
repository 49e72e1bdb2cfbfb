import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parseReceiver } from '../../src/simulator/loopback.js'

const loopbackSuite = suite('simulator/loopback')

const receivers = [
  'http://127.0.0.1:8080/callback',
  'https://localhost/callback',
  'http://LOCALHOST:1/',
  'http://127.255.0.9/',
  'http://[::1]:9/x?y=z',
]
for (const uri of receivers) {
  loopbackSuite(`takes ${uri}`, () => {
    assert.is(parseReceiver(uri)?.href, new URL(uri).href)
  })
}

const strangers = [
  'https://bot.example.com/callback',
  'http://127.0.0.1.example.com/',
  'http://localhost.example.com/',
  'http://127.0.0.1@example.com/',
  'http://localhost./',
  'http://0.0.0.0/',
  'http://10.0.0.1/',
  'http://[::]/',
  'http://[::ffff:10.0.0.1]/',
  'http://128.0.0.1/',
  'file://localhost/etc/passwd',
  'ftp://127.0.0.1/',
  'callbackUri-value',
  '',
  7,
  null,
  undefined,
]
for (const uri of strangers) {
  loopbackSuite(`leaves ${uri} alone`, () => {
    assert.is(parseReceiver(uri), undefined)
  })
}

loopbackSuite.run()
