import { createDiagnostic, type Diagnostic } from '../../src/model/diagnostics/diagnostic.js'

// Diagnostics for tests of renderers, with texts of users in them that try to break out.

export const text = 'calls:\n  a: { uses: "x" }\n  b:\n    call: {}\n'
export const sources: ReadonlyMap<string, string> = new Map([['calls/a b,c:1%.yaml', text]])

const range = (start: number, end: number) => ({ source: 'calls/a b,c:1%.yaml', start, end })

export const diagnostics: readonly Diagnostic[] = [
  createDiagnostic('variable/unused', 'Nothing reads `x`.', { range: range(9, 10) }),
  createDiagnostic('template/unknown', 'There is no template `x\n::error::100%\r\u001b[31m`.', {
    range: range(20, 23),
    address: 'a',
    pointer: '/subject',
    origin: {
      pointer: '/subject',
      range: range(20, 23),
      variables: [{ name: 'v', level: 'file', range: range(0, 5) }],
    },
    related: [{ message: 'it is defined here', range: range(28, 29) }],
    hint: 'Did you mean `y`?',
  }),
  createDiagnostic('yaml/syntax', 'Spans lines.', { range: range(28, 43) }),
  createDiagnostic('variable/undeclared', '`--var` sets `x`, which nothing declares.'),
  createDiagnostic('file/unreadable', 'calls/gone.yaml cannot be read.', {
    range: { source: 'calls/gone.yaml', start: 0, end: 0 },
  }),
]
