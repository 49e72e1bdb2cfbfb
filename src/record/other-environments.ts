import { readdirSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import type { LiveElsewhere } from '../model/record/live-elsewhere.js'
import type { Entry } from '../model/record/lockfile.js'
import { findRecordPlace, type RecordUse } from './folders/folders.js'
import { loadRecord } from './load-record.js'

const lockfileForm = /^(?:calls|simulator)(?:\.(.+))?\.lock\.json$/

/**
 * Environments of a workspace, but the one that is used, with calls that are live as far as their records know. One
 * whose record cannot be read says so when it is asked for.
 */
export function findLiveElsewhere(root: string, use: RecordUse): readonly LiveElsewhere[] {
  const { lockfile } = findRecordPlace(root, use)
  const { environmentName: _, ...others } = use
  return namesBeside(lockfile).flatMap((name) => {
    const environment = environmentOf(name)
    const live = countLive(root, {
      ...others,
      ...(environment !== undefined && { environmentName: environment }),
    })
    return live === 0 ? [] : [{ live, ...(environment !== undefined && { environment }) }]
  })
}

function namesBeside(lockfile: string): readonly string[] {
  try {
    const names = readdirSync(dirname(lockfile)).filter((name) => lockfileForm.test(name))
    return names.filter((name) => name !== basename(lockfile)).sort()
  } catch {
    return []
  }
}

function environmentOf(name: string): string | undefined {
  const encoded = lockfileForm.exec(name)?.[1]
  try {
    return encoded === undefined ? undefined : decodeURIComponent(encoded)
  } catch {
    return encoded
  }
}

function countLive(root: string, use: RecordUse): number {
  try {
    return Object.values(loadRecord({ ...findRecordPlace(root, use), isEnough: true }).lockfile.calls).filter(
      isLive,
    ).length
  } catch {
    return 0
  }
}

/** An outcome that is not known may be a call. */
const isLive = ({ state }: Entry): boolean => state === 'placed' || state === 'uncertain'
