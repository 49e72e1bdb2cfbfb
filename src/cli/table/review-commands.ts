import type { Command } from '../frame/command.js'
import { jsonHelp, jsonOption, selectionHelp, selectionOptions, valueHelp, valueOptions } from './options.js'

/** Commands for whoever reviews a change. */
export const reviewCommands: Readonly<Record<string, Command>> = {
  diff: {
    summary: 'compare two git revisions: who would be rung, and what changed',
    usage: 'diff [BASE] [HEAD]',
    help: [
      ['BASE', 'A branch, tag or commit; the merge base with the default branch when absent.'],
      ['HEAD', 'Likewise; the working tree when absent.'],
      ['--format FORMAT', 'text (default), json, markdown, html, github (annotations) or sarif.'],
      ['--out FILE', 'Write the review to FILE.'],
      ['--show-people', 'Show names and numbers in full; they are masked otherwise.'],
      [
        '--detailed-exitcode',
        'Exit 2 when somebody would be rung whom base would not have rung, or the lockfile was edited or changes what rings.',
      ],
      jsonHelp,
      ...selectionHelp,
      ...valueHelp,
    ],
    options: {
      ...valueOptions,
      ...selectionOptions,
      ...jsonOption,
      format: { type: 'string' },
      out: { type: 'string' },
      'show-people': { type: 'boolean' },
      'detailed-exitcode': { type: 'boolean' },
    },
    load: async () => (await import('../commands/diff.js')).diff,
  },
}
