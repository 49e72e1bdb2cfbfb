import { diagnosticCodes } from '../../src/model/diagnostics/diagnostic-codes.js'
import { diagnosticHelp } from '../../src/report/diagnostics/diagnostic-help.js'
import type { DiagnosticHelp } from '../../src/report/diagnostics/help-entry.js'

const door = `# Diagnostics

This page is made from the list of codes and from what \`callctl explain CODE\` says: edit those, then \`npm run build:docs\`.

Problems of the definitions are reported all at once, each with a stable code, where it is, a code frame and a hint. Text shows the first twenty and counts the rest; the other formats have all. \`callctl explain CODE\` shows an example of each and what to do.

In a GitHub workflow, \`callctl validate --format github\` puts each problem beside its line in the pull request; \`--format sarif > callctl.sarif\` is for code scanning. Both name files from the repository’s top.

Which warnings and lints a team may set, and \`--strict\`: [Severities](language.md#severities). Codes that begin with \`lint/\` are about calls that Graph’s schema accepts and that would most likely not do what is meant. Those whose rule came after 2018 do not apply to the collections \`app\` and \`application\`.

## All codes

| code | severity | meaning |
| --- | --- | --- |
`

/** docs/diagnostics.md, whole. */
export function diagnosticsPage(): string {
  const codes = Object.entries(diagnosticCodes)
  const rows = codes.map(
    ([code, [severity, meaning]]) =>
      `| [\`${code}\`](#${code.replace('/', '')}) | ${severity} | ${meaning} |\n`,
  )
  const sections = codes.map(([code, [severity, meaning]]) => {
    const { example, fix, fact }: DiagnosticHelp = diagnosticHelp[code as keyof typeof diagnosticHelp]
    const source = fact === undefined ? '' : ` ([source](graph-facts.md#${fact}))`
    return `### \`${code}\`\n\n${inWords[severity]} ${meaning}${source}\n\n${formatExample(example)}\n${fix}\n`
  })
  return `${door}${rows.join('')}\n## Each code, with an example\n\n${sections.join('\n')}`
}

const inWords: Readonly<Record<string, string>> = { error: 'Error.', warning: 'Warning.' }

function formatExample(example: DiagnosticHelp['example']): string {
  if (typeof example === 'string') return `For example: ${example}\n`
  return Object.entries(example)
    .map(([path, text]) => {
      const language = /\.(\w+)$/.exec(path)?.[1] ?? 'text'
      return `\`${path}\`:\n\n\`\`\`${language}\n${text.trimEnd()}\n\`\`\`\n`
    })
    .join('\n')
}
