/**
 * Where go keeps files in GOMODCACHE: pure joins.
 * Source: go.dev/ref/mod#module-cache; cmd/go/internal/modfetch, cache.go.
 */
import { join } from 'node:path'

/** A path below `cache/download`: what proxies serve, under the same names as below a proxy's URL. */
export function downloadPath(gomodcache: string, ...path: readonly string[]): string {
  return join(gomodcache, 'cache', 'download', ...path)
}

/** `cache/vcs`: clones of repositories. */
export function clonesPath(gomodcache: string): string {
  return join(gomodcache, 'cache', 'vcs')
}
