import type { Entry } from '../model/record/lockfile.js'

/** What is needed to end a call: an entry, or one of its earlier attempts. */
export type LiveCall = Pick<Entry, 'callId' | 'endpoint' | 'cloud' | 'tenantId'>
