/** What the child does of @actions/cache. */
export interface Service {
  isFeatureAvailable(): boolean
  restoreCache(
    paths: string[],
    key: string,
    restoreKeys?: string[],
    options?: { lookupOnly?: boolean },
    anySystem?: boolean,
  ): Promise<string | undefined>
  saveCache(paths: string[], key: string, options?: object, anySystem?: boolean): Promise<number>
}

/**
 * What is stored, in the library's terms: the child's working directory. The library hashes the path as it is given into
 * an entry's version, so it must be the same text on every runner, wherever its directories lie. (`..` it refuses.)
 */
export const STORED = ['.']

/** @actions/cache, in a chunk of its own: it is large, and few runs need it. */
export async function loadService(): Promise<Service> {
  return import('@actions/cache')
}
