import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { isReview, isSavedPlan, isTestReport } from '../../../src/report/text/own-output.js'

const test = suite('report/own-output')
const folder = join('test', 'scenarios', 'pull-requests')

test('every golden review is one', () => {
  const names = readdirSync(folder).filter((name) => /\.(?:json|md|txt)$/.test(name))
  assert.ok(names.length > 10)
  for (const name of names) assert.ok(isReview(readFileSync(join(folder, name), 'utf8')), name)
})

const foreign: readonly string[] = [
  ...['package.json', 'callctl.yaml', 'README.md', 'LICENSE', 'tsconfig.json', 'biome.json'],
  ...['calls/oncall.yaml', 'calls/oncall.test.yaml', 'schema/call-beta.json', 'compiled/oncall-ping.json'],
]

for (const path of foreign) {
  test(`${path} is no output`, () => {
    const text = readFileSync(path, 'utf8')
    for (const isOwn of [isReview, isSavedPlan, isTestReport]) assert.not.ok(isOwn(text))
  })
}

test('what other programs write in the same formats is no output', () => {
  const others = [
    'TAP version 14\n1..1\nok 1 - mine\n',
    '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="jest tests" tests="1">\n</testsuites>\n',
    '{\n  "formatVersion": 1,\n  "mine": true\n}\n',
    '<!doctype html>\n<html><title>Mine</title></html>\n',
    '::notice title=mine::text\n',
    '',
  ]
  for (const text of others) {
    for (const isOwn of [isReview, isSavedPlan, isTestReport]) assert.not.ok(isOwn(text), text)
  }
})

test.run()
