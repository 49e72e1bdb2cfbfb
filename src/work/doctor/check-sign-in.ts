import { titles } from '../../graph/sign-in/sign-in.js'
import { describeSignIn } from '../../graph/sign-in/sign-in-choice.js'
import { isLoopback } from '../../graph/wire/roots.js'
import type { Check, CheckDetail } from '../../model/doctor.js'
import { SignInError, UsageError } from '../../model/errors.js'
import { type ExitCode, exitCodes } from '../../model/exit-code.js'
import { positionOf } from '../../model/language/position.js'
import { compareRoles } from '../../plan/compare-roles.js'
import type { GraphAccess } from '../apply/graph-access.js'
import type { DoctorWorld } from './doctor-world.js'

export interface SignInCheck {
  readonly check: Check
  /** What the token allows; absent when there is none, or none that can be read. */
  readonly roles?: readonly string[]
}

/** Gets a token as `apply` would, and drops it. */
export async function checkSignIn(world: DoctorWorld, warnings: readonly string[]): Promise<SignInCheck> {
  const name = 'sign-in'
  const { graph, compiled } = world
  const { environment } = world.world
  const skip = (message: string): SignInCheck => ({ check: { name, state: 'skipped', message } })
  if (graph instanceof Error) return skip('See graph.')
  if (graph.isSimulator) return skip('The simulator needs none.')
  const { tenantId } = compiled.compilation
  const choice = describeSignIn(environment, tenantId)
  const isTestServer = isLoopback(new URL(graph.destination).hostname)
  if (
    choice.kind === undefined &&
    choice.problem === undefined &&
    isTestServer &&
    !environment['AZURE_CLIENT_ID']
  )
    return skip('Graph’s root is on this machine, and no credentials are set.')
  const details: CheckDetail[] = [
    ...(choice.kind === undefined
      ? []
      : [{ name: 'kind', value: choice.kind, origin: choice.decidedBy.join(', ') }]),
    ...(choice.passedOver.length === 0 ? [] : [{ name: 'passed over', value: choice.passedOver.join(', ') }]),
  ]
  const found = await signIn(graph)
  if (found instanceof Error) {
    const exitCode: ExitCode = found instanceof UsageError ? exitCodes.usage : exitCodes.signIn
    const { hint } = found as { readonly hint?: string }
    const check = { name, state: 'error', message: sentence(found.message), details, exitCode } as const
    return { check: { ...check, ...(hint !== undefined && { hint }) } }
  }
  const message = `Signed in with ${choice.kind === undefined ? 'what is set' : titles[choice.kind]}.`
  const [warning] = warnings
  const check: Check = { name, state: warning === undefined ? 'ok' : 'warning', message, details }
  return {
    check: warning === undefined ? check : { ...check, hint: warning },
    ...(found.roles !== undefined && { roles: found.roles }),
  }
}

async function signIn(graph: GraphAccess) {
  try {
    const open = await graph.open()
    try {
      return await open.calls.signIn()
    } finally {
      await open.close()
    }
  } catch (error) {
    if (error instanceof SignInError || error instanceof UsageError) return error
    throw error
  }
}

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`)

const guid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i

/** Graph refuses a token of another tenant than the call's (7505). */
export function checkTenant({ compiled, world, graph }: DoctorWorld): Check {
  const name = 'tenant'
  const { compilation, workspace } = compiled
  const node = compilation.settings.tenantId
  const tenant = compilation.tenantId || world.environment['AZURE_TENANT_ID']
  if (!tenant) {
    if (graph instanceof Error || graph.isSimulator)
      return { name, state: 'skipped', message: 'The simulator needs none.' }
    const hint = 'Set AZURE_TENANT_ID, or `tenantId` in callctl.yaml.'
    return { name, state: 'warning', message: 'No tenant is named.', hint }
  }
  const line = node && positionOf(workspace.settings?.text ?? '', node.range.start).line
  const origin = compilation.tenantId && line !== undefined ? `callctl.yaml:${line}` : 'AZURE_TENANT_ID'
  const details = [{ name: 'tenant', value: tenant, origin }]
  const others = compilation.payloads.filter(({ call }) => {
    const own = call['tenantId']
    return (
      typeof own === 'string' &&
      guid.test(own) &&
      guid.test(tenant) &&
      own.toLowerCase() !== tenant.toLowerCase()
    )
  })
  if (others.length === 0) return { name, state: 'ok', message: 'One for sign-in and calls.', details }
  const addresses = listAddresses(others.map(({ address }) => address))
  const message = `Calls of another tenant than the one that is signed in to: ${addresses}.`
  const hint = 'Graph refuses them (7505). Give them this tenant, or sign in to theirs.'
  return { name, state: 'warning', message, details, hint }
}

/** The token's roles against what all definitions need. */
export function checkRoles({ compiled, graph }: DoctorWorld, signedIn: SignInCheck): Check {
  const name = 'roles'
  const { payloads, settings } = compiled.compilation
  const needed = [...new Set(payloads.flatMap(({ touches }) => touches.permissions))].sort()
  const { roles, check } = signedIn
  if (roles === undefined) {
    const why =
      check.state === 'ok' || check.state === 'warning'
        ? 'The token’s roles cannot be read.'
        : 'There is no token.'
    const details = needed.map((value) => ({ name: 'needed', value }))
    return { name, state: 'skipped', message: why, details }
  }
  const held = { roles, hasMeetingConsent: settings.hasMeetingConsent ?? false }
  const { missing, assumed } = compareRoles(payloads, held)
  const details: CheckDetail[] = [
    ...missing.map((role) => ({
      name: 'missing',
      value: `${role.name}${role.id === undefined ? '' : ` (${role.id})`}`,
      origin: listAddresses(role.addresses),
    })),
    ...assumed.map((role) => ({
      name: 'assumed',
      value: role.name,
      origin: 'graph.resourceSpecificConsent',
    })),
    ...needed.filter((each) => roles.includes(each)).map((value) => ({ name: 'granted', value })),
    ...roles.filter((each) => !needed.includes(each)).map((value) => ({ name: 'not needed', value })),
  ]
  if (missing.length === 0) return { name, state: 'ok', message: 'All that the definitions need.', details }
  const ofMeetings = missing.some((role) => role.name === 'Calls.JoinGroupCall.All')
  const consent = ofMeetings
    ? ' Where meetings grant Calls.JoinGroupCalls.Chat themselves, which no token tells, set `graph.resourceSpecificConsent: true`.'
    : ''
  const hint = `An administrator has to consent to what is missing.${consent}`
  const destination =
    graph instanceof Error ? '' : ` ${graph.destination} would refuse the calls that need them.`
  const message = `The token lacks ${missing.map((role) => role.name).join(', ')}.${destination}`
  return { name, state: 'error', message, details, hint, exitCode: exitCodes.signIn }
}

const mostAddresses = 3

const listAddresses = (addresses: readonly string[]): string =>
  addresses.length <= mostAddresses
    ? addresses.join(', ')
    : `${addresses.slice(0, mostAddresses).join(', ')} and ${addresses.length - mostAddresses} more`
