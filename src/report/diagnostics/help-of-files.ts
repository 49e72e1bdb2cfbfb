import type { DiagnosticHelp } from './help-entry.js'

const calls = (text: string) => ({ 'calls/a.yaml': text })

const reading = (name: string) =>
  calls(`data:
  oncall: { file: ../data/${name} }
calls:
  ping: { uses: group-call, with: { people: "{{oncall}}" } }
`)

/** Files that cannot be read, and YAML that callctl does not take. */
export const helpOfFiles = {
  'data/csv': {
    example: { ...reading('oncall.csv'), 'data/oncall.csv': 'id,name\nadele,Adele,Vance\n' },
    fix: 'Give every row as many cells as the header row has names; a cell with a comma stands in quotes. What a spreadsheet exports with semicolons or tabs, export with commas.',
  },
  'data/file': {
    example: reading('oncall.txt'),
    fix: 'Name a .csv, .json or .yaml file inside the workspace, relative to the file of definitions. No name on the way begins with a dot. What git ignores needs `untracked: true` beside `file`.',
  },
  'data/json': {
    example: { ...reading('oncall.json'), 'data/oncall.json': "[{ 'id': 1 }]\n" },
    fix: 'Correct the JSON: double quotes, no comments, no comma at the end of a list.',
  },
  'file/encoding': {
    example: calls(
      'calls:\n  ping:\n    description: "a\\0b"\n    call: { callbackUri: https://bot.contoso.com }\n',
    ),
    fix: 'Save the file as UTF-8, without NUL characters.',
  },
  'file/extension': {
    example: 'A file `calls/oncall.yml`.',
    fix: 'Rename it to `.yaml`, or move it out of `calls/` and `templates/` if it is no part of the workspace.',
  },
  'file/too-large': {
    example: 'A file `calls/everybody.yaml` of 9 MiB.',
    fix: 'Split it into several files, or keep the list that it repeats in one file of data.',
  },
  'file/unreadable': {
    example:
      'A file `calls/oncall.yaml` that is a link to `/etc/passwd`, or that you have no permission to read.',
    fix: 'Give yourself the permission to read it, or put a real file inside the workspace instead.',
  },
  'record/changed': {
    example: 'A pull request in which calls.lock.json has an entry more, as an apply writes it.',
    fix: 'Ask who placed, ended or forgot that call. What the entry says decides whether it rings.',
  },
  'record/edited': {
    example: 'A pull request in which calls.lock.json has `failed` where `placed` stood, or lacks an entry.',
    fix: 'Restore the lockfile of the base branch with git. What callctl records it writes itself.',
  },
  'yaml/alias': {
    example: calls('calls:\n  ping:\n    call: *bridge\n'),
    fix: 'Put the anchor (`&name`) into the same file, before the alias, and not around it.',
  },
  'yaml/cut-text': {
    example: { 'calls/a.yaml': 'calls:\n  ping:\n    description: Incident #2041\n    uses: p2p-voip\n' },
    fix: 'Put the text in quotes: `"Incident #2041"`. A comment has a space behind its `#`.',
  },
  'yaml/directive': {
    example: calls('%YAML 1.1\n---\ncalls: {}\n'),
    fix: 'Remove the line. callctl reads YAML 1.2, in which `yes` and `on` are text.',
  },
  'yaml/documents': {
    example: calls('calls: {}\n---\ncalls: {}\n'),
    fix: 'Put each document into a file of its own, or remove a file that holds nothing.',
  },
  'yaml/duplicate-key': {
    example: calls('calls:\n  ping: { call: {}, call: {} }\n'),
    fix: 'Remove or rename one of the two.',
  },
  'yaml/forbidden-key': {
    example: calls('variables:\n  __proto__: x\ncalls: {}\n'),
    fix: 'Choose another name. Graph has no property of this name.',
  },
  'yaml/merge-key': {
    example: calls('calls:\n  a: &a { call: {} }\n  b: { <<: *a }\n'),
    fix: 'Write the keys out, put them into a template, or use an alias for a whole value.',
  },
  'yaml/syntax': {
    example: calls('calls:\n  ping: { uses: p2p-voip\n'),
    fix: 'Close the quote or bracket, indent with spaces, and put text that holds `: ` or ` #` into quotes.',
  },
  'yaml/tag': {
    example: calls('variables:\n  incident: !secret x\ncalls: {}\n'),
    fix: 'Remove the tag. Text stays text when it stands in quotes.',
  },
  'yaml/too-deep': {
    example: 'Seventy lists inside one another.',
    fix: 'Flatten the value. No call needs so many levels; a bracket may be missing.',
  },
  'yaml/unquoted-expression': {
    example: calls('variables: { region: emea }\ncalls:\n  ping:\n    call: { subject: {{region}} }\n'),
    fix: 'Put the value into quotes: `"{{region}}"`. It keeps its type.',
  },
  'yaml/unquoted-number': {
    example: calls('calls:\n  ping:\n    uses: p2p-pstn\n    with: { phoneNumber: +14255550100 }\n'),
    fix: 'Put it into quotes: `"+14255550100"`. Without them YAML drops signs, zeros and digits.',
  },
} as const satisfies Record<string, DiagnosticHelp>
