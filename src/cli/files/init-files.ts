// Texts of files that callctl writes for people: a new workspace, schemas for editors, and tests that are run or
// updated.

import { hangText, type Look } from '../../report/text/paint.js'
import type { FoundCommand } from './find-command.js'
import { exampleCalls } from './init-examples.js'
import { schemaFolder } from './schema-files.js'
import { stockFiles } from './stock-templates.js'

const modeline = (name: string, up = ''): string =>
  `# yaml-language-server: $schema=${up}${schemaFolder}/${name}.json\n`

/** A workspace that compiles, plans and applies on the simulator as it is; with an example of each of these templates. */
export function initFilesFor(names: readonly string[]): Readonly<Record<string, string>> {
  if (names.length === 0) return initFiles
  const templates = Object.assign({}, ...names.map(stockFiles)) as Record<string, string>
  return {
    'callctl.yaml': initFiles['callctl.yaml']!,
    ...templates,
    'calls/example.yaml': `${modeline('calls', '../')}calls:\n${exampleCalls(names)}`,
  }
}

/** All ids are made up. */
const initFiles: Readonly<Record<string, string>> = {
  'callctl.yaml': `${modeline('workspace')}version: 1

# Where calls are posted: these are the defaults.
graph: { version: v1.0, collection: communications, cloud: global }

# The only environment variables that expressions may read.
env: [CALLBACK_URI]

# Merged under every call. Graph sends a call's notifications to callbackUri.
defaults:
  callbackUri: '{{default env.CALLBACK_URI "https://bot.contoso.com/callback"}}'

# People and numbers that one apply may ring, and calls in flight.
limits: { people: 5, concurrency: 8 }
`,
  'templates/p2p-voip.yaml': `${modeline('template', '../')}description: Ring one person of the directory in Teams
variables:
  userId:
    description: Object id of the person in Microsoft Entra.
    type: string
    format: uuid
  userName:
    description: The person's name, for reviewers; Graph goes by the id.
    type: string
    default: null
call:
  "@odata.type": "#microsoft.graph.call"
  targets:
    - "@odata.type": "#microsoft.graph.invitationParticipantInfo"
      identity:
        "@odata.type": "#microsoft.graph.identitySet"
        user:
          "@odata.type": "#microsoft.graph.identity"
          id: "{{userId}}"
          displayName: { $if: "{{userName}}", $then: "{{userName}}" }
  requestedModalities: [audio]
  mediaConfig:
    "@odata.type": "#microsoft.graph.serviceHostedMediaConfig"
`,
  'calls/example.yaml': `${modeline('calls', '../')}calls:
  example-ping:
    description: Ring Adele, who does not exist
    uses: p2p-voip
    with:
      userId: 0d5f9a3e-7c41-4b8e-8f26-1a90c7d3e501
      userName: Adele Vance
`,
}

/** Lines that files of git must have; of a file that ignores `node_modules`, `node_modules/` is one. */
export const initLines: Readonly<Record<string, readonly string[]>> = {
  // Installed packages, this machine's record, saved plans, and what nobody may commit.
  '.gitignore': ['node_modules/', '.callctl/', 'plan.json', '*.plan.json', '.env'],
  '.gitattributes': ['calls*.lock.json merge=callctl'],
}

/** What to type next; `command` is how callctl is called there. */
export function initAdvice({ command, isMissing }: FoundCommand, folder: string, look: Look): string {
  const rows: readonly (readonly [string, string])[] = [
    ['plan', 'who would be rung'],
    ['apply --simulator', 'place the example on the built-in simulator, which rings nobody'],
    ['schema --write', 'in a fresh clone: the schemas that editors use'],
  ]
  return `
Next:
${folder === '.' ? '' : `  cd ${folder}\n`}${isMissing ? '  npm install --save-dev ./callctl-VERSION.tgz    as docs/getting-started.md says\n' : ''}${rows
  .map(
    ([words, meaning]) =>
      `  ${`${command} ${words}`.padEnd(command.length + 21)}${hangText(meaning, look, command.length + 23)}\n`,
  )
  .join('')}
Once in each clone, so that git can merge lockfiles:
  git config merge.callctl.driver "npx --no callctl lock merge %O %A %B %P"
`
}
