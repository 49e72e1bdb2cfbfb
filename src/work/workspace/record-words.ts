import { type GraphOptions, inProcess } from '../options/options.js'

/** Options that lead another command to the same record and the same Graph, as they are typed. */
export const recordWords = ({ environmentName, simulator }: GraphOptions): readonly string[] => [
  ...(environmentName === undefined ? [] : ['--env', environmentName]),
  ...(simulator === undefined ? [] : ['--simulator', ...(simulator === inProcess ? [] : [simulator])]),
]
