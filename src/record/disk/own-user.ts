import { statSync } from 'node:fs'
import { userInfo } from 'node:os'

/** The id of the user that callctl runs as; undefined where the system does not tell, and on Windows. */
export function findOwnUser(): number | undefined {
  try {
    const { uid } = userInfo()
    return uid === -1 ? undefined : uid
  } catch {
    // Containers run as any number, of which no list of users knows.
    return findProcessOwner()
  }
}

function findProcessOwner(): number | undefined {
  try {
    return statSync('/proc/self').uid
  } catch {
    return undefined
  }
}
