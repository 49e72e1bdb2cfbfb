import { UsageError } from '../../../model/errors.js'
import { type ExitCode, exitCodes } from '../../../model/exit-code.js'
import type { Host } from '../../../model/host.js'
import { didYouMean } from '../../../model/words/suggest.js'
import { formatJson } from '../../../report/diagnostics/diagnostics-json.js'
import {
  describeCatalogue,
  findGraphCode,
  formatCatalogue,
  formatExplanation,
  graphCodeNames,
} from '../../../report/graph/explain-graph.js'
import type { Arguments } from '../../frame/arguments.js'

/** One of Graph's codes, such as `graph/7503`, or with `graph` alone all that callctl knows. */
export function explainGraph(word: string, args: Arguments, host: Host): ExitCode {
  if (args.positionals.length > 1) throw new UsageError('A code is explained alone.')
  const look = host.terminal.stdout
  if (word === 'graph') {
    host.stdout.write(args.has('json') ? formatJson(describeCatalogue()) : formatCatalogue(look))
    return exitCodes.done
  }
  const found = findGraphCode(word)
  if (found === undefined) {
    throw new UsageError(
      `callctl does not know \`${word}\`; Graph has no list of its codes.`,
      // A number that is nearly another one means something else altogether.
      (/[a-z]/i.test(word.slice('graph/'.length)) ? didYouMean(word, graphCodeNames) : undefined) ??
        '`callctl explain graph` lists those that are known.',
    )
  }
  host.stdout.write(args.has('json') ? formatJson(found) : formatExplanation(found, look))
  return exitCodes.done
}
