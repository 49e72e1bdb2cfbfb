// The rooms inside the stages: the file at each door, which says what the room is for, and the rooms of the same stage
// that may be imported there. `.` is the stage's own folder.

export interface Room {
  readonly door: string
  readonly mayImport: readonly string[]
}

/** Stages by name, and in each its rooms, the lowest first. */
export const rooms: Readonly<Record<string, Readonly<Record<string, Room>>>> = {
  compile: {
    base: { door: 'hash.ts', mayImport: [] },
    yaml: { door: 'parse.ts', mayImport: ['base'] },
    numbers: { door: 'phone.ts', mayImport: [] },
    links: { door: 'join-url.ts', mayImport: [] },
    zones: { door: 'zones.ts', mayImport: [] },
    expression: { door: 'expression.ts', mayImport: ['base', 'yaml', 'numbers', 'links', 'zones'] },
    language: { door: 'program.ts', mayImport: ['base', 'yaml', 'expression'] },
    data: { door: 'data.ts', mayImport: ['base', 'yaml', 'expression'] },
    payload: { door: 'canonical.ts', mayImport: ['base', 'yaml', 'numbers'] },
    bind: { door: 'tools.ts', mayImport: ['base', 'yaml', 'expression', 'language', 'data'] },
    environment: { door: 'taint.ts', mayImport: ['expression', 'payload', 'bind'] },
    call: {
      door: 'compile-call.ts',
      mayImport: ['base', 'yaml', 'expression', 'payload', 'bind', 'environment'],
    },
    '.': {
      door: 'compile.ts',
      mayImport: ['base', 'yaml', 'language', 'payload', 'bind', 'environment', 'call'],
    },
    explain: { door: 'explain.ts', mayImport: ['yaml', 'bind', 'call', '.'] },
    expectations: {
      door: 'run-tests.ts',
      mayImport: ['yaml', 'expression', 'language', 'payload', 'bind', '.'],
    },
  },
  record: {
    disk: { door: 'file-system.ts', mayImport: [] },
    held: { door: 'held-text.ts', mayImport: [] },
    lockfile: { door: 'parse-lockfile.ts', mayImport: ['disk'] },
    folders: { door: 'folders.ts', mayImport: ['disk', 'lockfile'] },
    attempts: { door: 'attempts.ts', mayImport: ['disk', 'lockfile', 'folders'] },
    'run-lock': { door: 'run-lock.ts', mayImport: ['disk', 'folders'] },
    shared: { door: 'server.ts', mayImport: ['disk', 'lockfile', 'folders', 'attempts'] },
    'plan-file': { door: 'plan-file.ts', mayImport: ['disk', 'held'] },
    payloads: { door: 'payload-files.ts', mayImport: ['disk', 'held'] },
    cache: { door: 'document-cache.ts', mayImport: ['disk'] },
    '.': {
      door: 'load-record.ts',
      mayImport: ['disk', 'lockfile', 'folders', 'attempts', 'run-lock', 'shared'],
    },
  },
  graph: {
    text: { door: 'text.ts', mayImport: [] },
    wire: { door: 'wire.ts', mayImport: ['text'] },
    answer: { door: 'answer.ts', mayImport: ['text', 'wire'] },
    'sign-in': { door: 'sign-in.ts', mayImport: ['text', 'wire', 'answer'] },
    '.': { door: 'client.ts', mayImport: ['text', 'wire', 'answer', 'sign-in'] },
  },
  report: {
    text: { door: 'paint.ts', mayImport: [] },
    diagnostics: { door: 'diagnostics-text.ts', mayImport: ['text'] },
    graph: { door: 'explain-graph.ts', mayImport: ['text'] },
    plan: { door: 'plan-text.ts', mayImport: ['text', 'diagnostics', 'graph'] },
    record: { door: 'status-text.ts', mayImport: ['text', 'graph', 'plan'] },
    review: { door: 'review-text.ts', mayImport: ['text', 'diagnostics', 'plan'] },
    tests: { door: 'test-text.ts', mayImport: ['text', 'diagnostics'] },
    explain: { door: 'explain-text.ts', mayImport: ['text', 'diagnostics'] },
    html: { door: 'review-html.ts', mayImport: ['text', 'plan', 'review'] },
  },
  work: {
    options: { door: 'options.ts', mayImport: [] },
    workspace: { door: 'compile-workspace.ts', mayImport: ['options'] },
    apply: { door: 'run-plan.ts', mayImport: ['options', 'workspace'] },
    review: { door: 'review-revisions.ts', mayImport: ['options', 'workspace'] },
    tests: { door: 'run-test-files.ts', mayImport: [] },
    doctor: { door: 'doctor-world.ts', mayImport: ['options', 'workspace', 'apply'] },
    operate: { door: 'operation-run.ts', mayImport: ['options', 'workspace', 'apply'] },
    status: { door: 'status-options.ts', mayImport: ['options', 'workspace', 'apply'] },
    '.': {
      door: 'apply-calls.ts',
      mayImport: ['options', 'workspace', 'apply', 'review', 'tests', 'doctor', 'operate', 'status'],
    },
  },
  cli: {
    frame: { door: 'arguments.ts', mayImport: [] },
    files: { door: 'init-files.ts', mayImport: [] },
    call: { door: 'operation-options.ts', mayImport: ['frame'] },
    completion: { door: 'complete-words.ts', mayImport: ['frame', 'files'] },
    commands: {
      door: 'validate.ts',
      mayImport: ['frame', 'files', 'call', 'completion'],
    },
    table: { door: 'commands.ts', mayImport: ['frame', 'commands'] },
    '.': { door: 'run.ts', mayImport: ['frame', 'table'] },
  },
}
