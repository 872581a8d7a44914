import { DEFAULT_GOPROXY } from '../../../src/go/goproxy.ts'
import type { GoSettings, SettingOrigin, Sourced, SourcedName } from '../../../src/settings/settings.ts'

export type SettingsOverrides = Partial<Record<SourcedName, string | Sourced<string>>> &
  Partial<Omit<GoSettings, SourcedName>>

/** Go's settings on a fresh runner; a plain string counts as set in the environment. */
export function goSettings(overrides: SettingsOverrides = {}): GoSettings {
  const defaults = {
    GOPROXY: DEFAULT_GOPROXY,
    GOPRIVATE: '',
    GONOPROXY: '',
    GONOSUMDB: '',
    GOSUMDB: 'sum.golang.org',
    GOTOOLCHAIN: 'auto',
    GOINSECURE: '',
    GOFLAGS: '',
    GO111MODULE: '',
    GOWORK: '',
  } satisfies Record<SourcedName, string>
  const sourced = Object.fromEntries(
    Object.entries(defaults).map(([name, value]) => {
      const override = overrides[name as SourcedName]
      if (override === undefined) return [name, { value, from: 'default' as SettingOrigin }]
      return [name, typeof override === 'string' ? { value: override, from: 'environment' as SettingOrigin } : override]
    }),
  ) as unknown as Record<SourcedName, Sourced<string>>
  const rest = Object.fromEntries(Object.entries(overrides).filter(([name]) => !(name in defaults)))
  return {
    version: 'go1.27.3',
    gomodcache: '/gomodcache',
    goroot: '/goroot',
    gocache: '/gocache',
    gocacheprog: '',
    build: { GOOS: 'linux', GOARCH: 'amd64', CGO_ENABLED: '1' },
    goos: 'linux',
    goarch: 'amd64',
    goauth: 'netrc',
    gomaxprocs: 4,
    env: {},
    ...sourced,
    // GONOPROXY and GONOSUMDB show GOPRIVATE's value while they are unset, as `go env` does.
    ...followers(sourced),
    ...rest,
  }
}

function followers(sourced: Record<SourcedName, Sourced<string>>): Partial<Record<SourcedName, Sourced<string>>> {
  const follow = (name: 'GONOPROXY' | 'GONOSUMDB') =>
    sourced[name].from === 'default'
      ? { value: sourced.GOPRIVATE.value, from: 'default' as SettingOrigin }
      : sourced[name]
  return { GONOPROXY: follow('GONOPROXY'), GONOSUMDB: follow('GONOSUMDB') }
}
