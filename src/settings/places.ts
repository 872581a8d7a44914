import type { Environment } from '../effects.ts'
import { redactGoproxy } from '../go/goproxy.ts'
import type { SettingsFiles } from './read.ts'
import { SHIPPED, type SourcedName } from './settings.ts'

/** A place that go reads a setting from. */
export interface SettingPlace {
  readonly place: 'environment' | 'go env -w' | 'go.env' | 'default'
  /** As it may be shown. */
  readonly value: string
}

/** A setting with every place that has it, in go's order: the first one wins. */
export interface PlacedSetting {
  readonly name: string
  readonly places: readonly SettingPlace[]
}

/** What go takes from the three places. */
export const GO_NAMES = [
  'GOPROXY',
  'GOPRIVATE',
  'GONOPROXY',
  'GONOSUMDB',
  'GOSUMDB',
  'GOINSECURE',
  'GOAUTH',
  'GOVCS',
  'GOTOOLCHAIN',
  'GOFLAGS',
  'GO111MODULE',
  'GOWORK',
  'GODEBUG',
  'GOENV',
  'GOROOT',
  'GOPATH',
  'GOMODCACHE',
  'GOCACHE',
] as const

/** What go and its tools take from the environment alone. */
const ENVIRONMENT_NAMES = [
  'HTTPS_PROXY',
  'https_proxy',
  'HTTP_PROXY',
  'http_proxy',
  'NO_PROXY',
  'no_proxy',
  'ALL_PROXY',
  'all_proxy',
  'NETRC',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'GIT_SSH_COMMAND',
  'GIT_TERMINAL_PROMPT',
  'SSH_AUTH_SOCK',
] as const

/** Unset they are what GOPRIVATE is, which stands beside them. */
const FOLLOWERS: readonly string[] = ['GONOPROXY', 'GONOSUMDB']

/** Paths may contain an @, and hold no login. */
const PATHS = /^(GO(ENV|ROOT|PATH|MODCACHE|CACHE|WORK)|NETRC|SSL_CERT_(FILE|DIR)|SSH_AUTH_SOCK|GIT_SSH_COMMAND)$/

/**
 * Where go finds each setting. What Go ships in go.env is its default. A setting that is nowhere and has no default is left
 * out. @param values as `go env` prints them, for the defaults
 */
export function placeSettings(
  env: Environment,
  files: SettingsFiles,
  values: Readonly<Record<string, string>>,
): readonly PlacedSetting[] {
  const ofGo = GO_NAMES.map(name => {
    const shipped = SHIPPED[name as SourcedName]
    const distribution = files.distribution.get(name)
    return {
      name,
      places: [
        ...placeAt('environment', name, env[name]),
        ...placeAt('go env -w', name, files.user.get(name)),
        ...placeAt('go.env', name, distribution === shipped ? undefined : distribution),
        ...placeAt('default', name, shipped ?? (FOLLOWERS.includes(name) ? undefined : values[name])),
      ],
    }
  })
  const others = ENVIRONMENT_NAMES.map(name => ({ name, places: placeAt('environment', name, env[name]) }))
  return [...ofGo.map(withoutEcho), ...others].filter(({ places }) => places.length > 0)
}

/** Set but empty is unset, as for go. */
function placeAt(place: SettingPlace['place'], name: string, value: string | undefined): readonly SettingPlace[] {
  return value ? [{ place, value: PATHS.test(name) ? value : redactGoproxy(value) }] : []
}

/** What `go env` prints is the value in force: a default only where no other place has one. */
function withoutEcho(setting: PlacedSetting): PlacedSetting {
  const { name, places } = setting
  const isShipped = SHIPPED[name as SourcedName] !== undefined
  return isShipped || places.length < 2 ? setting : { name, places: places.filter(({ place }) => place !== 'default') }
}
