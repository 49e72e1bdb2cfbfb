import { spawnSync } from 'node:child_process'

/** All that touches disk or network, and what a socket needs besides. */
export const allCalls = [
  ...['open', 'openat', 'close', 'read', 'pread64', 'readv', 'write', 'pwrite64', 'writev'],
  ...['fsync', 'fdatasync', 'ftruncate', 'fchmod', 'chmod', 'link', 'linkat', 'unlink', 'unlinkat'],
  ...['rename', 'renameat', 'renameat2', 'mkdir', 'mkdirat', 'rmdir', 'getdents64', 'flock', 'fcntl'],
  ...['stat', 'lstat', 'fstat', 'newfstatat', 'statx', 'access', 'readlink', 'copy_file_range'],
  ...['socket', 'bind', 'listen', 'accept4', 'connect', 'sendto', 'sendmsg', 'recvfrom', 'recvmsg'],
  ...['shutdown', 'getsockopt', 'setsockopt', 'getpeername', 'getsockname', 'epoll_ctl', 'epoll_pwait'],
  ...['pipe2', 'eventfd2'],
] as const

/** What changes disk or network. */
export const writingCalls = [
  ...['openat', 'write', 'pwrite64', 'writev', 'fsync', 'fdatasync', 'ftruncate', 'fchmod', 'link', 'linkat'],
  ...[
    'unlink',
    'unlinkat',
    'rename',
    'renameat2',
    'mkdir',
    'mkdirat',
    'bind',
    'connect',
    'sendto',
    'sendmsg',
  ],
  ...['shutdown'],
] as const

/** Why nothing can be traced here; undefined when it can. */
export function whyNoTrace(): string | undefined {
  if (process.platform !== 'linux') return 'strace exists on Linux only'
  const words = ['-f', '-qq', '-e', 'trace=fsync', '-e', 'inject=fsync:error=EIO:when=1', '-o', '/dev/null']
  const { error, status, stderr } = spawnSync('strace', [...words, 'true'], { encoding: 'utf8' })
  if (error !== undefined) return 'strace is not installed'
  return status === 0 ? undefined : `strace is not allowed here: ${stderr.trim().split('\n').at(-1)}`
}

/** The tracer as a prefix of a command; it names files behind descriptors and shows enough of a request. */
export const tracing = (output: string, calls: readonly string[] = allCalls): readonly string[] => [
  ...['strace', '-f', '-qq', '-y', '-s', '700', '--seccomp-bpf', '-o', output],
  ...['-e', `trace=${calls.map((call) => `?${call}`).join(',')}`],
]

/** Kills the program when it enters the call for the nth time, before the call does anything. With --seccomp-bpf no signal arrives. */
export const killing = (call: string, when: number): readonly string[] => [
  ...['strace', '-f', '-qq', '-o', '/dev/null'],
  ...['-e', `trace=${call}`, '-e', `inject=${call}:signal=KILL:when=${when}`],
]

/** Lets a call fail once, without being done, and traces others besides. */
export const failing = (
  output: string,
  calls: readonly string[],
  { call, when, error }: { readonly call: string; readonly when: number; readonly error: string },
): readonly string[] => [...tracing(output, calls), ...['-e', `inject=${call}:error=${error}:when=${when}`]]

export interface TracedCall {
  readonly thread: string
  readonly call: string
  readonly text: string
  /** The how manyeth of its name in its thread, from 1, as strace counts for `when`. */
  readonly when: number
  readonly failed: boolean
  readonly injected: boolean
}

/**
 * Reads what `tracing` wrote. A call during which another thread made one stands where it began, as its effect may be
 * there from then on; but a sync stands where it ended, as only then it can be relied on.
 */
export function readTrace(text: string): readonly TracedCall[] {
  const counts = new Map<string, number>()
  const begun = new Map<string, TracedCall>()
  return text.split('\n').flatMap((line): TracedCall[] => {
    const ended = /^(\d+) +<\.\.\. fsync resumed>(.*)$/.exec(line)
    const sync = begun.get(ended?.[1] ?? '')
    if (ended !== null && sync !== undefined) {
      begun.delete(sync.thread)
      return [{ ...sync, ...resultOf(`${sync.text}${ended[2]}`) }]
    }
    const match = /^(\d+) +(\w+)\((.*)$/.exec(line)
    if (match === null) return []
    const [, thread = '', call = '', rest = ''] = match
    const key = `${thread} ${call}`
    const when = (counts.get(key) ?? 0) + 1
    counts.set(key, when)
    const traced = { thread, call, when, ...resultOf(rest) }
    if (call !== 'fsync' || !rest.includes('<unfinished ...>')) return [traced]
    begun.set(thread, traced)
    return []
  })
}

const resultOf = (text: string): Pick<TracedCall, 'text' | 'failed' | 'injected'> => ({
  text,
  failed: / = -1 E/.test(text),
  injected: text.includes('(INJECTED)'),
})
