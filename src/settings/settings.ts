/** Where a value came from, in the user's words. `earlier use` = the user's original kept by a first use in this job. */
export type Origin = 'input' | 'environment' | 'go env -w' | 'go.env' | 'default'

export interface Sourced<T> {
  readonly value: T
  readonly from: Origin
}

/** What the go command says on this machine before we change anything; read with GOTOOLCHAIN=local. */
export interface GoSettings {
  /** As `go env GOVERSION` prints it: `go1.26.8`. */
  readonly goVersion: string
  readonly goproxy: Sourced<string>
  readonly goprivate: Sourced<string>
  readonly gonoproxy: Sourced<string>
  readonly gonosumdb: Sourced<string>
  readonly gosumdb: Sourced<string>
  readonly gotoolchain: Sourced<string>
  readonly goinsecure: Sourced<string>
  readonly goflags: Sourced<string>
  readonly go111module: Sourced<string>
  /** Absolute paths. */
  readonly gomodcache: string
  readonly goroot: string
  readonly goos: string
  readonly goarch: string
  /** GOMAXPROCS that go will use: from the environment, else the number of processors. */
  readonly gomaxprocs: number
}
