import { type Arguments, inProcess } from '../frame/arguments.js'

/** Options that lead another command to the same record and the same Graph, as they are typed. */
export function recordWords(args: Arguments): readonly string[] {
  const [environmentName, simulator] = [args.text('env'), args.text('simulator')]
  return [
    ...(environmentName === undefined ? [] : ['--env', environmentName]),
    ...(simulator === undefined ? [] : ['--simulator', ...(simulator === inProcess ? [] : [simulator])]),
  ]
}
