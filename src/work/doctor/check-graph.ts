import { describeSignIn } from '../../graph/sign-in/sign-in-choice.js'
import { findProxy } from '../../graph/wire/proxy.js'
import { cloudRoot, isLoopback, isPrivate, loopbackRoot } from '../../graph/wire/roots.js'
import type { Check, CheckDetail, Probe } from '../../model/doctor.js'
import { LostAnswerError, NotSentError, UsageError } from '../../model/errors.js'
import { exitCodes } from '../../model/exit-code.js'
import { inProcess } from '../options/options.js'
import type { DoctorWorld } from './doctor-world.js'

/** How a request would leave this machine. */
export async function checkTransport({ world, graph }: DoctorWorld): Promise<Check> {
  const name = 'transport'
  if (world.environment['NODE_TLS_REJECT_UNAUTHORIZED'] === '0') {
    const message = 'NODE_TLS_REJECT_UNAUTHORIZED=0 switches off the check of certificates.'
    const hint = 'Unset it; NODE_EXTRA_CA_CERTS=FILE trusts an authority of your own.'
    return { name, state: 'error', message, hint, exitCode: exitCodes.usage }
  }
  if (graph instanceof Error) return { name, state: 'skipped', message: 'See graph.' }
  if (graph.isSimulator) return { name, state: 'ok', message: 'Nothing leaves this machine.' }
  const extra = world.environment['NODE_EXTRA_CA_CERTS'] ? ' NODE_EXTRA_CA_CERTS adds authorities.' : ''
  try {
    const proxy = await findProxy(new URL(graph.destination), world.environment)
    const way = proxy === undefined ? 'Directly, through no proxy.' : `Through ${proxy.name}.`
    return { name, state: 'ok', message: way + extra }
  } catch (error) {
    if (!(error instanceof NotSentError)) throw error
    return { name, state: 'error', message: `${error.message}.`, exitCode: exitCodes.usage }
  }
}

export interface GraphCheck {
  readonly check: Check
  /** How much later the server's clock was; absent when nobody said. In milliseconds. */
  readonly skew?: number
}

/** One unauthenticated GET. The built-in simulator is started instead, and ended. */
export async function checkGraph(world: DoctorWorld): Promise<GraphCheck> {
  const { graph, options } = world
  if (graph instanceof Error) {
    const exitCode = graph instanceof UsageError ? exitCodes.usage : exitCodes.record
    const check = { name: 'graph', state: 'error', message: `${graph.message}.`, exitCode } as const
    return graph instanceof UsageError
      ? { check }
      : { check: { ...check, state: 'skipped', message: 'See record.' } }
  }
  const choice = options.simulator
  if (choice === inProcess) return { check: await checkBuiltIn(world) }
  const url = choice === undefined ? graph.destination : loopbackRoot(choice)
  const asked = await ask(world, `${url}/v1.0/`)
  if (asked instanceof UsageError)
    return { check: { name: 'graph', state: 'skipped', message: 'See transport.' } }
  if (asked instanceof Error) {
    const hint = 'Nothing can be placed from here. Compare DNS, proxy, firewall and certificates.'
    const message = `${asked.message}.`
    return { check: { name: 'graph', state: 'error', message, hint, exitCode: exitCodes.graphRefused } }
  }
  return { check: judgeAnswer(url, asked.status), ...skewOf(asked, world) }
}

async function checkBuiltIn({ trySimulator }: DoctorWorld): Promise<Check> {
  await trySimulator()
  return { name: 'graph', state: 'ok', message: 'The built-in simulator starts. It rings nobody.' }
}

function judgeAnswer(url: string, status: number): Check {
  const message = `${url} answers (${status} to a request without a token).`
  if (status < 300 || [400, 401, 403, 404, 405].includes(status))
    return { name: 'graph', state: 'ok', message }
  const hint =
    status < 400 ? 'callctl follows no redirect: name the last address.' : 'Graph may be having trouble.'
  return { name: 'graph', state: 'warning', message, hint }
}

async function ask({ probe }: DoctorWorld, url: string): Promise<Probe | Error> {
  try {
    return await probe(url, 'GET')
  } catch (error) {
    if (error instanceof NotSentError || error instanceof LostAnswerError) return error
    if (error instanceof UsageError) return error
    throw error
  }
}

const skewOf = ({ date }: Probe, { world }: DoctorWorld): { skew?: number } =>
  date === undefined ? {} : { skew: date - world.now() }

const minute = 60_000

/** By what Graph, or else who gives out tokens, says the time is. */
export async function checkClock(world: DoctorWorld, graphSkew: number | undefined): Promise<Check> {
  const name = 'clock'
  if (world.graph instanceof Error || (world.graph.isSimulator && graphSkew === undefined))
    return { name, state: 'skipped', message: 'Nobody was asked for the time.' }
  const skew = graphSkew ?? (await askAuthority(world))
  if (skew === undefined)
    return { name, state: 'skipped', message: 'Nobody who was asked said what time it is.' }
  const seconds = Math.round(Math.abs(skew) / 1000)
  const message =
    seconds <= 2
      ? 'This clock and the server’s agree.'
      : `This clock is ${seconds} s ${skew > 0 ? 'behind' : 'ahead of'} the server’s.`
  if (Math.abs(skew) <= minute) return { name, state: 'ok', message }
  const hint = 'Set the clock (NTP): tokens, and what is signed to get them, are good for minutes.'
  if (Math.abs(skew) <= 5 * minute) return { name, state: 'warning', message, hint }
  return { name, state: 'error', message, hint, exitCode: exitCodes.signIn }
}

async function askAuthority(world: DoctorWorld): Promise<number | undefined> {
  const { compiled } = world
  const { environment } = world.world
  const { kind } = describeSignIn(environment, compiled.compilation.tenantId)
  if (kind === undefined || kind === 'managed-identity') return undefined
  const named = environment['AZURE_AUTHORITY_HOST']
  const url = named || cloudRoot(compiled.compilation.settings.cloud).authority!
  if (!URL.canParse(url) || new URL(url).protocol !== 'https:') return undefined
  const asked = await ask(world, `${new URL(url).origin}/`)
  return asked instanceof Error ? undefined : skewOf(asked, world).skew
}

const mostCallbacks = 10

/** Without `--check-callbacks`, no address that a file names is asked. */
export async function checkCallbacks(world: DoctorWorld): Promise<Check> {
  const name = 'callbacks'
  const urls = callbacksOf(world)
  if (urls.length === 0)
    return { name, state: 'skipped', message: 'No call has a callback URL that can be read.' }
  const near = urls.filter((url) => isNear(url.hostname))
  const mayAsk = world.options.checksCallbacks === true
  const asked = mayAsk
    ? await Promise.all(urls.slice(0, mostCallbacks).map((url) => askCallback(url, world)))
    : []
  const silent = asked.filter(({ isSilent }) => isSilent)
  const details =
    asked.length > 0
      ? asked.map(({ detail }) => detail)
      : urls.map((url) => ({ name: 'url', value: shown(url) }))
  const message = `${urls.length === 1 ? 'One callback URL' : `${urls.length} callback URLs`}${mayAsk ? '' : ', not asked'}.`
  if (near.length > 0) {
    const hint = 'Graph calls back over the internet: it cannot reach an address of this network.'
    return { name, state: 'warning', message, details, hint }
  }
  if (silent.length > 0) {
    const hint = 'Graph has to reach it from the internet, which this machine may not be able to tell.'
    return { name, state: 'warning', message, details, hint }
  }
  const hint = '`--check-callbacks` asks whether they answer.'
  return { name, state: 'ok', message, details, ...(!mayAsk && { hint }) }
}

function callbacksOf({ compiled }: DoctorWorld): readonly URL[] {
  const texts = compiled.compilation.payloads.map(({ call }) => call['callbackUri'])
  const found = new Set(texts.filter((text) => typeof text === 'string' && !text.includes('(secret ')))
  return [...found].flatMap((text) => (URL.canParse(String(text)) ? [new URL(String(text))] : []))
}

const isNear = (hostname: string): boolean =>
  isLoopback(hostname) ||
  isPrivate(hostname.replace(/^\[|\]$/g, '')) ||
  /\.(local|internal|localhost)$/.test(hostname)

/** Without name, password, query and fragment, which may be secret. */
const shown = (url: URL): string => url.origin + url.pathname

interface AskedCallback {
  readonly detail: CheckDetail
  readonly isSilent: boolean
}

/** HEAD, without a token: whatever is answered, somebody is there. */
async function askCallback(url: URL, { probe }: DoctorWorld): Promise<AskedCallback> {
  try {
    const { status } = await probe(url.href, 'HEAD')
    return { detail: { name: shown(url), value: `answers (${status})` }, isSilent: false }
  } catch (error) {
    if (!(error instanceof NotSentError || error instanceof LostAnswerError)) throw error
    return { detail: { name: shown(url), value: error.message }, isSilent: true }
  }
}
