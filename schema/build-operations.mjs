// The bodies of operations on a live call, for the versions that have them. Pure.
const VERSIONS = ['v1.0', 'beta']
const NAMES = [
  ...['context', 'invite', 'transfer', 'play', 'record', 'tones'],
  ...['recordingStatus', 'muteAll', 'transcription', 'hold', 'routing'],
]

/** Exports of bodies.generated.js to version and definition. */
export const BODIES = Object.fromEntries(
  VERSIONS.flatMap((version) =>
    NAMES.map((name) => [`${name}Body${version === 'beta' ? 'Beta' : 'V1'}`, [version, `${name}Body`]]),
  ),
)

/** Version to a schema whose definitions are the operations' own, as that version has them. */
export const operationSchemas = ({ definitions }) =>
  Object.fromEntries(VERSIONS.map((version) => [version, { definitions: keep(definitions, version) }]))

/** Version to the call schema with the operations' definitions beside its own: references lead into both. */
export const withCallTypes = (operations, schemas) =>
  Object.fromEntries(
    Object.entries(operations).map(([version, { definitions }]) => [
      version,
      { definitions: { ...schemas[version].definitions, ...definitions } },
    ]),
  )

function keep(node, version) {
  if (Array.isArray(node)) return node.map((each) => keep(each, version))
  if (typeof node !== 'object' || node === null) return node
  const kept = Object.entries(node).filter(
    ([key, value]) => key !== 'x-callctl-version' && (value?.['x-callctl-version'] ?? version) === version,
  )
  return Object.fromEntries(kept.map(([key, value]) => [key, keep(value, version)]))
}
