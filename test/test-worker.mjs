// One process of test/run.mjs: runs the files whose paths it is sent, one after the other, and sends back what came of
// each. uvu queues the suites of the file that is being imported; its own runner prints totals for each file.

import { readFileSync } from 'node:fs'

globalThis.UVU_DEFER = 1
await import('uvu')

const { write } = process.stdout
let output = ''

async function runSuites(suites, result) {
  for (const run of suites) {
    const [errors, passed, skipped, total] = await run()
    if (errors !== true) result.errors += `\n${errors}\n`
    result.passed += passed
    result.skipped += skipped
    result.total += total
  }
}

async function runFile(path) {
  const result = { errors: '', passed: 0, skipped: 0, total: 0 }
  const suites = []
  globalThis.UVU_INDEX = globalThis.UVU_QUEUE.push(suites) - 1
  output = ''
  const before = processorSeconds()
  process.stdout.write = (text) => {
    output += text
    return true
  }
  try {
    await import(path)
    await runSuites(suites, result)
  } catch (error) {
    result.errors += `\n  ${error?.stack ?? error}\n`
    result.total += 1
  } finally {
    process.stdout.write = write
  }
  const processor = processorSeconds() - before
  return { ...result, output, processor, megabytes: process.memoryUsage.rss() / 2 ** 20 }
}

/** Of this process and of those that it started and that have ended; elsewhere than on Linux of this one alone. */
function processorSeconds() {
  try {
    const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1].split(' ')
    // A tick is a hundredth of a second.
    return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / 100
  } catch {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1e6
  }
}

process.on('message', async (path) => process.send(await runFile(path)))
process.on('disconnect', () => process.exit())
