// The limit of `apply`: POSTs compiled calls, each on a connection of its own, and records nothing.
// Arguments: the URL, the NDJSON of `callctl compile`, how many requests are in flight, `node:http` or `cross-fetch`.

import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'

const [url, path, concurrency, client] = process.argv.slice(2)
const calls = readFileSync(path, 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line))

// With Node's default agent the connections would be kept and used again.
const agent = new Agent({ keepAlive: false })

const fixed = { 'Content-Type': 'application/json', Authorization: 'Bearer simulator' }

function postByHttp({ endpoint, call }) {
  const body = JSON.stringify(call)
  const headers = { ...fixed, 'Content-Length': Buffer.byteLength(body) }
  return new Promise((resolve, reject) => {
    const sent = request(url + endpoint, { method: 'POST', headers, agent }, (answer) => {
      const chunks = []
      answer.on('data', (chunk) => chunks.push(chunk))
      answer.on('end', () => resolve(readId(answer.statusCode, Buffer.concat(chunks))))
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

function readId(status, body) {
  if (status !== 201) throw new Error(`${status}: ${body}`)
  return JSON.parse(body).id
}

// Its default is a connection for each request.
async function fetcher() {
  const { default: fetch } = await import('cross-fetch')
  return async ({ endpoint, call }) => {
    const answer = await fetch(url + endpoint, {
      method: 'POST',
      headers: fixed,
      body: JSON.stringify(call),
    })
    return readId(answer.status, await answer.text())
  }
}

const post = client === 'cross-fetch' ? await fetcher() : postByHttp
let next = 0
async function work() {
  while (next < calls.length) await post(calls[next++])
}
await Promise.all(Array.from({ length: Number(concurrency) }, work))
