import { createHash } from 'node:crypto'
import { closeSync, constants, openSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { platform } from 'node:os'
import { join } from 'node:path'
import { RecordError } from '../../model/errors.js'
import { errorCode } from '../disk/file-system.js'

/** Something that only one process of this machine can hold, and that the kernel frees however that one ends. */
export interface KernelLock {
  release(): Promise<void>
}

/** From the BSDs and macOS: open and lock in one call. Node passes it on, but does not name it. */
const exclusiveLock = 0x20
const lockingPlatforms: ReadonlySet<string> = new Set(['darwin', 'freebsd', 'openbsd', 'netbsd'])

/** Bytes of an abstract socket's name, all that there is room for: Node 20 fills a shorter one up, newer ones do not. */
const socketNameLength = 108

/** The lock's name for the kernel: an abstract socket, a named pipe, or a file in the folder. */
export function kernelLockName(folder: string, lock = 'run'): string {
  const hashed = lock === 'run' ? folder : join(folder, lock)
  const hash = createHash('sha512').update(hashed).digest('hex')
  if (platform() === 'win32') return `\\\\.\\pipe\\callctl-${hash.slice(0, 32)}`
  if (lockingPlatforms.has(platform())) return join(folder, `${lock}.lock.hold`)
  return `\0callctl-${hash}`.slice(0, socketNameLength)
}

/** Undefined when another process holds it. */
export async function holdKernelLock(name: string): Promise<KernelLock | undefined> {
  try {
    return lockingPlatforms.has(platform()) ? lockFile(name) : await listen(name)
  } catch (cause) {
    const code = errorCode(cause)
    if (['EADDRINUSE', 'EAGAIN', 'EWOULDBLOCK'].includes(code)) return undefined
    if (code === 'EACCES' && platform() === 'win32') return undefined
    throw new RecordError(`the run lock cannot be taken (${code})`, undefined, { cause })
  }
}

function lockFile(path: string): KernelLock {
  const file = openSync(
    path,
    constants.O_RDWR | constants.O_CREAT | constants.O_NONBLOCK | exclusiveLock,
    0o600,
  )
  return { release: async () => closeSync(file) }
}

/** Nobody has business with the socket but to find its name taken. */
function listen(path: string): Promise<KernelLock> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy())
    server.once('error', reject)
    server.listen({ path }, () => {
      server.unref()
      resolve({ release: () => close(server) })
    })
  })
}

const close = (server: Server): Promise<void> => new Promise((resolve) => server.close(() => resolve()))
