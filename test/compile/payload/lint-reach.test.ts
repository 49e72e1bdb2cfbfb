// Where Graph cannot send notifications.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { lintCall } from '../../../src/compile/payload/lint.js'
import type { GraphTarget } from '../../../src/model/call.js'

const test = suite('where a callback is')
const v1: GraphTarget = { cloud: 'global', version: 'v1.0', collection: 'communications' }

const codesOf = (host: string): readonly string[] =>
  lintCall(
    {
      callbackUri: `https://${host}/callback`,
      mediaConfig: { '@odata.type': '#microsoft.graph.serviceHostedMediaConfig' },
      targets: [{ identity: { user: { id: 'adele' } } }],
    },
    v1,
  ).map(({ code }) => code)

for (const host of [
  'localhost',
  'bot.localhost',
  '127.0.0.1',
  '0.0.0.0',
  '[::1]',
  '10.0.0.5',
  '10.255.255.255:8443',
  '172.16.0.1',
  '172.31.255.254',
  '192.168.1.10',
  '169.254.169.254',
  '100.64.0.1',
  '167772161',
  '0x0a000001',
  '[fc00::1]',
  '[fd12:3456:789a::1]',
  '[fe80::1]',
  '[::ffff:10.0.0.5]',
  'bot.local',
  'bot.local.',
  'bot.internal',
  'metadata.google.internal',
  'bot.corp',
  'bot.lan',
  'router.home.arpa',
  'bot',
  'BOT:3978',
])
  test(`${host} is out of reach`, () => assert.equal(codesOf(host), ['lint/callback-uri']))

for (const host of [
  'bot.contoso.com',
  'bot.contoso.com:8443',
  'b.example',
  'local.contoso.com',
  'internal.io',
  'abc123.ngrok-free.app',
  'bot.azurewebsites.net',
  '172.15.0.1',
  '172.32.0.1',
  '192.169.0.1',
  '100.128.0.1',
  '11.0.0.1',
  '8.8.8.8',
  '[2001:db8::1]',
  '[::ffff:8.8.8.8]',
  'xn--bcher-kva.example',
])
  test(`${host} may be reached`, () => assert.equal(codesOf(host), []))

test.run()
