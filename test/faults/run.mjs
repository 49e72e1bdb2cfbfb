// Bundles the fault suites and runs the one that is named: `node test/faults/run.mjs kill --calls 3`.

import { spawnSync } from 'node:child_process'
import { build } from 'esbuild'

const outfile = `.test-build/faults/${process.pid}.js`
await build({
  entryPoints: ['test/faults/main.ts'],
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  outfile,
  logLevel: 'warning',
})
const { status } = spawnSync(process.execPath, [outfile, ...process.argv.slice(2)], { stdio: 'inherit' })
const { rmSync } = await import('node:fs')
rmSync(outfile, { force: true })
process.exitCode = status ?? 1
