import { isAbsolute, join } from 'node:path'
import type { Environment } from '../effects.ts'
import { userCacheDirectory } from '../go/user-cache.ts'
import { parseGoVersion } from '../go/version.ts'
import type { GoPlatform } from './resolve.ts'

/** A directory that holds Go after Go, as actions/setup-go lays them out: `go/1.26.7/x64`. */
export interface ToolPlace {
  /** `tool cache`: the runner's, where setup-go and others find it; `cache`: ours, below the user's cache directory. */
  readonly kind: 'tool cache' | 'cache'
  /** Absolute. */
  readonly directory: string
}

/** Where one Go lies. Absolute. */
export interface ToolPaths {
  /** Holds one directory for each architecture. */
  readonly parent: string
  readonly goroot: string
  /** An empty file that says that `goroot` is complete. Source: github.com/actions/toolkit, tool-cache. */
  readonly marker: string
}

/** Where this program or setup-go may have installed Go, best first; empty if the environment names no directory. */
export function toolPlaces(env: Environment, platform: NodeJS.Platform): readonly ToolPlace[] {
  const toolCache = env['RUNNER_TOOL_CACHE'] ?? ''
  const cache = userCacheDirectory(env, platform)
  return [
    ...(isAbsolute(toolCache) ? [{ kind: 'tool cache', directory: toolCache } as const] : []),
    ...(cache === undefined ? [] : [{ kind: 'cache', directory: join(cache, 'go-proxy-setup') } as const]),
  ]
}

/** @param version such as `go1.26.7`  @param arch as Node names it: `x64` */
export function toolPaths({ directory }: ToolPlace, version: string, arch: string): ToolPaths {
  const parent = join(directory, 'go', semanticVersion(version))
  return { parent, goroot: join(parent, arch), marker: join(parent, `${arch}.complete`) }
}

/** `1.26.7` of `go1.26.7`, `1.27.0-rc.1` of `go1.27rc1`, as setup-go names directories. */
function semanticVersion(version: string): string {
  const parsed = parseGoVersion(version)
  if (parsed === undefined) return version
  const { major, minor, patch, prerelease } = parsed
  const suffix = prerelease === undefined ? '' : `-${prerelease.kind}.${prerelease.number}`
  return `${major}.${minor}.${patch}${suffix}`
}

const SYSTEMS: Readonly<Record<string, string>> = { win32: 'windows', sunos: 'solaris' }
const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', ia32: '386' }

/** @param arch as Node names it  @param endianness of the processor, which Node's name leaves open */
export function goPlatformOf(platform: NodeJS.Platform, arch: string, endianness: 'BE' | 'LE'): GoPlatform {
  const isLittle = endianness === 'LE' && (arch === 'ppc64' || arch.startsWith('mips'))
  return {
    os: SYSTEMS[platform] ?? platform,
    arch: ARCHITECTURES[arch] ?? (isLittle ? `${arch.replace(/el$/, '')}le` : arch),
  }
}
