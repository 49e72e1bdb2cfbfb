// The body of an operation on a live call: read, checked against its schema, and made the text that is sent.

import * as bodies from '../../../schema/bodies.generated.js'
import type { CallShapes } from '../../../schema/shapes.js'
import type { Validate } from '../../../schema/validators.js'
import type { GraphTarget, GraphVersion } from '../../model/call.js'
import { type Checked, createDiagnostic, type Diagnostic } from '../../model/diagnostics/diagnostic.js'
import { plain, quote, type Words } from '../../model/diagnostics/wording.js'
import type { JsonObject } from '../../model/json.js'
import { type Document, literalValue, type Node } from '../../model/language/document.js'
import type { Settings } from '../../model/language/settings.js'
import type { Range, Source } from '../../model/language/source.js'
import type { BodyName } from '../../model/operation.js'
import type { Callee } from '../../model/payload.js'
import { tokensOf } from '../../model/pointer.js'
import { parse } from '../yaml/parse.js'
import { Arranger } from './arrange.js'
import { callSchemas } from './call-schemas.js'
import { digestOf, formatCall } from './canonical.js'
import { inspect } from './inspect.js'
import { type BodyFault, findBodyFaults, partiesOf } from './lint-body.js'
import { validateWith } from './validate.js'

const validators: Readonly<Record<GraphVersion, Readonly<Record<BodyName, Validate>>>> = {
  'v1.0': {
    context: bodies.contextBodyV1,
    invite: bodies.inviteBodyV1,
    transfer: bodies.transferBodyV1,
    play: bodies.playBodyV1,
    record: bodies.recordBodyV1,
    tones: bodies.tonesBodyV1,
    recordingStatus: bodies.recordingStatusBodyV1,
    muteAll: bodies.muteAllBodyV1,
    transcription: bodies.transcriptionBodyV1,
    hold: bodies.holdBodyV1,
    routing: bodies.routingBodyV1,
  },
  beta: {
    context: bodies.contextBodyBeta,
    invite: bodies.inviteBodyBeta,
    transfer: bodies.transferBodyBeta,
    play: bodies.playBodyBeta,
    record: bodies.recordBodyBeta,
    tones: bodies.tonesBodyBeta,
    recordingStatus: bodies.recordingStatusBodyBeta,
    muteAll: bodies.muteAllBodyBeta,
    transcription: bodies.transcriptionBodyBeta,
    hold: bodies.holdBodyBeta,
    routing: bodies.routingBodyBeta,
  },
}

/** What is sent, and whom it rings. */
export interface OperationBody {
  readonly value: JsonObject
  readonly text: string
  /** SHA-256 (hex) of its RFC 8785 form, without `clientContext`. */
  readonly digest: string
  readonly people: readonly Callee[]
  readonly numbers: readonly Callee[]
}

/** A body as the command line gave it: an object, and the file that it stands in. */
export interface GivenBody {
  readonly value: JsonObject
  readonly document?: Document
}

/** A YAML or JSON map. Its text is data: `{{…}}` in it stays as it is. */
export function readBody(source: Source): Checked<GivenBody | undefined> {
  const { value: document, diagnostics } = parse(source)
  const value =
    document === undefined ? undefined : { value: literalValue(document.root) as JsonObject, document }
  return { value, diagnostics }
}

/** Complaints point into the body's file, where it has one. The value is there when nothing is an error. */
export function checkBody(
  given: GivenBody,
  name: BodyName,
  target: GraphTarget,
  severities: Settings['severities'],
): Checked<OperationBody> {
  const schema = schemaOf(name, target.version)
  const problems = validateWith(validators[target.version][name], given.value, {
    shapes: schema,
    words: target.version,
  })
  const found: readonly BodyFault[] =
    problems.length > 0 ? problems : findBodyFaults(given.value, name, target)
  const diagnostics = found.flatMap(
    ({ code, message, pointer, isAboutName, hint, isHarmless }): readonly Diagnostic[] => {
      const range = rangeOf(given.document, pointer, isAboutName)
      const diagnostic = createDiagnostic(code, withPlace(message, pointer, range), {
        pointer,
        ...(range !== undefined && { range }),
        ...(hint !== undefined && { hint }),
      })
      const severity = severities.get(code) ?? (isHarmless ? 'warning' : 'error')
      return severity === 'off' ? [] : [{ ...diagnostic, severity }]
    },
  )
  return { value: createBody(given.value, schema, name), diagnostics }
}

/** A body from options has no file to point into. */
const withPlace = (message: Words, pointer: string, range: Range | undefined): Words =>
  range !== undefined || pointer === ''
    ? message
    : quote`${plain(pointer.slice(1).replaceAll('/', '.'))}: ${plain(message)}`

const schemaOf = (name: BodyName, version: GraphVersion): CallShapes => ({
  root: `${name}Body`,
  types: { ...callSchemas[version]().shapes.types, ...bodies.bodyTypes[version] },
})

/** In characters: more than any file holds. */
const maximumBody = 16 * 1024 * 1024

function createBody(given: JsonObject, schema: CallShapes, name: BodyName): OperationBody {
  const value = new Arranger(schema, maximumBody).arrange(given)?.value ?? given
  const { clientContext: _own, ...rest } = value
  const { people, numbers } = inspect({ targets: partiesOf(value, name) })
  return { value, text: formatCall(value), digest: digestOf(rest), people, numbers }
}

/** Where a value of the body, or its name, stands in the file; the nearest one around it where it is not there. */
function rangeOf(document: Document | undefined, pointer: string, isAboutName: boolean): Range | undefined {
  if (document === undefined) return undefined
  let node: Node = document.root
  let range: Range = startOfMap(node)
  for (const token of tokensOf(pointer)) {
    const next: Node | undefined = childOf(node, token)
    if (next === undefined) return range
    const isName = isAboutName && node.kind === 'map'
    range = isName ? keyRange(node, token) : next.range
    node = next
  }
  return range
}

/** A frame of the whole file would show nothing. */
function startOfMap(node: Node): Range {
  const first = node.kind === 'map' ? node.entries[0] : undefined
  return first?.key.range ?? node.range
}

function childOf(node: Node, token: string): Node | undefined {
  if (node.kind === 'list') return node.items[Number(token)]
  return node.kind === 'map' ? node.entries.find(({ key }) => String(key.value) === token)?.value : undefined
}

const keyRange = (node: Node, token: string): Range =>
  (node.kind === 'map'
    ? node.entries.find(({ key }) => String(key.value) === token)?.key.range
    : undefined) ?? node.range
