// What people send requests with today, from a file of data. None of them records durably what it did.

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findPeers } from './peers.mjs'

/** The slow ones send so many; the rest is taken from their own pace. */
export const slowCalls = 200

const endpoint = '/v1.0/communications/calls'
const headers = { 'Content-Type': 'application/json', Authorization: 'Bearer simulator' }

/**
 * Writes what each peer needs to send `calls`. `server` is for all of them, `slowServer` awaits `slowCalls`.
 * The time of a slow one is that of its process and, for the calls that it did not send, its pace so far.
 */
export function applyPeers({ folder, calls, server, slowServer }) {
  const few = calls.slice(0, slowCalls)
  const more = calls.length / slowCalls - 1
  const fast = (command) => ({ command, time: checked })
  const checked = (elapsed) => {
    server.readTimeOf(calls)
    return elapsed
  }
  const slow = (command) => ({ command, time: (elapsed) => elapsed + more * slowServer.readTimeOf(few) })
  const slowly = (name) => `${name} (${slowCalls} calls, scaled)`
  return findPeers([
    {
      name: 'curl --parallel',
      programs: ['curl'],
      run: ([program]) => fast(curlAtOnce(program, { folder, calls, url: server.url })),
    },
    {
      name: slowly('curl, one each'),
      programs: ['curl'],
      run: ([program]) => slow(curlEach(program, { folder, calls: few, url: slowServer.url })),
    },
    {
      name: slowly('newman'),
      programs: ['newman'],
      run: ([program]) => slow(newman(program, { folder, calls: few, url: slowServer.url })),
    },
    {
      name: slowly('Bruno'),
      programs: ['bru'],
      run: ([program]) => slow(bruno(program, { folder, calls: few, url: slowServer.url })),
    },
    {
      name: slowly('stepci'),
      programs: ['stepci'],
      run: ([program]) => slow(stepci(program, { folder, calls: few, url: slowServer.url })),
    },
  ])
}

const namedHeaders = Object.entries(headers).map(([key, value]) => ({ key, value }))

/** A file for each body; returns their paths. */
function writeBodies(folder, calls) {
  mkdirSync(folder, { recursive: true })
  return calls.map((call, index) => {
    const path = join(folder, `${index}.json`)
    writeFileSync(path, JSON.stringify(call))
    return path
  })
}

function curlAtOnce(program, { folder, calls, url }) {
  const config = join(folder, 'curl.config')
  const head = namedHeaders.map(({ key, value }) => `header = "${key}: ${value}"\n`).join('')
  const request = (path) =>
    `url = "${url}${endpoint}"\n${head}data-binary = "@${path}"\noutput = "/dev/null"\n`
  const requests = writeBodies(join(folder, 'bodies'), calls).map(request)
  writeFileSync(config, requests.join('next\n'))
  const words = ['--disable', '--silent', '--parallel', '--parallel-max', '8', '--config', config]
  return { program, words }
}

function curlEach(program, { folder, calls, url }) {
  const bodies = join(folder, 'few-bodies')
  writeBodies(bodies, calls)
  const head = namedHeaders.map(({ key, value }) => `-H '${key}: ${value}'`).join(' ')
  const curl = `"$0" --disable -sf -o /dev/null ${head} --data-binary "@$body" '${url}${endpoint}'`
  return { program: 'sh', words: ['-ec', `for body in '${bodies}'/*; do ${curl}; done`, program] }
}

const rowsOf = (calls) => JSON.stringify(calls.map((call) => ({ call: JSON.stringify(call) })))

function newman(program, { folder, calls, url }) {
  const [collection, data] = ['collection.json', 'newman-data.json'].map((name) => join(folder, name))
  const body = { mode: 'raw', raw: '{{call}}' }
  const request = { method: 'POST', url: `${url}${endpoint}`, header: namedHeaders, body }
  const schema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json'
  writeFileSync(
    collection,
    JSON.stringify({ info: { name: 'calls', schema }, item: [{ name: 'place', request }] }),
  )
  writeFileSync(data, rowsOf(calls))
  return { program, words: ['run', collection, '--iteration-data', data, '--silent', '--bail'] }
}

function bruno(program, { folder, calls, url }) {
  const cwd = join(folder, 'bruno')
  mkdirSync(cwd)
  writeFileSync(join(cwd, 'bruno.json'), '{ "version": "1", "name": "calls", "type": "collection" }')
  writeFileSync(join(cwd, 'data.json'), rowsOf(calls))
  const head = Object.entries(headers).map(([name, value]) => `  ${name}: ${value}\n`)
  const text = `meta {
  name: place
  type: http
  seq: 1
}
post {
  url: ${url}${endpoint}
  body: text
  auth: none
}
headers {
${head.join('')}}
body:text {
  {{call}}
}
`
  writeFileSync(join(cwd, 'place.bru'), text)
  return { program, cwd, words: ['run', 'place.bru', '--json-file-path', 'data.json', '--noproxy'] }
}

// It refuses a file whose name does not end as YAML's do; JSON is YAML.
function stepci(program, { folder, calls, url }) {
  const path = join(folder, 'steps.yml')
  const steps = calls.map((call, index) => ({
    name: `call ${index}`,
    http: {
      url: `${url}${endpoint}`,
      method: 'POST',
      headers,
      body: JSON.stringify(call),
      check: { status: 201 },
    },
  }))
  writeFileSync(path, JSON.stringify({ version: '1.1', name: 'calls', tests: { calls: { steps } } }))
  return { program, words: ['run', path] }
}
