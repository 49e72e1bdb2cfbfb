import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { codeOf, listSourceFiles, type SourceFile, sources } from './source-files.js'

const test = suite('code')
const files = sources()
const testFiles = listSourceFiles('test', /\.(ts|mjs)$/)

const pathsWith = (list: readonly SourceFile[], form: RegExp, allowed: readonly string[] = []) =>
  list
    .filter(({ path, text }) => form.test(codeOf(text)) && !allowed.some((place) => path.startsWith(place)))
    .map(({ path }) => path)

const edge = ['src/main.ts', 'src/cli/frame/node-host.ts', 'src/cli/frame/output.ts']

test('process and console are the edge’s', () => {
  assert.equal(pathsWith(files, /\b(process|console)\s*[.[]/, edge), [])
})

test('clock and randomness come in through the host', () => {
  // The simulator can be started by tests without a host; its defaults are the world's.
  const allowed = [...edge, 'src/simulator/simulator.ts']
  assert.equal(pathsWith(files, /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bperformance\./, allowed), [])
})

test('timers are the edge’s, but for what bounds a socket', () => {
  const allowed = [
    ...edge,
    'src/graph/wire/dial.ts' /* no connection in time */,
    'src/graph/wire/answer-timer.ts' /* no answer in time */,
    'src/simulator/loopback.ts' /* a receiver that never answers */,
    'src/simulator/timers.ts' /* calls that move on */,
  ]
  assert.equal(pathsWith(files, /\bset(Timeout|Interval)\b/, allowed), [])
})

test('exports are named', () => {
  assert.equal(pathsWith([...files, ...testFiles], /^export (default\b|\*)/m), [])
})

test('nothing is of the type any', () => {
  assert.equal(pathsWith([...files, ...testFiles], /(:|\bas|<)\s*any\b(?! [a-z])/), [])
})

test('a complaint quotes texts of a workspace by `quote`, so that a review can mask them', () => {
  const allowed = [
    'src/compile/links/link-cloud.ts' /* clouds */,
    'src/compile/payload/lint-' /* lints name properties, and quote nothing of a call */,
    'src/compile/payload/validate.ts' /* values and types of the schema */,
    'src/compile/expectations/check-test.ts' /* a test’s failures, which are shown in full */,
  ]
  const compiling = files.filter(({ path }) => path.startsWith('src/compile/'))
  assert.equal(pathsWith(compiling, /\\`\$\{(?!plain)/, allowed), [])
})

test('nothing is left to do', () => {
  const form = new RegExp(`\\b(${['TO', 'FIX', 'XX'].join('|')})(DO|ME|X)\\b`)
  const left = [...files, ...testFiles].filter(({ text }) => form.test(text))
  assert.equal(
    left.map(({ path }) => path),
    [],
  )
})

test('no list of unknown length is spread into a call: beyond 120,000 arguments there is no stack for them', () => {
  const allowed = [
    'src/report/html/page/' /* parts of one call, in a browser */,
    'src/report/record/doctor-text.ts' /* checks */,
    'src/report/graph/explain-graph.ts' /* codes of the catalogue */,
    'src/cli/frame/help.ts' /* options */,
    'src/graph/text/redact.ts' /* secrets of a plan */,
    'src/graph/answer/answer.ts' /* ids of one answer, cut */,
  ]
  const form =
    /(?:Math\.(?:max|min)|\.(?:push|unshift|concat|splice)|\bfromC\w+)\(\s*(?:[^(){}[\]]*,\s*)?\.\.\./
  assert.equal(pathsWith(files, form, allowed), [])
})

const longestFile = 250
const countLines = (text: string): number => text.split('\n').length - 1

test('no file of src is over 250 lines', () => {
  const long = files.filter(({ text }) => countLines(text) > longestFile)
  assert.equal(
    long.map(({ path, text }) => `${path}: ${countLines(text)}`),
    [],
  )
})

const longestFunction = 50

test('no function of src is over 50 lines', () => {
  assert.equal(files.flatMap(findLongFunctions), [])
})

/** The formatter sees to it that a function ends with the first brace that stands as far left as its head. */
function findLongFunctions({ path, text }: SourceFile): readonly string[] {
  const lines = text.split('\n')
  return lines.flatMap((line, index) => {
    const isHead = /\bfunction\b.*[({]$|=> \{$|^ {2}(?:[\w#]+ )*[\w#]+\(.*\{$/.test(line)
    if (!isHead) return []
    const indent = /^ */.exec(line)![0]
    // Its head counts, its closing brace does not.
    const length = lines.slice(index).findIndex((each) => new RegExp(`^${indent}\\}`).test(each))
    return length > longestFunction ? [`${path}:${index + 1}: ${length} lines`] : []
  })
}

test('every test file runs its suites', () => {
  const silent = testFiles.filter(({ path, text }) => {
    if (!path.endsWith('.test.ts')) return false
    const suites = text.match(/= suite\(/g)?.length ?? 0
    const runs = text.match(/^\s*\w+\.run\(\)$/gm)?.length ?? 0
    return suites === 0 || runs < suites
  })
  assert.equal(
    silent.map(({ path }) => path),
    [],
  )
})

test.run()
