import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { apply, makeRoom, withBench } from './bench.js'
import { withSimulator } from './simulator-process.js'
import { readTrace, type TracedCall, tracing, whyNoTrace, writingCalls } from './strace.js'
import { type SuiteReport, skipped } from './suite-report.js'

/**
 * What must have happened, one after another, by the time a call is recorded
 * (docs/reliability.md#how-a-call-is-placed).
 */
const steps = [
  'claim written',
  'claim synced',
  'linked',
  'folder synced',
  'sent',
  'slot written',
  'slot synced',
]

// Calls may be cut in two, where another thread made one meanwhile.

/** Written from byte 4096 on. */
const slotWritten = / 4096(?:\) = \d+$| <unfinished \.\.\.>$)/

/** The folder of the new name. */
const linkedTo = /"(\/[^"]*)\/[^"/]*"(?:\) = 0| <unfinished \.\.\.>)$/

export interface OrderFinding {
  /** Requests seen. */
  readonly sent: number
  readonly violations: readonly string[]
}

/** Checks every request of a trace: nothing leaves before its claim is durable; with `whole`, each is also recorded. */
export function checkOrder(trace: readonly TracedCall[], whole = true): OrderFinding {
  const claims = new Map<string, string[]>()
  const violations: string[] = []
  const attempts = { sent: 0 }
  const note = (id: string, step: string): void => {
    const done = claims.get(id) ?? []
    claims.set(id, done)
    if (step === 'sent') attempts.sent += 1
    const wanted = steps.indexOf(step)
    const missing = steps.slice(0, wanted).filter((each) => !done.includes(each))
    const matters = step === 'sent' || whole
    if (matters && missing.length > 0) violations.push(`${id}: ${step} before ${missing.join(', ')}`)
    done.push(step)
  }
  /** Published, but not yet synced by name. */
  const linked = new Map<string, string>()
  for (const { call, text, failed } of trace) {
    if (failed) continue
    // The record's own names, `.claim-LINEAGE.origin` and the like, are no attempts'.
    const id = /\.claim-([0-9a-f-]{36})(?=[">])/.exec(text)?.[1]
    const posted = /"POST .*client-request-id: ([0-9a-f-]{36})/i.exec(text)?.[1]
    if (posted !== undefined) note(posted, 'sent')
    else if (call === 'link' && id !== undefined) {
      note(id, 'linked')
      linked.set(id, linkedTo.exec(text)?.[1] ?? '')
    } else if (call === 'fsync' && id === undefined) syncFolder(text, linked, note)
    else if (call === 'fsync' && id !== undefined) {
      note(id, claims.get(id)?.includes('linked') ? 'slot synced' : 'claim synced')
    } else if (call === 'pwrite64' && id !== undefined) {
      note(id, slotWritten.test(text) ? 'slot written' : 'claim written')
    }
  }
  if (whole) violations.push(...findUnfinished(claims))
  return { sent: attempts.sent, violations }
}

function syncFolder(
  text: string,
  linked: Map<string, string>,
  note: (id: string, step: string) => void,
): void {
  const folder = /<(\/[^>]*)>/.exec(text)?.[1]
  for (const [id, name] of linked) {
    if (name !== folder) continue
    note(id, 'folder synced')
    linked.delete(id)
  }
}

function findUnfinished(claims: ReadonlyMap<string, readonly string[]>): readonly string[] {
  return [...claims]
    .filter(([, done]) => done.includes('sent') && !done.includes('slot synced'))
    .map(([id]) => `${id}: sent, and its outcome was never synced`)
}

export interface OrderSettings {
  readonly calls: number
  readonly bundle?: string | undefined
}

/** What the kernel saw of one apply. */
export async function runOrder({ calls, bundle }: OrderSettings): Promise<SuiteReport> {
  const reason = whyNoTrace()
  if (reason !== undefined) return skipped('order', reason)
  return withBench(
    (bench) =>
      withSimulator(bench, '', async (simulator) => {
        const room = makeRoom(bench, calls)
        const output = join(bench.folder, 'trace')
        const ended = await apply(bench, simulator.url, {
          cwd: room.folder,
          prefix: tracing(output, writingCalls),
        })
        const { sent, violations } = checkOrder(readTrace(readFileSync(output, 'utf8')))
        const complaints = [...violations]
        if (ended.code !== 0) complaints.push(`apply ended with ${ended.code}: ${ended.stderr}`)
        if (sent !== calls) complaints.push(`${sent} requests were seen, not ${calls}`)
        return { suite: 'order', figures: [`${sent} requests in order`], violations: complaints }
      }),
    bundle,
  )
}
