// The limit of planning: reads a lockfile and sorts its calls. Prints the milliseconds. Argument: the lockfile.

import { readFileSync } from 'node:fs'

const [path] = process.argv.slice(2)
const start = performance.now()
const { calls } = JSON.parse(readFileSync(path, 'utf8'))
const sorted = Object.entries(calls).sort(([left], [right]) => (left < right ? -1 : 1))
process.stdout.write(String(performance.now() - start))
if (sorted.length === 0) throw new Error('the lockfile is empty')
