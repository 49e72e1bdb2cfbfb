import { createDiagnostic, type Diagnostic } from '../../model/diagnostic.js'
import { isGrave, type JudgedSite, type Matter } from './judge-site.js'

/** What the environment decides of a matter, as people say it. */
export const decisions: Readonly<Record<Matter, string>> = {
  callees: 'who is rung',
  structure: 'which properties and items a call has',
  calls: 'which calls there are',
  route: 'where a call goes',
  own: 'the app’s own addresses and ids',
  content: 'what is sent',
}

/** Names as expressions spell them: `env.A and env.B`. */
export const spellNames = ({ taint: { ways } }: Pick<JudgedSite, 'taint'>): string =>
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
