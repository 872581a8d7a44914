import { join } from 'node:path'
import type { Environment } from '../effects.ts'
import { userCacheDirectory } from '../go/user-cache.ts'

/** Where programs of a machine that stays are kept; undefined where it has no such place. */
export function keptToolsDirectory(env: Environment, platform: NodeJS.Platform): string | undefined {
  const cache = userCacheDirectory(env, platform)
  return cache && join(cache, 'go-proxy-setup', 'tools')
}
