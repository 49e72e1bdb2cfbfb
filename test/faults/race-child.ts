// A process that applies without the run lock, as if it had been stolen: only the claim stands between it and a
// second ring. For each folder on stdin it reads the record, says `ready`, waits for `go`, and says what it did.

import { createInterface } from 'node:readline'
import { applyPlan } from '../../src/apply/apply-plan.js'
import { createGraphCalls } from '../../src/graph/client.js'
import { fixedTokenSource } from '../../src/graph/sign-in/tokens.js'
import { createPlan } from '../../src/plan/create-plan.js'
import { openConcurrentAttempts } from '../../src/record/attempts/attempts.js'
import { findRecordPlace } from '../../src/record/folders/folders.js'
import { createLockfile, loadRecord } from '../../src/record/load-record.js'
import { peerCalls } from '../helpers/callctl-workspace.js'
import { compileFiles } from '../helpers/workspace.js'

const [url = '', names = ''] = process.argv.slice(2)
const { payloads } = compileFiles(peerCalls(names.split(',')))
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]()
const say = (text: string): void => void process.stdout.write(`${text}\n`)

const connect = () =>
  createGraphCalls({
    root: { url },
    tokens: fixedTokenSource('simulator'),
    version: '0',
    environment: {},
    now: Date.now,
  })

for (let line = await lines.next(); !line.done; line = await lines.next()) {
  try {
    const act = prepare(line.value)
    say('ready')
    await lines.next()
    say(await act())
  } catch (error) {
    say(`failed: ${String(error)}`)
  }
}

/** Plans from the record as it is; what it returns applies that plan. */
function prepare(folder: string): () => Promise<string> {
  const place = findRecordPlace(folder, { simulator: true, temporaryFolder: folder })
  const record = loadRecord(place)
  const plan = createPlan({
    payloads,
    definedAddresses: new Set(payloads.map(({ address }) => address)),
    lockfile: record.lockfile,
    observations: [],
    limits: { people: 1000, concurrency: 2 },
  })
  return async () => {
    createLockfile(place, record.exists ? record.lockfile.lineage : crypto.randomUUID())
    const { results } = await applyPlan(plan, {
      calls: connect(),
      attempts: openConcurrentAttempts(place),
      nextNumber: () => 1,
      recordEnded() {},
      now: Date.now,
      uuid: () => crypto.randomUUID(),
      random: Math.random,
      wait: (milliseconds) => new Promise((done) => setTimeout(done, milliseconds)),
      report() {},
      interrupted: new AbortController().signal,
      settings: { concurrency: 2 },
    })
    return results.map(({ kind }) => kind).join(' ')
  }
}
