import { readFileSync } from 'node:fs'
import { Ajv, type ValidateFunction } from 'ajv'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parseAllDocuments } from 'yaml'
import { blocksOf, pagePaths, readPage } from './pages.js'

// Examples in YAML, held against the schemas that editors use: a key that was renamed does not live on in a page.

const test = suite('docs/examples')
const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true })
const validators = new Map<string, ValidateFunction>()

function validatorOf(name: string): ValidateFunction {
  const known = validators.get(name)
  if (known !== undefined) return known
  const made = ajv.compile(JSON.parse(readFileSync(`schema/${name}.json`, 'utf8')) as object)
  validators.set(name, made)
  return made
}

/** Which file of a workspace an example is one of, by its keys; undefined for other YAML. */
function kindOf(example: unknown): string | undefined {
  const keys = typeof example === 'object' && example !== null ? Object.keys(example) : []
  if (keys.includes('calls')) return 'calls'
  if (keys.includes('tests')) return 'test'
  if (keys.includes('call')) return 'template'
  return keys.some((key) => ['version', 'graph', 'limits', 'environments'].includes(key))
    ? 'workspace'
    : undefined
}

let examples = 0
for (const page of pagePaths()) {
  for (const { language, text } of blocksOf(readPage(page))) {
    if (language !== 'yaml') continue
    const [first = ''] = text.split('\n').filter((line) => !line.startsWith('#'))
    // Diagnostics show mistakes: test/report/diagnostics/diagnostic-help.test.ts provokes each.
    if (page === 'docs/diagnostics.md') continue
    examples += 1
    test(`${page}: the example that begins with \`${first}\` is one`, () => {
      for (const document of parseAllDocuments(text)) {
        assert.equal(document.errors, [])
        const example: unknown = document.toJS()
        const kind = kindOf(example)
        if (kind === undefined) continue
        const validate = validatorOf(kind)
        const errors = validate(example) ? [] : (validate.errors ?? [])
        assert.equal(
          errors.map(({ instancePath, message }) => `${instancePath} ${message}`),
          [],
        )
      }
    })
  }
}

test('there are examples', () => {
  assert.ok(examples >= 7)
})

test.run()
