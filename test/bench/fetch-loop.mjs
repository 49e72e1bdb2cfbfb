// What a script does without a second thought: POSTs compiled calls one after the other, and records nothing.
// Arguments: the URL, the NDJSON of `callctl compile`.

import { readFileSync } from 'node:fs'

const [url, path] = process.argv.slice(2)
for (const line of readFileSync(path, 'utf8').trimEnd().split('\n')) {
  const { endpoint, call } = JSON.parse(line)
  const answer = await fetch(url + endpoint, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: 'Bearer simulator' },
    body: JSON.stringify(call),
  })
  if (answer.status !== 201) throw new Error(`${answer.status}: ${await answer.text()}`)
  await answer.json()
}
