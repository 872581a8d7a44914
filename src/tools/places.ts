import { isAbsolute, join } from 'node:path'
import type { Environment } from '../effects.ts'

/**
 * Where programs of a machine that stays are kept; undefined where it has no such place. Source: os.UserCacheDir.
 */
export function keptToolsDirectory(env: Environment, platform: NodeJS.Platform): string | undefined {
  const of = (root: string | undefined, ...below: readonly string[]) =>
    root !== undefined && isAbsolute(root) ? join(root, ...below, 'go-proxy-setup', 'tools') : undefined
  if (platform === 'win32') return of(env['LOCALAPPDATA'])
  if (platform === 'darwin') return of(env['HOME'], 'Library', 'Caches')
  return of(env['XDG_CACHE_HOME']) ?? of(env['HOME'], '.cache')
}
