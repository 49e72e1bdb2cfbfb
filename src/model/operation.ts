import type { Answer, GraphTarget } from './call.js'
import type { Callee } from './payload.js'
import type { Outcome, Witness } from './record/attempt.js'

/** What can be done to a live call, as the command line names it. */
export type OperationName =
  | 'get'
  | 'keep-alive'
  | 'participants'
  | 'participant'
  | 'operation'
  | 'mute'
  | 'unmute'
  | 'mute-participant'
  | 'remove-participant'
  | 'cancel-media'
  | 'subscribe-to-tone'
  | 'play'
  | 'record'
  | 'dtmf'
  | 'update-recording-status'
  | 'mute-all'
  | 'start-recording'
  | 'stop-recording'
  | 'start-transcription'
  | 'stop-transcription'
  | 'hold'
  | 'unhold'
  | 'admit'
  | 'admit-all'
  | 'remove-from-lobby'
  | 'routing-groups'
  | 'whisper'
  | 'update-whisper'
  | 'end-whisper'
  | 'invite'
  | 'transfer'

/** The body that an operation sends. */
export type BodyName =
  | 'context'
  | 'invite'
  | 'transfer'
  | 'play'
  | 'record'
  | 'tones'
  | 'recordingStatus'
  | 'muteAll'
  | 'transcription'
  | 'hold'
  | 'routing'

/**
 * What doing it a second time means: nothing (`reads`, `repeats`), something that is heard twice (`acts`), or
 * people rung twice (`rings`).
 */
export type Effect = 'reads' | 'repeats' | 'acts' | 'rings'

export interface OperationKind {
  readonly name: OperationName
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** After the call's own route. `{id}` stands for the one name that it takes besides the address. */
  readonly path: string
  readonly effect: Effect
  readonly body?: BodyName
  /** The calls that the documentation has it for; all of them when absent. */
  readonly onlyOn?: 'group' | 'service-hosted'
  /** The version of Graph that alone has it: it is asked for there, whatever the call was placed with. */
  readonly onlyIn?: 'beta'
  /** Whether national clouds lack it. */
  readonly isGlobal?: true
}

/** One request about a live call. */
export interface OperationRequest {
  readonly method: OperationKind['method']
  readonly path: string
  /** UUID, sent as `client-request-id`. */
  readonly operationId: string
  /** Sent byte for byte. */
  readonly text?: string
  /** Just before the first byte: throws NotSentError where nothing may be sent any more. */
  look?(): void
}

/** A fresh connection to Graph for one request about one call. */
export interface OperationConnection {
  /** Throws NotSentError or LostAnswerError when there is no answer. */
  send(request: OperationRequest): Promise<Answer>
  /** True while the peer has not closed it. */
  isOpen(): boolean
  close(): void
}

/** Graph's operations, as the stages see them. */
export interface CallOperations {
  /** DNS, TCP and TLS on a fresh socket. Throws NotSentError. */
  connect(target: GraphTarget, callId: string): Promise<OperationConnection>
}

/** An operation that rings people, published before it is sent. Holds no names and numbers of people. */
export interface RingClaim {
  readonly address: string
  /** 1 for the address's first; the claim's name is `ADDRESS@number`. */
  readonly number: number
  /** UUID, new for each request sent. */
  readonly operationId: string
  readonly operation: 'invite' | 'transfer'
  readonly callId: string
  /** SHA-256 (hex) of what is sent, without `clientContext`. */
  readonly digest: string
  /** The user's own word for what is to be done once. */
  readonly once?: string
  /** How many people and numbers it rings. */
  readonly rings: number
  /** Route of the request, such as `/v1.0/communications/calls/ID/transfer`. */
  readonly route: string
  readonly cloud: string
  /** ISO 8601, UTC. */
  readonly claimedAt: string
  /** Login name of who ran callctl. */
  readonly operator?: string
}

export type RingOutcome =
  | {
      /** Graph said yes: people are rung. */
      readonly kind: 'accepted'
      /** Absent when a person says so. */
      readonly status?: number
      /** Graph's id of the operation, where it gave one. */
      readonly graphOperation?: string
      readonly requestId?: string
      readonly witness?: Witness
      readonly at: string
    }
  | Exclude<Outcome, { readonly kind: 'placed' }>

/** A claim as found on disk. Without an outcome, or damaged, its result is unknown. */
export interface RecordedRing extends RingClaim {
  readonly outcome?: RingOutcome
  /** Why the record cannot be read in full. */
  readonly damage?: string
}

/** Durable storage of operations that ring. */
export interface Rings {
  /** As Attempts.claim: false when somebody else has the name; throws RecordError. Then nothing may be sent. */
  claim(claim: RingClaim): boolean | Promise<boolean>
  /** As Attempts.isOpen. */
  isOpen?(claim: RingClaim): boolean
  /** Writes the outcome durably. Throws RecordError; the outcome was then kept elsewhere, or is in its message. */
  settle(claim: RingClaim, outcome: RingOutcome): void | Promise<void>
}

/** Whom an invitation or transfer would ring. */
export interface RingReport {
  readonly address: string
  readonly operation: 'invite' | 'transfer'
  readonly people: readonly Callee[]
  readonly numbers: readonly Callee[]
  readonly destination: string
}

/** What is known of a live call. */
export interface CallFacts {
  readonly kind?: 'peer-to-peer' | 'pstn' | 'group' | 'meeting-join' | 'guest-join'
  readonly media?: 'service-hosted' | 'app-hosted'
  /** Whether an application instance placed it. */
  readonly hasInstance?: boolean
  /** Whether it has a chat. */
  readonly hasChat?: boolean
  /** Graph's state of it, or `gone`. */
  readonly state?: string
}

/** Somebody in a call, as Graph lists them. */
export interface SeenParticipant {
  readonly id: string
  readonly name?: string
  /** Of a directory user, guest or app. */
  readonly identity?: string
  readonly number?: string
  readonly isMuted: boolean
  readonly isInLobby: boolean
}

/** Who hears whom in a call, beside the common mix. */
export interface SeenRoutingGroup {
  readonly id: string
  /** `oneToOne` or `multicast`. */
  readonly mode: string
  /** Ids of participants. */
  readonly sources: readonly string[]
  readonly receivers: readonly string[]
}

/** What Graph says of an operation that was asked for. */
export interface SeenOperation {
  readonly id?: string
  readonly status?: string
  readonly clientContext?: string
  readonly completionReason?: string
  readonly result?: { readonly code?: number; readonly subcode?: number; readonly message?: string }
}
