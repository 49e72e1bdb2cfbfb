import type { Agent } from 'node:http'
import { loadOnce } from './load-once.js'

/** The fetch of cross-fetch, which on Node is node-fetch 2 and takes an agent. */
export type Fetch = (url: string, request: FetchRequest) => Promise<Response>

export interface FetchRequest extends RequestInit {
  readonly agent: Agent
  /** Whether to unpack bodies by itself. */
  readonly compress: boolean
}

/** Loaded at the first request: commands that send none start faster. */
export const loadFetch: () => Promise<Fetch> = loadOnce(async () => (await import('cross-fetch')).default)
