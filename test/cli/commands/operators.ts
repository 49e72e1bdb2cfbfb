import { callctl, type Finished } from '../../helpers/callctl.js'
import { peerCalls, type Workspace, withWorkspace } from '../../helpers/callctl-workspace.js'
import {
  created,
  type GraphServer,
  type Recorded,
  type Reply,
  withGraphServer,
} from '../../helpers/graph-server.js'

export type Run = (...words: readonly string[]) => Promise<Finished>

export interface Placed {
  readonly workspace: Workspace
  readonly server: GraphServer
  readonly environment: Readonly<Record<string, string>>
  readonly run: Run
}

export const names = ['page-1', 'page-2', 'page-3', 'page-10', 'bridge']
/** Of these no answer comes. */
export const unknown = ['page-2', 'page-10']

/** Calls that were placed, of which two have an unknown outcome; `answer` is for what comes after. */
export const withPlaced = (
  work: (placed: Placed) => Promise<void>,
  answer: (request: Recorded) => Reply = () => ({ status: 200, body: '{"state":"established"}' }),
): Promise<void> =>
  withWorkspace(peerCalls(names), (workspace) => {
    let posts = 0
    const reply = (request: Recorded): Reply => {
      if (request.method !== 'POST') return answer(request)
      posts += 1
      // Sorted by name: bridge, page-1, page-2, page-3, page-10.
      return posts === 3 || posts === 5 ? { status: 502 } : created(`call-${posts}`)
    }
    return withGraphServer(reply, async (server) => {
      const environment = { CALLCTL_GRAPH_ROOT: server.url }
      const run: Run = (...words) => callctl(words, { cwd: workspace.folder, environment })
      const { code, stdout, stderr } = await run('apply', '--yes')
      if (code !== 10) throw new Error(`apply ended with ${code}: ${stdout}${stderr}`)
      await work({ workspace, server, environment, run })
    })
  })
