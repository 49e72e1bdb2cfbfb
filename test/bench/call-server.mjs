// A stand-in for Graph that costs next to nothing: answers each POST with 201 and a new id, after so many
// milliseconds. Once all calls are answered it writes into a file how many milliseconds passed between the first
// request and the last answer, and how many bytes came, and begins anew. Arguments: the milliseconds, how many calls,
// the file.

import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'

const [delay, count, path] = process.argv.slice(2)
const after = Number(delay) === 0 ? setImmediate : (work) => setTimeout(work, Number(delay))
let start
let begun = 0
let answered = 0
let bytes = 0

const server = createServer((request, response) => {
  if (begun++ === 0) start = performance.now()
  bytes += Number(request.headers['content-length'])
  request.resume()
  request.on('end', () => after(() => answer(response)))
})

function answer(response) {
  const text = JSON.stringify({
    '@odata.type': '#microsoft.graph.call',
    id: randomUUID(),
    state: 'establishing',
  })
  response.writeHead(201, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) })
  answered += 1
  if (answered === Number(count)) tell()
  response.end(text)
}

// Before the client has its last answer, so that who waits for the client finds it whole.
function tell() {
  writeFileSync(path, JSON.stringify({ milliseconds: performance.now() - start, bytes }))
  begun = 0
  answered = 0
  bytes = 0
}

server.listen(0, '127.0.0.1', () => process.stdout.write(`http://127.0.0.1:${server.address().port}\n`))
process.on('SIGTERM', () => process.exit(0))
