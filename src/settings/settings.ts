import { DEFAULT_GOPROXY } from '../go/goproxy.ts'
import type { CachePlaces } from './work-drive.ts'

/** Where a value came from, in the user's words. */
export type SettingOrigin = 'input' | 'environment' | 'go env -w' | 'go.env' | 'default'

export interface Sourced<T> {
  readonly value: T
  readonly from: SettingOrigin
}

/** Go settings whose origin matters to us. */
export const SOURCED_NAMES = [
  'GOPROXY',
  'GOPRIVATE',
  'GONOPROXY',
  'GONOSUMDB',
  'GOSUMDB',
  'GOTOOLCHAIN',
  'GOINSECURE',
  'GOFLAGS',
  'GO111MODULE',
  'GOWORK',
] as const

export type SourcedName = (typeof SOURCED_NAMES)[number]

/** What Go ships in go.env or has built in. */
export const SHIPPED: Readonly<Partial<Record<SourcedName, string>>> = {
  GOPROXY: DEFAULT_GOPROXY,
  GOSUMDB: 'sum.golang.org',
  GOTOOLCHAIN: 'auto',
}

/** What the go command says on this machine before we change anything; read with GOTOOLCHAIN=local. */
export interface GoSettings extends Readonly<Record<SourcedName, Sourced<string>>> {
  /** As `go env GOVERSION` prints it: `go1.26.8`. */
  readonly version: string
  /** Absolute paths. */
  readonly gomodcache: string
  readonly goroot: string
  /** Where go keeps what it built: an absolute path, or `off`. */
  readonly gocache: string
  /** A program that keeps it instead; '' for none. */
  readonly gocacheprog: string
  /** Settings that change what every build step makes, by name. */
  readonly build: Readonly<Record<string, string>>
  readonly goos: string
  readonly goarch: string
  /** Where go looks for logins, as GOAUTH has it; a go before 1.24 looks into the netrc file. */
  readonly goauth: string
  /** Requests that plain go keeps in flight: GOMAXPROCS, or the number of processors. */
  readonly gomaxprocs: number
  /** Where this step put go’s caches: for later steps, too. */
  readonly moved?: CachePlaces
  /** The environment as it was before an earlier use of this program in the same job changed it. */
  readonly env: Readonly<Record<string, string | undefined>>
}
