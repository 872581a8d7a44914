import type { ModuleVersion } from './module.ts'
import { ownText, readLines } from './words.ts'

/** go found that a module's content is not what go.sum or the checksum database says. */
export interface Mismatch {
  readonly module: ModuleVersion
  readonly kind: 'zip' | 'mod'
  /** h1 of what came, and the h1 that it should have. */
  readonly downloaded: string
  readonly expected: string
  /** Name of the database that says so; undefined: a line of go.sum or go.work.sum. */
  readonly database: string | undefined
}

/** Source: cmd/go/internal/modfetch, haveModSumLocked and checkSumDB. */
const MISMATCH =
  /^(?:.*?(\S+@v\S+): )?verifying (\S+): checksum mismatch\n\s*downloaded: +(h1:[A-Za-z0-9+/=]+)\n\s*(\S.*?): +(h1:[A-Za-z0-9+/=]+)$/gm

/** Every mismatch that go reports, in order. @param output as for `classifyGoError` */
export function mismatchesIn(output: string): readonly Mismatch[] {
  return [...ownText(readLines(output)).matchAll(MISMATCH)].flatMap(
    ([, subject = '', noun = '', downloaded = '', label = '', expected = '']) => {
      // Of the database go says `m@v: verifying go.mod`, of go.sum `verifying m@v/go.mod`.
      const isLine = noun.includes('@')
      const named = isLine ? noun : subject
      const [path = '', version = ''] = named.replace(/\/go\.mod$/, '').split('@')
      const kind = noun.endsWith('go.mod') ? ('mod' as const) : ('zip' as const)
      const database = isLine ? undefined : label
      return path === '' || version === '' ? [] : [{ module: { path, version }, kind, downloaded, expected, database }]
    },
  )
}
