// Texts of files that callctl writes for people: a new workspace, schemas for editors, and tests that are run or
// updated.

import { schemaFolder } from './schema-files.js'

const modeline = (name: string, up = ''): string =>
  `# yaml-language-server: $schema=${up}${schemaFolder}/${name}.json\n`

/** A workspace that compiles, plans and applies on the simulator as it is. All ids are made up. */
export const initFiles: Readonly<Record<string, string>> = {
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

/** What a file that is not there yet begins with, before its line. */
export const initBeginnings: Readonly<Record<string, string>> = { '.gitignore': 'node_modules/\n' }

/** Lines that files of git must have. */
export const initLines: Readonly<Record<string, string>> = {
  '.gitignore': '.callctl/',
  '.gitattributes': 'calls*.lock.json merge=callctl',
}

export const initAdvice = `
Next:
  callctl plan                     who would be rung
  callctl apply --simulator        place the example on the built-in simulator, which rings nobody
  callctl schema --write           in a fresh clone: the schemas that editors use

Once in each clone, so that git can merge lockfiles:
  git config merge.callctl.driver "npx callctl lock merge %O %A %B %P"
`
