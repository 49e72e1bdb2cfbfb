// What callctl writes with `--out`, told from anything else by its text: that alone may be overwritten.

const jsonOf = (...keys: readonly string[]): RegExp =>
  new RegExp(`^\\{\\n  "formatVersion": \\d+,\\n${keys.map((key) => `  "${key}": `).join('[^\\n]*,?\\n')}`)

const planStart = /^\{\n {2}"callctlPlan": \d+,\n/

/** A file of `plan --out`. */
export const isSavedPlan = (text: string): boolean => planStart.test(text)

const sarifStart =
  /^\{\n {2}"\$schema": "[^"\n]*sarif[^"\n]*",\n {2}"version": "[^"\n]*",\n {2}"runs": \[\n {4}\{\n {6}"tool": \{\n {8}"driver": \{\n {10}"name": "callctl",/

const reviewForms: readonly ((text: string) => boolean)[] = [
  (text) => text.startsWith('<!-- callctl review -->\n'),
  (text) => text.startsWith('<!doctype html>\n') && text.slice(0, 4096).includes('<title>Review: '),
  (text) => /^\{\n {2}"formatVersion": \d+,\n/.test(text) && /^ {2}"isMasked": (?:true|false),$/m.test(text),
  (text) => sarifStart.test(text),
  // The last line says who would be rung.
  (text) => /(?:^|\n)::notice title=callctl::[^\n]*\n$/.test(text),
  (text) => /^Calls: .*\d+ unchanged\.\n(?:.*\n)?.* → /m.test(text),
]

/** A file of `diff --out`, in any format. */
export const isReview = (text: string): boolean => reviewForms.some((has) => has(text))

const testForms: readonly ((text: string) => boolean)[] = [
  (text) => /^<\?xml [^\n]*\?>\n<testsuites name="callctl test" /.test(text),
  (text) => /^TAP version 14\n1\.\.\d+\n(?:not )?ok 1 - [^\n]*\.test\.yaml/.test(text),
  (text) => jsonOf('passed', 'failed').test(text),
  (text) => /(?:^|\n)\d+ tests?(?:: [^\n]*\d+ (?:passed|failed))?\.\n$/.test(text),
]

/** A file of `test --out`, in any format. */
export const isTestReport = (text: string): boolean => testForms.some((has) => has(text))
