import { Ajv } from 'ajv'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Diagnostic } from '../../../src/model/diagnostics/diagnostic.js'
import { diagnosticCodes } from '../../../src/model/diagnostics/diagnostic-codes.js'
import { formatSarif } from '../../../src/report/diagnostics/sarif.js'
import { diagnostics, sources } from '../diagnostics.js'
import { sarifShape } from './sarif-shape.js'

const test = suite('SARIF')

interface Log {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } }
    readonly results: readonly Result[]
  }[]
}

interface Result {
  readonly ruleId: string
  readonly ruleIndex: number
  readonly level: string
  readonly message: { readonly text: string }
  readonly locations?: readonly Location[]
  readonly relatedLocations?: readonly Location[]
  readonly partialFingerprints: Readonly<Record<string, string>>
}

interface Location {
  readonly physicalLocation: { readonly artifactLocation: { readonly uri: string }; readonly region: object }
}

const write = (found: readonly Diagnostic[], folder = ''): Log =>
  JSON.parse(formatSarif({ diagnostics: found, sources, folder, version: '1.2.3' })) as Log
const validate = new Ajv({ strict: false }).compile(sarifShape)
const [run] = write(diagnostics).runs
const [first] = run!.results

test('it has the shape of the standard', () => {
  assert.ok(validate(write(diagnostics)), JSON.stringify(validate.errors))
  assert.ok(validate(write([])), JSON.stringify(validate.errors))
})

test('it has the shape of the standard for every code', () => {
  const all = Object.keys(diagnosticCodes).map((code) => ({ ...diagnostics[0]!, code }) as Diagnostic)
  const log = write(all)
  assert.ok(validate(log), JSON.stringify(validate.errors))
  assert.is(log.runs[0]!.tool.driver.rules.length, all.length)
})

test('every diagnostic is a result, and names its rule', () => {
  assert.is(run!.results.length, diagnostics.length)
  for (const { ruleId, ruleIndex } of run!.results) assert.is(run!.tool.driver.rules[ruleIndex]!.id, ruleId)
})

test('a result has its region and an escaped path', () => {
  const { artifactLocation, region } = first!.locations![0]!.physicalLocation
  assert.is(artifactLocation.uri, 'calls/a%20b%2Cc%3A1%25.yaml')
  assert.equal(region, { startLine: 2, startColumn: 14, endLine: 2, endColumn: 17 })
})

test('paths begin at the repository', () => {
  const [result] = write(diagnostics, 'ops').runs[0]!.results
  assert.match(result!.locations![0]!.physicalLocation.artifactLocation.uri, /^ops\/calls\//)
})

test('other places of a clash, and variables, are related locations', () => {
  assert.is(first!.relatedLocations!.length, 2)
})

test('the hint is part of the message', () => {
  assert.match(first!.message.text, /\nDid you mean `y`\?$/)
})

test('a result keeps its fingerprint when lines above it change', () => {
  const moved = new Map([...sources].map(([path, text]) => [path, `# note\n${text}`]))
  const [diagnostic] = diagnostics
  const range = {
    ...diagnostic!.range!,
    start: diagnostic!.range!.start + 7,
    end: diagnostic!.range!.end + 7,
  }
  const log = JSON.parse(
    formatSarif({ diagnostics: [{ ...diagnostic!, range }], sources: moved, folder: '', version: '1' }),
  ) as Log
  assert.equal(log.runs[0]!.results[0]!.partialFingerprints, run!.results.at(-1)!.partialFingerprints)
})

test.run()
