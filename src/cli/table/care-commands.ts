import type { Command } from '../frame/command.js'
import { jsonHelp, jsonOption, simulatorHelp, simulatorOption, valueHelp, valueOptions } from './options.js'

/** Commands for whoever keeps callctl running. */
export const careCommands: Readonly<Record<string, Command>> = {
  doctor: {
    summary: 'check all that placing calls needs, and say what to do',
    usage: 'doctor',
    help: [
      ['--check-callbacks', 'Ask each callback URL whether it answers: one HEAD, no token.'],
      simulatorHelp,
      jsonHelp,
      ...valueHelp,
    ],
    options: {
      ...valueOptions,
      ...simulatorOption,
      ...jsonOption,
      'check-callbacks': { type: 'boolean' },
    },
    load: async () => (await import('../commands/doctor.js')).doctor,
  },
}
