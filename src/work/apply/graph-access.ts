import { createGraphCalls } from '../../graph/client.js'
import { createGraphOperations } from '../../graph/operations.js'
import { createTokenSource } from '../../graph/sign-in/auth.js'
import { fixedTokenSource, type TokenSource } from '../../graph/sign-in/tokens.js'
import type { Secret } from '../../graph/text/redact.js'
import { checkedRoot, cloudRoot, type GraphRoot, isLoopback, loopbackRoot } from '../../graph/wire/roots.js'
import type { Calls } from '../../model/call.js'
import type { Settings } from '../../model/language/settings.js'
import type { CallOperations } from '../../model/operation.js'
import type { WatchedWorld, World } from '../../model/world.js'
import { joinReal } from '../../record/disk/real-path.js'
import type { RecordPlace } from '../../record/folders/folders.js'
import { version } from '../../version.js'
import { type GraphOptions, inProcess } from '../options/options.js'
import type { SettledWorkspace } from '../workspace/compile-workspace.js'
import { placeOf } from '../workspace/find-place.js'
import { type SharedUse, withSharedRecord } from '../workspace/open-shared.js'
import { recordWords } from '../workspace/record-words.js'

/** Which Graph a use case talks to, and which record it keeps. Nothing is opened until `open`. */
export interface GraphAccess {
  /** For people: `https://graph.microsoft.com`, or `the simulator`. */
  readonly destination: string
  readonly place: RecordPlace
  /** Whether nobody is rung; then no secret is needed, and none is sent. */
  readonly isSimulator: boolean
  /** Options by which another command has the same. */
  readonly words: readonly string[]
  /** Connects the client; with the built-in simulator, starts that. */
  open(): Promise<OpenGraph>
}

export interface OpenGraph {
  readonly calls: Calls
  readonly operations: CallOperations
  /** From here on no answer brings one of these to light. */
  conceal(more: readonly Secret[]): void
  close(): Promise<void>
}

/** The simulator's calls get this worthless token, and it gets no other. */
const simulatorToken = 'simulator'

/** Opens the shared record, where the workspace has one. Throws RecordError, where it is needed. */
export async function chooseGraph(
  options: GraphOptions,
  world: WatchedWorld,
  compiled: SettledWorkspace,
  use?: SharedUse,
): Promise<GraphAccess> {
  const { root } = compiled.workspace
  const choice = options.simulator
  const { settings } = compiled.compilation
  const place = await withSharedRecord(placeOf(options, root), settings, options, world, use)
  const words = recordWords(options)
  if (choice === undefined) return { ...chooseCloud(world, compiled, place), words }
  if (choice !== inProcess) {
    const url = loopbackRoot(choice)
    return {
      destination: `the simulator at ${url}`,
      place,
      isSimulator: true,
      words,
      open: async () => connect({ url }, fixedTokenSource(simulatorToken), world),
    }
  }
  return {
    destination: 'the simulator',
    place,
    isSimulator: true,
    words,
    open: () => startInProcess(root, settings, world),
  }
}

function chooseCloud(
  world: WatchedWorld,
  compiled: SettledWorkspace,
  place: RecordPlace,
): Omit<GraphAccess, 'words'> {
  const { environment } = world
  const override = environment['CALLCTL_GRAPH_ROOT']
  const cloud = cloudRoot(compiled.compilation.settings.cloud)
  const root: GraphRoot =
    override === undefined || override === '' ? cloud : { ...cloud, url: checkedRoot(override) }
  // Of one source, however often it is opened: what is warned of is said once.
  let tokens: TokenSource | undefined
  const open = async (): Promise<OpenGraph> => {
    tokens ??= chooseTokens(root, world, compiled)
    return connect(root, tokens, world)
  }
  return { destination: root.url, place, isSimulator: false, open }
}

/** Without credentials, a root on this machine is somebody's test server: it gets a worthless token. */
function chooseTokens(root: GraphRoot, world: WatchedWorld, compiled: SettledWorkspace): TokenSource {
  const { environment } = world
  const hasCredentials = Boolean(environment['AZURE_CLIENT_ID'] || environment['CALLCTL_SIGN_IN'])
  if (isLoopback(new URL(root.url).hostname) && !hasCredentials) return fixedTokenSource(simulatorToken)
  return createTokenSource({
    environment,
    tenantId: compiled.compilation.tenantId,
    root,
    now: world.now,
    warn: world.warn,
  })
}

async function connect(root: GraphRoot, tokens: TokenSource, world: World): Promise<OpenGraph> {
  const { environment, now } = world
  let secrets: readonly Secret[] = []
  const settings = { root, tokens, version, environment, now, secrets: () => secrets }
  return {
    calls: createGraphCalls(settings),
    operations: createGraphOperations(settings),
    conceal(more) {
      secrets = [...secrets, ...more]
    },
    close: async () => {},
  }
}

async function startInProcess(root: string, { severities }: Settings, world: World): Promise<OpenGraph> {
  const { startSimulator } = await import('../../simulator/simulator.js')
  const { now, random, uuid } = world
  const simulator = await startSimulator({
    store: joinReal(root, ['.callctl', 'simulator-calls.ndjson']),
    now,
    random,
    uuid,
    takesUnknown: ['warning', 'off'].includes(severities.get('schema/unknown-property') ?? 'error'),
  })
  const open = await connect({ url: simulator.url }, fixedTokenSource(simulatorToken), world)
  return { ...open, close: () => simulator.close() }
}
