import type { GraphTarget } from './call.js'
import type { JsonObject } from './json.js'
import type { Range } from './language/source.js'

/** What a plan has to know of a call: all but the text, which only sending needs. */
export interface PayloadHead {
  readonly address: string
  readonly target: GraphTarget
  /** SHA-256 (hex) of the call's RFC 8785 form. */
  readonly digest: string
  /** The same with ids in small letters, where that differs: ids are equal whatever their letter case. */
  readonly foldedDigest?: string
  readonly touches: Touches
  /** The definition's leave to place the call again when its payload differs. */
  readonly onChange?: 'redial'
  /** The address that this call had before it was renamed. */
  readonly movedFrom?: string
  /** In a review: environment variables that are not set here and have a say in it, so that what is sent is not known. */
  readonly unset?: readonly string[]
  /** Values in which the environment has a say, sorted; absent where there are none. */
  readonly environment?: readonly EnvironmentMark[]
}

/** A value that comes, wholly or partly, from a variable of the environment that is no secret. */
export interface EnvironmentMark {
  /** JSON Pointer into the payload. */
  readonly pointer: string
  /** Of the variable. */
  readonly name: string
}

/** The variables by which the environment has a say in the value there, in what is around it or in it. */
export function namesAt(
  marks: readonly EnvironmentMark[] | undefined,
  at: string,
): readonly string[] | undefined {
  const names = marks?.filter(({ pointer }) => isWithin(pointer, at) || isWithin(at, pointer))
  return names === undefined || names.length === 0
    ? undefined
    : [...new Set(names.map(({ name }) => name))].sort()
}

const isWithin = (inner: string, outer: string): boolean => inner === outer || inner.startsWith(`${outer}/`)

/** What applying needs of a call. */
export interface PlannedPayload extends PayloadHead {
  /** The call's own. */
  readonly tenantId?: string
  /**
   * Canonical text: properties in schema order, two spaces, a newline at the end. Sent as it is. Of many calls it is
   * unpacked each time that it is asked for.
   */
  readonly text: string
  /** Values of other calls that it needs, known when those are placed; placeholders stand for them. */
  readonly references?: readonly Reference[]
  /**
   * The secrets that it needs, by placeholder; undefined for one that is not set. A function, so that no dump of a
   * payload holds them.
   */
  readonly revealSecrets?: () => ReadonlyMap<string, string | undefined>
}

/** A compiled call: what would be sent, where, and what that would touch. */
export interface Payload extends PlannedPayload {
  /** Where the definition's name stands. */
  readonly range: Range
  readonly description?: string
  /** Name of the template that it uses. */
  readonly template?: string
  readonly call: JsonObject
}

/** The same before its text is written, for whoever compares calls and sends none. */
export type UnwrittenPayload = Omit<Payload, 'text'>

/** Nothing of it leads back to the whole payload, so that a plan of many calls does not hold all their texts. */
export const headOf = ({
  address,
  target,
  digest,
  foldedDigest,
  touches,
  onChange,
  movedFrom,
  environment,
}: PayloadHead): PayloadHead => ({
  address,
  target,
  digest,
  ...(foldedDigest !== undefined && { foldedDigest }),
  touches,
  ...(onChange !== undefined && { onChange }),
  ...(movedFrom !== undefined && { movedFrom }),
  ...(environment !== undefined && { environment }),
})

/** What is left of a payload whose text is held elsewhere, from where `read` brings it back. */
export const planPayload = (payload: Payload, read: () => string): PlannedPayload => ({
  ...headOf(payload),
  ...(payload.tenantId !== undefined && { tenantId: payload.tenantId }),
  ...(payload.references !== undefined && { references: payload.references }),
  ...(payload.revealSecrets !== undefined && { revealSecrets: payload.revealSecrets }),
  get text() {
    return read()
  },
})

/**
 * The same payload without what has been filled in, its text made when it is sent. To copy its properties by `...` would
 * read the text, which is packed until then.
 */
export function withText(
  payload: PlannedPayload,
  filled: 'references' | 'revealSecrets',
  read: () => string,
): PlannedPayload {
  const { [filled]: _filled, ...properties } = Object.getOwnPropertyDescriptors(payload)
  const text = { get: read, enumerable: true, configurable: true }
  return Object.defineProperties({}, { ...properties, text }) as PlannedPayload
}

/** The tenant that a call names. */
export const tenantOf = ({ tenantId }: JsonObject): string | undefined =>
  typeof tenantId === 'string' ? tenantId : undefined

export interface Reference {
  readonly address: string
  readonly property: ReferenceProperty
  readonly placeholder: string
}

export type ReferenceProperty = 'id' | 'callChainId'

export type CallKind = 'peer-to-peer' | 'pstn' | 'group' | 'meeting-join' | 'guest-join'

/** What a call needs and touches, read from the payload alone. */
export interface Touches {
  readonly kind: CallKind
  /** Directory users (and other non-phone targets) that it rings. */
  readonly people: readonly Callee[]
  /** Phone numbers that it rings. */
  readonly numbers: readonly Callee[]
  /** Least-privileged application roles, spelled as in a token's `roles`. */
  readonly permissions: readonly string[]
}

export interface Callee {
  readonly id: string
  readonly name?: string
}

/** Where one value of a payload came from. `pointer` is a JSON Pointer into the payload. */
export interface Origin {
  readonly pointer: string
  readonly range: Range
  readonly variables: readonly VariableOrigin[]
}

/** A variable that went into a value, with its level of precedence and its place. */
export interface VariableOrigin {
  readonly name: string
  readonly level: VariableLevel
  readonly range?: Range
}

export type VariableLevel =
  | 'template default'
  | 'callctl.yaml'
  | 'environment'
  | 'file'
  | 'data'
  | 'with'
  | '--var-file'
  | '--var'
  | 'loop'
  | 'environment variable'
