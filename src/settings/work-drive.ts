import { win32 } from 'node:path'
import type { Environment } from '../effects.ts'

/** Where go keeps modules and build results, as far as another place is better. */
export interface CachePlaces {
  readonly GOMODCACHE?: string
  readonly GOCACHE?: string
}

export interface WorkDriveFacts {
  readonly env: Environment
  readonly platform: NodeJS.Platform
  /** As `go env` says. */
  readonly gomodcache: string
  readonly gocache: string
}

/**
 * GitHub's Windows runners have a small, slow drive C:, and the workspace and RUNNER_TEMP on another one. Caches that lie
 * where go puts them by itself belong there, too; what the user set, by whatever means, stays.
 */
export function placesOnWorkDrive({ env, platform, gomodcache, gocache }: WorkDriveFacts): CachePlaces {
  if (platform !== 'win32' || env['RUNNER_ENVIRONMENT'] !== 'github-hosted') return {}
  const drive = driveOf(env['RUNNER_TEMP'] ?? '')
  const [home, local] = [env['USERPROFILE'], env['LOCALAPPDATA']]
  if (drive === undefined) return {}
  const isDefault = (path: string, base: string | undefined, ...parts: readonly string[]): boolean =>
    base !== undefined && base !== '' && isSamePath(path, win32.join(base, ...parts)) && driveOf(path) !== drive
  return {
    ...(isDefault(gomodcache, home, 'go', 'pkg', 'mod') && { GOMODCACHE: `${drive}\\go\\pkg\\mod` }),
    ...(isDefault(gocache, local, 'go-build') && { GOCACHE: `${drive}\\go-build` }),
  }
}

/** `D:`; undefined for what has none. */
function driveOf(path: string): string | undefined {
  return /^([A-Za-z]:)[\\/]/.exec(path)?.[1]?.toUpperCase()
}

function isSamePath(a: string, b: string): boolean {
  return win32.normalize(a).toLowerCase() === win32.normalize(b).toLowerCase()
}
