import { UsageError } from '../../model/errors.js'
import type { Host } from '../../model/host.js'
import type { Assignment } from '../../model/language/workspace.js'
import type {
  GraphOptions,
  PlanOptions,
  SelectionOptions,
  WorkspaceOptions,
} from '../../work/options/options.js'
import type { Arguments } from './arguments.js'

/** `--env`, `--var`, `--var-file`, `--strict`, `--no-cache`, and the paths. Throws UsageError. */
export const readWorkspaceOptions = (args: Arguments, paths = args.positionals): WorkspaceOptions => ({
  paths,
  environmentName: args.text('env'),
  assignments: args.texts('var').map(readAssignment),
  valueFiles: args.texts('var-file'),
  isStrict: args.has('strict'),
  mayCache: args.mayCache,
})

function readAssignment(text: string): Assignment {
  const at = text.indexOf('=')
  if (at <= 0) throw new UsageError(`\`--var ${text}\` is not NAME=VALUE.`, hintForAssignment(text))
  return { name: text.slice(0, at), level: '--var', value: text.slice(at + 1) }
}

function hintForAssignment(text: string): string {
  const [, name, value] = /^([\w-]+)\s*[:=]+\s*(.+)$/s.exec(text) ?? []
  if (name !== undefined) return `Did you mean \`--var ${name}=${value}\`?`
  return `Write \`--var ${/^[\w-]+$/.test(text) ? text : 'NAME'}=VALUE\`.`
}

/** `--env` and `--simulator`. */
export const readGraphOptions = (args: Arguments): GraphOptions => ({
  environmentName: args.text('env'),
  simulator: args.text('simulator'),
})

/** `--only` and `--except`. */
export function readSelectionOptions(args: Arguments): SelectionOptions {
  const [only, except] = [args.texts('only'), args.texts('except')]
  return { ...(only.length > 0 && { only }), ...(except.length > 0 && { except }) }
}

/** Whether what is meant for people may name them: a terminal shows them, a log only when it is told to. */
export function mayShowPeople(args: Arguments, { terminal }: Host): boolean {
  // With --json, text for people goes to stderr.
  const shown = args.has('json') ? terminal.stderr : terminal.stdout
  return shown.isTerminal || args.has('show-people')
}

/** All of these, `--redial` and `--prune`. */
export const readPlanOptions = (args: Arguments, showsPeople: boolean): PlanOptions => ({
  ...readWorkspaceOptions(args),
  ...readGraphOptions(args),
  ...readSelectionOptions(args),
  redial: args.texts('redial'),
  prunes: args.has('prune'),
  showsPeople,
})
