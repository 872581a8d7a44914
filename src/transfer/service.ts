import { codeOf } from '../errors.ts'

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

/**
 * @actions/cache, in a chunk of its own: it is large, and few runs need it. @returns undefined where that file is not
 * there: this program's own was copied alone
 */
export async function loadService(): Promise<Service | undefined> {
  try {
    return await import('@actions/cache')
  } catch (error) {
    if (codeOf(error) === 'ERR_MODULE_NOT_FOUND') return undefined
    throw error
  }
}

/** Ends the sentence `The module cache could not be restored: …`. */
export const NO_SERVICE_FILE =
  'the file with the cache’s own library is not beside this program, which was copied alone; copy the whole directory `dist`'
