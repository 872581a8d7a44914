import { isAbsolute, join } from 'node:path'
import type { Environment } from '../effects.ts'

/** The user's own cache directory, absolute; undefined where the environment names none. Source: os.UserCacheDir. */
export function userCacheDirectory(env: Environment, platform: NodeJS.Platform): string | undefined {
  const below = (root: string | undefined, ...names: readonly string[]) =>
    root !== undefined && isAbsolute(root) ? join(root, ...names) : undefined
  if (platform === 'win32') return below(env['LOCALAPPDATA']) ?? below(env['USERPROFILE'], 'AppData', 'Local')
  if (platform === 'darwin') return below(env['HOME'], 'Library', 'Caches')
  return below(env['XDG_CACHE_HOME']) ?? below(env['HOME'], '.cache')
}
