import { resolve } from 'node:path'
import { UsageError } from '../../model/errors.js'
import { type ExitCode, exitCodes } from '../../model/exit-code.js'
import type { Host } from '../../model/host.js'
import type { LiveElsewhere } from '../../model/record/live-elsewhere.js'
import { plural } from '../../model/words/count.js'
import { didYouMean } from '../../model/words/suggest.js'
import type { RecordPlace } from '../../record/folders/folders.js'
import { loadRecord, rebuildLockfile } from '../../record/load-record.js'
import { mergeFiles } from '../../record/lockfile/merge-files.js'
import { describeOwner } from '../../record/run-lock/lock-owner.js'
import { releaseRunLock } from '../../record/run-lock/run-lock.js'
import { verifyRecord } from '../../record/verify-record.js'
import { formatJson } from '../../report/diagnostics/diagnostics-json.js'
import { describeLiveElsewhere } from '../../report/record/live-elsewhere-text.js'
import {
  formatDoubles,
  formatEntries,
  formatFindings,
  formatKept,
  formatTwins,
} from '../../report/record/lock-text.js'
import { showText } from '../../report/text/paint.js'
import { lookElsewhere } from '../../work/apply/live-elsewhere.js'
import { findOwnPlace, findPlace } from '../../work/workspace/find-place.js'
import { withRunLock } from '../../work/workspace/with-run-lock.js'
import type { Arguments } from '../frame/arguments.js'
import { withErrorDocument } from '../frame/error-codes.js'
import { readGraphOptions } from '../frame/read-options.js'
import { tellElsewhere } from '../frame/tell-elsewhere.js'
import { worldOf } from '../frame/world-of.js'

type Care = (args: Arguments, host: Host) => Promise<ExitCode>

/** Care for the lockfile: shows, checks, rebuilds, merges it, and frees the run lock. */
export async function lock(args: Arguments, host: Host): Promise<ExitCode> {
  const [name = ''] = args.positionals
  const care = cares.get(name)
  if (care === undefined) {
    throw new UsageError(
      name === '' ? 'Say what to do with the lockfile.' : `There is no \`lock ${name}\`.`,
      didYouMean(/unlock/.test(name) ? 'release' : name, cares.keys()),
    )
  }
  if (name !== 'merge' && args.positionals.length > 1)
    throw new UsageError(`\`lock ${name}\` takes no names.`)
  return withErrorDocument(args, host, () => care(args, host))
}

function lookAround(place: RecordPlace, args: Arguments, host: Host): readonly LiveElsewhere[] {
  const elsewhere = lookElsewhere(place, readGraphOptions(args), host)
  tellElsewhere(elsewhere, host)
  return elsewhere
}

const show: Care = async (args, host) => {
  const place = await findPlace(readGraphOptions(args), worldOf(args, host))
  const { lockfile } = loadRecord(place)
  const elsewhere = describeLiveElsewhere(lookAround(place, args, host))
  if (args.has('json')) {
    const { lineage, calls, forgotten } = lockfile
    host.stdout.write(
      formatJson({ lineage, calls, ...(forgotten !== undefined && { forgotten }), ...elsewhere }),
    )
  } else host.stdout.write(formatEntries(lockfile, host.terminal.stdout))
  return exitCodes.done
}

const verify: Care = async (args, host) => {
  const place = await findPlace(readGraphOptions(args), worldOf(args, host))
  const elsewhere = describeLiveElsewhere(lookAround(place, args, host))
  const findings = await verifyRecord(place)
  if (args.has('json')) host.stdout.write(formatJson({ findings, ...elsewhere }))
  else host.stdout.write(formatFindings(findings, host.terminal.stdout))
  return findings.some(({ isFault }) => isFault) ? exitCodes.record : exitCodes.done
}

const rebuild: Care = async (args, host) => {
  const place = await findPlace(readGraphOptions(args), worldOf(args, host))
  lookAround(place, args, host)
  return withRunLock(place, host, 'lock rebuild', async () => {
    const { calls } = rebuildLockfile(place, host.uuid())
    const count = plural(Object.keys(calls).length, 'address', 'addresses')
    host.stdout.write(`${showText(place.lockfile)}: ${count}.\n`)
    return exitCodes.done
  })
}

const release: Care = async (args, host) => {
  // The lock lies on this machine: whether a database answers is nothing to it.
  const place = findOwnPlace(readGraphOptions(args), worldOf(args, host))
  lookElsewhere(place, readGraphOptions(args), host)
  const state = await releaseRunLock(place)
  const owner =
    'owner' in state && state.owner !== undefined ? describeOwner(state.owner) : 'an unreadable record'
  host.stdout.write(state.kind === 'free' ? 'The run lock is free.\n' : `Released: ${showText(owner)}.\n`)
  return exitCodes.done
}

/** As git's merge driver: `callctl lock merge %O %A %B %P`. Any exit code but 0 leaves the path in conflict. */
const merge: Care = async (args, host) => {
  const [, base, ours, theirs, name = ours] = args.positionals
  if (base === undefined || ours === undefined || theirs === undefined || name === undefined) {
    throw new UsageError('`lock merge` takes BASE OURS THEIRS and, for messages, the lockfile’s PATH.')
  }
  const files = { ours: resolve(host.cwd, ours), theirs: resolve(host.cwd, theirs), name }
  const { doubles, twins, kept } = mergeFiles(files)
  host.stderr.write(
    `${formatDoubles(name, doubles, host.terminal.stderr)}${formatTwins(twins)}${formatKept(kept)}`,
  )
  return doubles.length === 0 ? exitCodes.done : exitCodes.record
}

const cares: ReadonlyMap<string, Care> = new Map([
  ['show', show],
  ['verify', verify],
  ['rebuild', rebuild],
  ['release', release],
  ['merge', merge],
])
