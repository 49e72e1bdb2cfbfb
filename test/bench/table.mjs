// Figures to text of at most 80 columns.

const columns = ['ratio', 'median', 'min', 'max', 'MiB']

export function formatGroup({ title, rounds, results, missing }) {
  const head = line('', columns)
  return [
    `${title}, ${rounds} rounds`,
    head,
    ...results.map((result) => line(`  ${result.name}`, cells(result))),
    ...results.filter(({ againstCallctl }) => againstCallctl !== undefined).map(formatPeer),
    ...missing.map((program) => `  not installed, not measured: ${program}`),
  ].join('\n')
}

const cells = ({ ratio, median, minimum, maximum, peakMebibytes, microsecondsPerCall }) => [
  ratio.toFixed(2),
  ...[median, minimum, maximum].map(formatTime),
  String(peakMebibytes),
  ...(microsecondsPerCall === undefined ? [] : [`  ${microsecondsPerCall} µs a call`]),
]

const formatPeer = ({ name, againstCallctl }) =>
  `  callctl is ${againstCallctl.toFixed(2)} times as fast as ${name.replace(/ \(.*/, '')}`

const line = (name, values) => name.padEnd(38) + values.map((value) => value.padStart(8)).join('')

const formatTime = (time) => (time < 1000 ? `${time.toFixed(0)} ms` : `${(time / 1000).toFixed(2)} s`)
