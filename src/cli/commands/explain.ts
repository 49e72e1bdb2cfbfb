import { diagnosticCodes } from '../../model/diagnostics/diagnostic-codes.js'
import { UsageError } from '../../model/errors.js'
import type { ExitCode } from '../../model/exit-code.js'
import type { Host } from '../../model/host.js'
import { didYouMean } from '../../model/words/suggest.js'
import type { Arguments } from '../frame/arguments.js'

/**
 * What a word means: a join URL, a code of Graph's (`graph` lists them), a diagnostic code, which has a slash as no
 * address has, an address, a template or a helper.
 */
export async function explain(args: Arguments, host: Host): Promise<ExitCode> {
  const [word] = args.positionals
  if (word === undefined) {
    throw new UsageError(
      '`explain` needs an address, a template, a helper such as `e164`, a diagnostic code such as `yaml/tag`, or a join URL.',
    )
  }
  if (/^https?:/i.test(word)) {
    const { explainUrl } = await import('./explain/explain-url.js')
    return explainUrl(word, args, host)
  }
  if (/^graph(?:\/|$)/.test(word)) {
    const { explainGraph } = await import('./explain/explain-graph.js')
    return explainGraph(word, args, host)
  }
  if (Object.hasOwn(diagnosticCodes, word)) {
    const { explainCode } = await import('./explain/explain-code.js')
    return explainCode(word, args, host)
  }
  if (/^[a-z]+\/[a-z-]+$/.test(word)) {
    throw new UsageError(
      `There is no diagnostic code \`${word}\`.`,
      didYouMean(word, Object.keys(diagnosticCodes)) ?? 'docs/diagnostics.md lists them.',
    )
  }
  const { explainAddress } = await import('./explain/explain-address.js')
  return explainAddress(args, host)
}
