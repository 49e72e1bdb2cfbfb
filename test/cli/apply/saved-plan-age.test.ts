import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Arguments, readArguments } from '../../../src/cli/frame/arguments.js'
import { readDuration } from '../../../src/cli/frame/duration.js'
import { StalePlanError, UsageError } from '../../../src/model/errors.js'
import type { SavedPlan } from '../../../src/model/plan.js'
import type { GraphAccess } from '../../../src/work/apply/graph-access.js'
import { type Fit, refuseUnfit } from '../../../src/work/apply/saved-plan-fit.js'
import type { ApplyOptions } from '../../../src/work/options/apply-options.js'
import type { CompiledWorkspace } from '../../../src/work/workspace/compile-workspace.js'
import { fakeHost } from '../fake-host.js'

const test = suite('saved-plan-age')

const argumentsOf = (...words: readonly string[]): Arguments =>
  readArguments(words, {
    'max-age': { type: 'string' },
    simulator: { type: 'string' },
    env: { type: 'string' },
  })
const optionsOf = (args: Arguments): ApplyOptions => ({
  environmentName: args.text('env'),
  simulator: args.text('simulator'),
  maximumAge: readDuration(args, 'max-age'),
})
const made = Date.UTC(2025, 0, 1)
const saved = (destination: string): SavedPlan => ({
  createdAt: new Date(made).toISOString(),
  callctl: '1',
  destination,
  lineage: '',
  changes: [],
})
const graph = { destination: 'https://graph.microsoft.com', isSimulator: false } as GraphAccess

const fitOf = (words: readonly string[], now: number, here: Partial<Here> = {}): Fit => ({
  graph: { ...graph, isSimulator: argumentsOf(...words).has('simulator') },
  compiled: { compilation: { tenantId: here.settings } } as CompiledWorkspace,
  options: optionsOf(argumentsOf(...words)),
  world: fakeHost({ now: () => now, environment: { AZURE_TENANT_ID: here.environment } }),
})

/** Which tenant callctl.yaml and the environment name. */
interface Here {
  readonly settings: string | undefined
  readonly environment: string | undefined
}

const fits = (age: number, ...words: readonly string[]): boolean => {
  try {
    refuseUnfit(saved(graph.destination), fitOf(words, made + age))
    return true
  } catch (error) {
    assert.instance(error, StalePlanError)
    return false
  }
}
const hour = 3_600_000

test('four hours, unless --max-age says otherwise', () => {
  assert.ok(fits(4 * hour))
  assert.not.ok(fits(4 * hour + 1))
  assert.ok(fits(24 * hour, '--max-age', '1d'))
  assert.not.ok(fits(hour / 2 + 1, '--max-age', '30m'))
})

test('a plan from the future says that a clock is wrong; five minutes are nothing', () => {
  assert.ok(fits(-5 * 60_000))
  assert.not.ok(fits(-5 * 60_000 - 1))
})

test('a plan is for the cloud or the simulator that it was made for', () => {
  const check =
    (destination: string, ...words: string[]) =>
    () =>
      refuseUnfit(saved(destination), fitOf(words, made))
  assert.throws(check('https://graph.microsoft.us'), /not for https:\/\/graph.microsoft.com/)
  assert.throws(check('simulator'), /not for https/)
  assert.throws(check(graph.destination, '--simulator=in-process'), /not for the simulator/)
  assert.not.throws(check('simulator', '--simulator=http://127.0.0.1:1'))
})

test('a plan is for the environment that it was made with', () => {
  const check = (environment: string | undefined, ...words: string[]) => {
    const named = { ...saved(graph.destination), ...(environment !== undefined && { environment }) }
    return () => refuseUnfit(named, fitOf(words, made))
  }
  assert.not.throws(check('staging', '--env', 'staging'))
  assert.not.throws(check(undefined))
  for (const wrong of [
    check('staging'),
    check('staging', '--env', 'prod'),
    check(undefined, '--env', 'prod'),
  ])
    assert.throws(wrong, (error: unknown) => error instanceof StalePlanError)
})

test('a plan does not choose the tenant to sign in to', () => {
  const check = (tenantId: string | undefined, here: Partial<Here>) => {
    const named = { ...saved(graph.destination), ...(tenantId !== undefined && { tenantId }) }
    return () => refuseUnfit(named, fitOf([], made, here))
  }
  const fits = [
    check(undefined, {}),
    check(undefined, { environment: 'own' }),
    check('own', { environment: 'own' }),
    check('OWN', { settings: 'own', environment: 'other' }),
  ]
  for (const fit of fits) assert.not.throws(fit)
  for (const wrong of [{}, { environment: 'other' }, { settings: 'other', environment: 'own' }])
    assert.throws(check('own', wrong), (error: unknown) => error instanceof StalePlanError)
})

test('a time is a whole number of s, m, h or d, at most 24 days', () => {
  const read = (text: string): number | undefined => readDuration(argumentsOf('--max-age', text), 'max-age')
  assert.equal(['90s', '30m', '4h', '24d'].map(read), [90_000, 1_800_000, 4 * hour, 24 * 24 * hour])
  for (const text of ['0m', '', '4', 'h', '-1h', '1.5h', '25d', '999999d', '4 h', '1e3s']) {
    assert.throws(
      () => read(text),
      (error: unknown) => error instanceof UsageError,
    )
  }
})

test.run()
