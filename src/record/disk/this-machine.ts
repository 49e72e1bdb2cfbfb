import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'

/** What a process can see and what can see it. Absent where this system does not tell. */
export interface Machine {
  readonly host: string
  readonly machineId?: string
  readonly bootId?: string
  readonly pidNamespace?: string
  readonly netNamespace?: string
}

/** What this process can see of its machine. */
export function thisMachine(): Machine {
  return {
    host: hostname(),
    ...optional('machineId', readText('/etc/machine-id')),
    ...optional('bootId', readText('/proc/sys/kernel/random/boot_id')),
    ...optional('pidNamespace', readTarget('/proc/self/ns/pid')),
    ...optional('netNamespace', readTarget('/proc/self/ns/net')),
  }
}

const optional = <Key extends string>(
  key: Key,
  value: string | undefined,
): { readonly [key in Key]?: string } =>
  (value === undefined || value === '' ? {} : { [key]: value }) as { readonly [key in Key]?: string }

/** The start of a process; undefined when there is no such process, or the system does not tell. */
export function readProcessStart(pid: number): string | undefined {
  // The second field, the program's name, may hold blanks and brackets.
  return readText(`/proc/${pid}/stat`)
    ?.replace(/^.*\) /s, '')
    .split(' ')[19]
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return undefined
  }
}

function readTarget(path: string): string | undefined {
  try {
    return readlinkSync(path)
  } catch {
    return undefined
  }
}
