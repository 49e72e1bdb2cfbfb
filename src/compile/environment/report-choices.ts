import { createDiagnostic, type Diagnostic } from '../../model/diagnostics/diagnostic.js'
import { decisions, isGrave } from '../../model/language/environment-use.js'
import type { JudgedSite } from './judge-site.js'

/** Names as expressions spell them: `env.A and env.B`. */
const spellNames = ({ taint: { ways } }: Pick<JudgedSite, 'taint'>): string =>
  [...ways.keys()]
    .sort()
    .map((name) => `\`env.${name}\``)
    .join(' and ')

/** Complaints about what the environment would choose unseen. */
export const complainOfChoices = (sites: readonly JudgedSite[]): readonly Diagnostic[] =>
  sites
    .filter(({ matter }) => isGrave(matter))
    .map((site) => {
      const message = `The environment chooses ${decisions[site.matter]}, by ${spellNames(site)}.`
      const hint = 'Spell it out, or choose with `--env` or `--var`: reviewers see what those choose.'
      return createDiagnostic('env/chooses', message, { range: site.node.range, hint })
    })
