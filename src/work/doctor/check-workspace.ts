import { locateSettings } from '../../compile/language/locate-settings.js'
import { zoneVersion } from '../../compile/zones/zone-version.generated.js'
import type { Check, CheckDetail } from '../../model/doctor.js'
import { exitCodes } from '../../model/exit-code.js'
import { positionOf } from '../../model/language/position.js'
import { plural } from '../../model/words/count.js'
import { version } from '../../version.js'
import type { DoctorWorld } from './doctor-world.js'

/** A Node that is too old never comes so far: the launcher refuses it. */
export const checkVersions = ({ nodeVersion }: DoctorWorld): Check => ({
  name: 'versions',
  state: 'ok',
  message: `callctl ${version} on Node ${nodeVersion}, with the time zones of ${zoneVersion}.`,
})

/** Variables of the environment that callctl reads by itself, and whether their values may be shown. */
const variables: readonly (readonly [name: string, isShown: boolean])[] = [
  ['AZURE_TENANT_ID', true],
  ['AZURE_CLIENT_ID', true],
  ['AZURE_CLIENT_SECRET', false],
  ['AZURE_CLIENT_CERTIFICATE_PATH', false],
  ['AZURE_FEDERATED_TOKEN_FILE', false],
  ['AZURE_AUTHORITY_HOST', false],
  ['CALLCTL_SIGN_IN', false],
  ['CALLCTL_GRAPH_ROOT', false],
]

/** What is in force, and where each of it stands. */
export function checkSettings({ options, world, compiled }: DoctorWorld): Check {
  const { settings } = compiled.workspace
  const located = locateSettings(settings, options.environmentName).map(
    ({ name, value, range }): CheckDetail => {
      const line = range === undefined ? undefined : positionOf(settings?.text ?? '', range.start).line
      return { name, value, origin: line === undefined ? 'default' : `callctl.yaml:${line}` }
    },
  )
  const set = variables.flatMap(([name, isShown]): CheckDetail[] => {
    const value = world.environment[name]
    if (!value) return []
    return [{ name, value: isShown ? value : 'set', origin: 'environment' }]
  })
  const details = [...located, ...set]
  if (settings === undefined) {
    const message = 'There is no callctl.yaml: every default holds.'
    return { name: 'settings', state: 'warning', message, details, hint: '`callctl init` makes one.' }
  }
  const environment = options.environmentName
  const layer = environment === undefined ? '' : `, with the environment ${environment} laid over it`
  return { name: 'settings', state: 'ok', message: `callctl.yaml${layer}.`, details }
}

export function checkDefinitions({ compiled, definitionsProblem }: DoctorWorld): Check {
  const name = 'definitions'
  if (definitionsProblem !== undefined) {
    return { name, state: 'error', message: definitionsProblem.message, exitCode: exitCodes.usage }
  }
  const { diagnostics, compilation } = compiled
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length
  const warnings = diagnostics.length - errors
  const hint = '`callctl validate` shows them.'
  if (errors > 0) {
    return {
      name,
      state: 'error',
      message: `${plural(errors, 'error')}.`,
      hint,
      exitCode: exitCodes.definitions,
    }
  }
  const count = plural(compilation.payloads.length, 'call')
  if (warnings === 0) return { name, state: 'ok', message: `${count}, without a complaint.` }
  return { name, state: 'warning', message: `${count}, ${plural(warnings, 'warning')}.`, hint }
}
