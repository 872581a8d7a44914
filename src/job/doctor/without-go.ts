import { delimiter, join } from 'node:path'
import { userCacheDirectory } from '../../go/user-cache.ts'
import { findSource, readFiles } from '../../settings/read.ts'
import { type GoSettings, SOURCED_NAMES, type Sourced, type SourcedName } from '../../settings/settings.ts'
import { readSettingsWithoutGo } from '../../settings/without-go.ts'
import type { Job } from '../job.ts'

/** The settings that a go would have here, where there is none to be asked: enough to ask the network what go would ask. */
export async function settingsWithoutGo({ effects, processors }: Job): Promise<GoSettings> {
  const { env: given, files, platform } = effects
  const {
    gopath = '',
    goauth,
    env,
  } = await readSettingsWithoutGo({ env: given, files, platform, goroot: given['GOROOT'] })
  const read = await readFiles({ GOENV: env['GOENV'] ?? '', GOROOT: env['GOROOT'] ?? '' }, files)
  const sourced = Object.fromEntries(SOURCED_NAMES.map(name => [name, findSource(name, {}, env, read)])) as Record<
    SourcedName,
    Sourced<string>
  >
  const follow = (name: 'GONOPROXY' | 'GONOSUMDB') =>
    sourced[name].from === 'default' ? { value: sourced.GOPRIVATE.value, from: 'default' as const } : sourced[name]
  const cache = userCacheDirectory(env, platform)
  return {
    ...sourced,
    GONOPROXY: follow('GONOPROXY'),
    GONOSUMDB: follow('GONOSUMDB'),
    version: '',
    gomodcache: env['GOMODCACHE'] || (gopath === '' ? '' : join(gopath.split(delimiter)[0] ?? '', 'pkg', 'mod')),
    goroot: env['GOROOT'] ?? '',
    gocache: env['GOCACHE'] || (cache === undefined ? '' : join(cache, 'go-build')),
    gocacheprog: '',
    build: {},
    goos: platform,
    goarch: process.arch,
    goauth,
    gomaxprocs: processors,
    env,
  }
}
