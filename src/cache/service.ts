import type { Service } from './child.ts'

/** @actions/cache, in a chunk of its own: it is large, and few runs need it. */
export async function loadService(): Promise<Service> {
  return import('@actions/cache')
}
