import type { Clock, Files } from '../effects.ts'
import { reasonOf } from '../errors.ts'
import type { CacheMessage } from './messages.ts'
import type { Service } from './service.ts'

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
    emit({ kind: 'failed', what: reasonOf(error) })
  }
}
