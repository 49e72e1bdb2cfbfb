/** A call as Graph knows it, and the port through which the stages reach Graph. */

export type Cloud = 'global' | 'us-gov' | 'us-gov-dod'
export type GraphVersion = 'v1.0' | 'beta'
export type Collection = 'communications' | 'app' | 'application'

/** Where a call is created. `applicationId` belongs to the collection `application` alone. */
export interface GraphTarget {
  readonly cloud: Cloud
  readonly version: GraphVersion
  readonly collection: Collection
  readonly applicationId?: string
}

/** What Graph answered to one request, read leniently. */
export interface Answer {
  readonly status: number
  /** Graph's id of this request, for a support ticket. */
  readonly requestId?: string
  /** The call's properties, when the answer was a readable JSON object. */
  readonly call?: { readonly [key: string]: unknown }
  /** The call's id, from the body or else from `Location`; absent when neither holds a plausible one. */
  readonly callId?: string
  /** The unwrapped error of an answer that is one. */
  readonly error?: { readonly code: string; readonly message: string }
  /** Seconds to wait, possibly fractional; absent when the header is absent or unreadable. */
  readonly retryAfter?: number
  /**
   * Other ids of what may be a call: of an answer that refuses, fails or lacks `callId`, whatever it names and was not
   * sent; of a success with one, the other that its `Location` has.
   */
  readonly named?: readonly string[]
  /** Something stands where a call's id does, and has no id's form; never of a success with `callId`. */
  readonly namesUnreadable?: true
  /** The body ended before its end, or stays packed: what it says is not all. */
  readonly isCut?: true
  /** The start of the body, only where it could not be read as a call, or names one all the same: for a person. */
  readonly raw?: string
}

/** The ids that one POST carries. */
export interface CreateRequest {
  /** Attempt id: sent as `client-request-id` and `Scenario-Id`. */
  readonly attemptId: string
  /** The reviewed payload, sent byte for byte. */
  readonly text: string
  /** The last look around, just before the first byte: throws NotSentError where nothing may be sent any more. */
  look?(): void
}

/** A fresh connection to Graph that has carried no request yet. */
export interface Connection {
  /** Sends one POST. Throws NotSentError or LostAnswerError when there is no answer. */
  create(request: CreateRequest): Promise<Answer>
  /** True while the peer has not closed it. */
  isOpen(): boolean
  close(): void
}

/** What signing in came to. */
export interface SignedIn {
  /** Application permissions that the token holds; absent when it cannot be read, as a simulator's. */
  readonly roles?: readonly string[]
}

/** Graph, as the stages see it. `graph/` implements it; tests use fakes. */
export interface Calls {
  /** Gets a token that lasts at least five minutes. Throws SignInError. */
  signIn(): Promise<SignedIn>
  /** Drops the token, so that the next signIn fetches a new one. */
  forgetToken(): void
  /** DNS, TCP and TLS on a fresh socket. Throws NotSentError. */
  connect(target: GraphTarget): Promise<Connection>
  /** Live state of a call. Throws NotSentError or LostAnswerError. */
  get(target: GraphTarget, callId: string): Promise<Answer>
  /** Ends a call. Safe to repeat. Throws NotSentError or LostAnswerError. */
  hangUp(target: GraphTarget, callId: string): Promise<Answer>
}

/** The collection's route, such as `/v1.0/communications/calls`: a lockfile entry's `endpoint`. */
export function formatEndpoint(target: GraphTarget): string {
  if (target.collection === 'application') {
    return `/${target.version}/applications/${encodeURIComponent(target.applicationId ?? '')}/calls`
  }
  return `/${target.version}/${target.collection}/calls`
}

const endpointForm =
  /^\/(v1\.0|beta)\/(?:(communications|app)|applications\/([A-Za-z0-9._%-]{1,128}))\/calls$/

/** The reverse of formatEndpoint; undefined for anything else, as for a cloud that callctl does not know. */
export function parseEndpoint(endpoint: string, cloud = 'global'): GraphTarget | undefined {
  const match = endpointForm.exec(endpoint)
  if (match === null || !isCloud(cloud)) return undefined
  const version = match[1] as GraphVersion
  if (match[3] === undefined) return { cloud, version, collection: match[2] as Collection }
  try {
    return { cloud, version, collection: 'application', applicationId: decodeURIComponent(match[3]) }
  } catch {
    // A stray `%`.
    return undefined
  }
}

const isCloud = (cloud: string): cloud is Cloud =>
  cloud === 'global' || cloud === 'us-gov' || cloud === 'us-gov-dod'
