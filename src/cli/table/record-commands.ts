import type { Command } from '../frame/command.js'
import {
  addressYesHelp,
  forceHelp,
  forceOption,
  jsonHelp,
  jsonOption,
  reasonHelp,
  reasonOptions,
  recordHelp,
  recordOptions,
  selectionHelp,
  selectionOptions,
  simulatorHelp,
  simulatorOption,
  valueHelp,
  valueOptions,
} from './options.js'

/** Commands that care for the record. They place nothing. */
export const recordCommands: Readonly<Record<string, Command>> = {
  resolve: {
    summary: 'settle attempts whose outcome is unknown',
    usage: 'resolve ADDRESS…',
    help: [
      ...selectionHelp,
      ['--placed CALL-ID', 'It was placed, and this is its id, for which Graph is asked.'],
      [
        '--not-placed',
        'Nothing rang: the next apply may place it. Asks you to type the address, or how many they are.',
      ],
      forceHelp,
      reasonHelp,
      addressYesHelp,
      ...recordHelp,
    ],
    options: {
      ...recordOptions,
      ...selectionOptions,
      ...reasonOptions,
      ...forceOption,
      placed: { type: 'string' },
      'not-placed': { type: 'boolean' },
    },
    load: async () => (await import('../commands/resolve.js')).resolve,
  },
  forget: {
    summary: 'let an address that has ended or failed be placed anew',
    usage: 'forget ADDRESS',
    help: [
      ['--attempt ID', 'Take out that attempt alone, which has ended or failed; the others stay.'],
      addressYesHelp,
      ...recordHelp,
    ],
    options: { ...recordOptions, yes: { type: 'boolean' }, attempt: { type: 'string' } },
    load: async () => (await import('../commands/forget.js')).forget,
  },
  import: {
    summary: 'record a call that was placed elsewhere',
    usage: 'import CALL-ID',
    help: [
      ['--as ADDRESS', 'The definition that it is the call of.'],
      forceHelp,
      reasonHelp,
      simulatorHelp,
      ...valueHelp,
    ],
    options: {
      ...valueOptions,
      ...simulatorOption,
      ...forceOption,
      reason: { type: 'string' },
      as: { type: 'string' },
    },
    load: async () => (await import('../commands/import.js')).importCall,
  },
  lock: {
    summary: 'show, verify, rebuild or merge the lockfile; release the run lock',
    usage: 'lock show|verify|rebuild|release|merge',
    help: [
      ['show', 'The entries, a line each.'],
      ['verify', 'Every fault of lockfile, attempts and run lock; exit 7 when there is one.'],
      ['rebuild', 'Write what the attempts know into the lockfile.'],
      ['release', 'Remove the run lock of a run that is gone and cannot be seen from here.'],
      ['merge BASE OURS THEIRS PATH', 'Git’s merge driver: callctl lock merge %O %A %B %P.'],
      ...recordHelp,
      ['--json', 'With show and verify: print JSON on stdout.'],
    ],
    options: { ...recordOptions, ...jsonOption },
    load: async () => (await import('../commands/lock.js')).lock,
  },
  audit: {
    summary: 'list every attempt, and say whether any address was rung twice',
    usage: 'audit',
    help: [['--evidence ADDRESS', 'What is kept of the answers to its attempts.'], ...recordHelp, jsonHelp],
    options: { ...recordOptions, ...jsonOption, evidence: { type: 'string' } },
    load: async () => (await import('../commands/audit.js')).audit,
  },
}
