// One process of test/run.mjs: runs the files whose paths it is sent, one after the other, and sends back what came of
// each. uvu queues the suites of the file that is being imported; its own runner prints totals for each file.

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
  return { ...result, output, megabytes: process.memoryUsage.rss() / 2 ** 20 }
}

process.on('message', async (path) => process.send(await runFile(path)))
process.on('disconnect', () => process.exit())
