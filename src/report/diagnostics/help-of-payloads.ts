import type { DiagnosticHelp } from './help-entry.js'

const call = (lines: string, graph = '') => ({
  'calls/a.yaml': `calls:\n  ping:\n${graph}    call:\n      callbackUri: https://bot.contoso.com\n      ${lines}\n`,
})

/** What is wrong with the compiled call. */
export const helpOfPayloads = {
  'limit/steps': {
    example: 'A list of a hundred thousand rows, each of whose calls loops over the whole list.',
    fix: 'Make the lists, texts or loops smaller that the message names, or split the workspace. Steps are counted and not timed, so that a file costs the same everywhere; who runs callctl may allow more with the environment variable `CALLCTL_MAX_STEPS`, a workspace may not.',
  },
  'operation/body': {
    example: 'A prompt of `callctl call play` that is no https address of a .wav file.',
    fix: 'Prompts are .wav files (mono, 16 bit, 16 kHz) at https addresses; an invitation with `replacesCallId` has one participant.',
  },
  'payload/empty-callee': {
    example: call('targets: [{ identity: { user: { id: "" } } }]'),
    fix: 'Give every target an id. A row of commas at the end of a list is nobody: remove it, or leave it out with `where: "{{ne p.id \\"\\"}}"` beside `forEach`.',
  },
  'payload/too-large': {
    example: 'A `subject` of 300 KiB, or a list in a list in a list of a thousand people.',
    fix: 'Make several calls of it. Graph takes no such request.',
  },
  'schema/discriminator': {
    example: call('mediaConfig: { blob: x }'),
    fix: 'Add `"@odata.type"` with one of the types that the hint names: it says which kind of object this is.',
  },
  'schema/enum': {
    example: call('requestedModalities: [audio, vidoe]'),
    fix: 'Use one of the values that Graph knows; letter case counts.',
  },
  'schema/range': {
    example: call('ringingTimeoutInSeconds: 600', '    graph: { version: beta }\n'),
    fix: 'Stay within the limits that the message names; they are Graph’s.',
  },
  'schema/required': {
    example: { 'calls/a.yaml': 'calls:\n  ping:\n    call: { subject: Bridge }\n' },
    fix: 'Add it to the call or the template, or for every call under `defaults` in callctl.yaml.',
  },
  'schema/type': {
    example: call('subject: 5'),
    fix: 'Give a value of the type that the message names: quotes make text, `[…]` makes a list.',
  },
  'schema/unknown-property': {
    example: call('subjet: Bridge'),
    fix: 'Correct the spelling. Some properties exist in `beta` alone: `graph: { version: beta }`.',
  },
} as const satisfies Record<string, DiagnosticHelp>
