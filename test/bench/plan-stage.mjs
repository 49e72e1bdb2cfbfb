// From the bytes of a lockfile to a plan, in a process that has compiled the calls already; prints the milliseconds.
// Arguments: the module with callctl's stages, the lockfile, how many of its calls are defined.

import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { addressOf, digestOf } from './lockfile.mjs'

const [modulePath, path, count] = process.argv.slice(2)
const { loadRecord, createPlan, countUsage } = await import(pathToFileURL(modulePath).href)

const payloads = Array.from({ length: Number(count) }, (_, number) => ({
  address: addressOf(number),
  // A tenth has changed since.
  digest: number % 10 === 0 ? 'changed' : digestOf(number),
  touches: { people: ['0d5f9a3e-7c41-4b8e-8f26-000000000001'], numbers: [], permissions: [] },
}))
const definedAddresses = new Set(payloads.map(({ address }) => address))
const attempts = join(dirname(path), 'attempts')
const place = { lockfile: path, attempts, rescue: join(attempts, 'rescue'), temporary: tmpdir() }

const start = performance.now()
const { lockfile } = loadRecord(place)
const counted = { lockfile, observations: [], limits: {}, now: Date.now() }
const { changes } = createPlan({ payloads, definedAddresses, ...counted })
countUsage(changes, counted)
process.stdout.write(String(performance.now() - start))
if (changes.length !== Object.keys(lockfile.calls).length) throw new Error('the plan lacks changes')
