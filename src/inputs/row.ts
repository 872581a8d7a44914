/** Where an input can be given: as an input of the action, as an option of the command line. */
export type Face = 'action' | 'command'

/** What an input is about: a heading of `--help`. */
export type InputGroup = 'proxies' | 'private modules' | 'project' | 'go' | 'download' | 'cache' | 'reports'

/** One input: everything about it but how its value is used. */
export type InputRow = {
  readonly group: InputGroup
  /** What it is taken for when not given, in the words of a user; empty: nothing. */
  readonly default: string
  /** One or two sentences of Markdown for README, action.yml and --help. */
  readonly description: string
  /** Never an option (arguments can be read by others) and never shown. */
  readonly secret?: true
  /** Both faces unless named. */
  readonly faces?: readonly Face[]
  /** One letter for its option, and another name. */
  readonly short?: string
  readonly alias?: string
} & (
  | {
      readonly kind:
        | 'address'
        | 'boolean'
        | 'directories'
        | 'directory'
        | 'path'
        | 'text'
        | 'paths'
        | 'patterns'
        | 'proxies'
        | 'sumdb'
        | 'tools'
        | 'url'
    }
  | { readonly kind: 'credentials' | 'ssh-keys' | 'known-hosts' | 'go-version' }
  | { readonly kind: 'choice'; readonly allowed: readonly string[] }
  | { readonly kind: 'duration'; readonly minimum: string; readonly maximum: string }
  | { readonly kind: 'integer'; readonly minimum: number; readonly maximum: number }
)
