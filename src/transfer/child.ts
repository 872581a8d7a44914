import type { Clock, Files } from '../effects.ts'
import { reasonOf, whyNotWritten } from '../errors.ts'
import type { CacheMessage } from './messages.ts'
import type { Service } from './service.ts'
import { TarError } from './tar.ts'

/** What the child works with. */
export interface ChildWorld {
  readonly files: Files
  readonly clock: Clock
  readonly emit: (message: CacheMessage) => void
}

/** Work of the child with the service, which may hang, print or be killed. It reports everything by messages. */
export async function performIn(service: Service, { emit }: ChildWorld, work: () => Promise<void>): Promise<void> {
  try {
    if (service.isFeatureAvailable()) await work()
    else emit({ kind: 'failed', what: 'there is no cache service' })
  } catch (error) {
    emit(error instanceof TarError ? refusalOf(error) : { kind: 'failed', what: reasonOf(error) })
  }
}

/**
 * Why an archive was not unpacked: this machine could not write it, which says nothing about the archive and tells the
 * user what to mend; or it is none of ours, or damaged.
 */
export function failureOfUnpacking(error: unknown): CacheMessage {
  if (!isOfMachine(error)) return refusalOf(error)
  const where = error.path === undefined ? 'it' : error.path
  return { kind: 'unwritten', what: `this machine could not write ${where}: ${whyNotWritten(error)}` }
}

/** What the system answered, and neither what reads the archive nor what decompresses it. */
function isOfMachine(error: unknown): error is NodeJS.ErrnoException {
  return typeof error === 'object' && error !== null && 'syscall' in error
}

function refusalOf(error: unknown): CacheMessage {
  return { kind: 'refused', what: `its archive was refused: ${reasonOf(error)}` }
}
