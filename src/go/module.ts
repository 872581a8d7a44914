/** A module at a version, unescaped: `github.com/BurntSushi/toml` `v1.4.0`. */
export interface ModuleVersion {
  readonly path: string
  readonly version: string
}
