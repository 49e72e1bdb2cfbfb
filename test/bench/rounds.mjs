// Interleaved rounds: what else the machine does meets every contender alike.

import { peakMemoryOf, timeOf } from './processes.mjs'

/**
 * Runs every contender once in each round. The first is what the others are compared with: a ratio is the
 * median of the ratios within the rounds, which drifts less than the ratio of two medians.
 */
export function measure({ contenders, check }, rounds) {
  const peaks = contenders.map((contender) => measureOnce(contender, peakMemoryOf))
  check?.()
  const times = contenders.map(() => [])
  for (let round = 0; round < rounds; round++) {
    for (const index of rotated(contenders.length, round))
      times[index].push(measureOnce(contenders[index], timeOf))
  }
  const ratio = (index, to) => round2(median(times[index].map((time, round) => time / times[to][round])))
  const own = contenders.findIndex(({ name }) => name.startsWith('callctl '))
  return contenders.map(({ name, calls, isPeer }, index) => ({
    name,
    ratio: ratio(index, 0),
    ...(isPeer && own !== -1 && { againstCallctl: ratio(index, own) }),
    ...summarize(times[index]),
    peakMebibytes: Math.round(peaks[index]),
    ...(calls !== undefined && { microsecondsPerCall: Math.round((median(times[index]) * 1000) / calls) }),
  }))
}

/** A contender may know a better time than that of its whole process, and make one from it. */
function measureOnce({ command, before, time }, how) {
  before?.()
  const measured = how(command)
  return how === timeOf && time !== undefined ? time(measured) : measured
}

// Each takes its turn at being first, so that none always runs in the wake of the same other.
const rotated = (length, by) => Array.from({ length }, (_, index) => (index + by) % length)

function summarize(times) {
  return {
    median: round2(median(times)),
    minimum: round2(Math.min(...times)),
    maximum: round2(Math.max(...times)),
  }
}

export function median(values) {
  const sorted = [...values].sort((left, right) => left - right)
  const middle = sorted.length / 2
  return (sorted[Math.floor(middle)] + sorted[Math.ceil(middle) - 1]) / 2
}

const round2 = (value) => Math.round(value * 100) / 100
