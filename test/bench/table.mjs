// Figures to text of at most 80 columns.

const columns = ['ratio', 'median', 'min', 'max', 'MiB']

export function formatGroup({ title, rounds, results }) {
  const head = line('', columns)
  return [
    `${title}, ${rounds} rounds`,
    head,
    ...results.map((result) => line(`  ${result.name}`, cells(result))),
  ].join('\n')
}

const cells = ({ ratio, median, minimum, maximum, peakMebibytes, microsecondsPerCall }) => [
  ratio.toFixed(2),
  ...[median, minimum, maximum].map(formatTime),
  String(peakMebibytes),
  ...(microsecondsPerCall === undefined ? [] : [`  ${microsecondsPerCall} µs a call`]),
]

const line = (name, values) => name.padEnd(38) + values.map((value) => value.padStart(8)).join('')

const formatTime = (time) => (time < 1000 ? `${time.toFixed(0)} ms` : `${(time / 1000).toFixed(2)} s`)
