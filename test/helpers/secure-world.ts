// A whole world over TLS for callctl: Graph, sign-in and what they are called, with an authority of its own.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Environment } from '../../src/model/environment.js'
import { callctl, type Finished, type RunSettings } from './callctl.js'
import { callctlProcess } from './callctl-process.js'
import { peerCalls, type Workspace, withWorkspace } from './callctl-workspace.js'
import { type Certified, createAuthority } from './certificates.js'
import { clientId, type Entra, startEntra, tenantId } from './entra.js'
import { created, type GraphServer, type Recorded, type Reply, startGraphServer } from './graph-server.js'

export interface SecureWorld extends Workspace {
  readonly entra: Entra
  readonly graph: GraphServer
  /** What every run has in its environment, if the run does not say otherwise. */
  readonly environment: Readonly<Record<string, string>>
  /** Runs a command; a variable that is undefined is not set. */
  run(words: readonly string[], environment?: Environment): Promise<Finished>
  /** The same as a process of its own: where a library reads the process's environment and folder itself. */
  runProcess(words: readonly string[], environment?: Environment): Promise<Finished>
}

export interface WorldSettings {
  readonly names?: readonly string[]
  onGraph?(request: Recorded, count: number): Reply
  onSignIn?(request: Recorded, count: number): Reply
  /** Of Graph; one of the world's own authority for 127.0.0.1 and graph.test when absent. */
  readonly certified?: Certified
}

export const secret = 'canary-of-the-client-secret'

/** Where nothing else is said, callctl signs in with a secret, and Graph places every call. */
export const withSecureWorld = (
  settings: WorldSettings,
  work: (world: SecureWorld) => Promise<void>,
): Promise<void> =>
  withWorkspace(peerCalls(settings.names ?? ['one']), async (workspace) => {
    const entra = await startEntra(settings.onSignIn)
    const graph = await startGraph(settings, entra)
    const certificates = join(workspace.folder, 'authority.crt')
    writeFileSync(certificates, entra.authority.certificate)
    const usual = {
      CALLCTL_GRAPH_ROOT: graph.url,
      AZURE_AUTHORITY_HOST: entra.url,
      AZURE_TENANT_ID: tenantId,
      AZURE_CLIENT_ID: clientId,
      AZURE_CLIENT_SECRET: secret,
      NODE_EXTRA_CA_CERTS: certificates,
    }
    try {
      const settingsWith = (environment: Environment): RunSettings => ({
        cwd: workspace.folder,
        environment: { ...usual, ...environment },
      })
      const run: SecureWorld['run'] = (words, environment = {}) => callctl(words, settingsWith(environment))
      const runProcess: SecureWorld['run'] = (words, environment = {}) =>
        callctlProcess(words, settingsWith(environment))
      await work({ ...workspace, entra, graph, environment: usual, run, runProcess })
    } finally {
      await Promise.all([entra.close(), graph.close()])
    }
  })

function startGraph({ onGraph, certified }: WorldSettings, entra: Entra): Promise<GraphServer> {
  let count = 0
  const reply = (request: Recorded): Reply => {
    count += 1
    return onGraph?.(request, count) ?? created(`call-${count}`)
  }
  const own = { name: 'graph', hosts: ['127.0.0.1', 'graph.test'] }
  return startGraphServer(reply, certified ?? entra.authority.issue(own))
}

/** For a Graph that nobody vouches for. */
export const strangersCertificate = (hosts: readonly string[]): Certified =>
  createAuthority('Stranger').issue({ name: 'graph', hosts })
