import type { ModuleVersion } from './module.ts'
import { moduleBefore, ownText, readLines } from './words.ts'

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

/** Every mismatch that go reports, in order. @param output as for `classifyGoError` */
export function mismatchesIn(output: string): readonly Mismatch[] {
  const lines = ownText(readLines(output)).split('\n')
  return lines.flatMap((line, i) => mismatchAt(line, lines[i + 1] ?? '', lines[i + 2] ?? '') ?? [])
}

/**
 * Source: cmd/go/internal/modfetch, haveModSumLocked and checkSumDB. A server can make a line of go's long: each pattern
 * looks at each place of it once.
 */
function mismatchAt(line: string, second: string, third: string): Mismatch | undefined {
  const [, noun = ''] = /(?:^| )verifying (\S+): checksum mismatch$/.exec(line) ?? []
  const [, downloaded = ''] = /^\s*downloaded: +(h1:[A-Za-z0-9+/=]+)$/.exec(second) ?? []
  const [, label = '', expected = ''] = /^\s*(\S.*): +(h1:[A-Za-z0-9+/=]+)$/.exec(third) ?? []
  if (noun === '' || downloaded === '' || expected === '') return undefined
  // Of the database go says `m@v: verifying go.mod`, of go.sum `verifying m@v/go.mod`.
  const isLine = noun.includes('@')
  const named = isLine ? noun : moduleBefore(line, `: verifying ${noun}: checksum mismatch`)
  const [path = '', version = ''] = (named ?? '').replace(/\/go\.mod$/, '').split('@')
  if (path === '' || version === '') return undefined
  const kind = noun.endsWith('go.mod') ? ('mod' as const) : ('zip' as const)
  return { module: { path, version }, kind, downloaded, expected, database: isLine ? undefined : label }
}
