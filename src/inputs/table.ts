import { PRESETS } from './presets.ts'

/** Where an input can be given: as an input of the action, as an option of the command line. */
export type Face = 'action' | 'command'

/** One input: everything about it but how its value is used. */
export type InputRow = {
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
  | { readonly kind: 'boolean' | 'directories' | 'path' | 'paths' | 'patterns' | 'proxies' | 'sumdb' | 'url' }
  | { readonly kind: 'credentials' | 'ssh-keys' | 'known-hosts' }
  | { readonly kind: 'choice'; readonly allowed: readonly string[] }
  | { readonly kind: 'duration'; readonly minimum: string; readonly maximum: string }
  | { readonly kind: 'integer'; readonly minimum: number; readonly maximum: number }
)

/** Every input, with the one place where its default is written. action.yml is held against it by a test. */
export const INPUTS = {
  proxies: {
    kind: 'proxies',
    default: '',
    description:
      'Module proxies to choose from: URLs and the presets `current` (what GOPROXY says on this machine), `official`, `public`, `china`. Without it the official proxy is used, and public mirrors only where it fails.',
  },
  'private-domains': {
    kind: 'patterns',
    default: '',
    description:
      'GOPRIVATE patterns: modules that no public proxy and no checksum database is told of, such as `github.com/my-org` or `*.corp.example`.',
  },
  'private-proxy': {
    kind: 'url',
    default: '',
    description:
      'A module proxy that serves the private modules too (Athens, Artifactory, …). Then everything comes from it, and no public proxy is asked.',
  },
  credentials: {
    kind: 'credentials',
    default: '',
    secret: true,
    description:
      'Tokens for git hosts and private proxies, one a line: `host[:port][/path] [user] token`. Several tokens for one host are told apart by path, such as `github.com/my-org`.',
  },
  'credentials-scope': {
    kind: 'choice',
    allowed: ['job', 'download'],
    default: 'job',
    description: '`job`: later steps can use the credentials too, until the post step; `download`: this step alone.',
  },
  'ssh-key': {
    kind: 'ssh-keys',
    default: '',
    secret: true,
    description:
      'Private keys for git over SSH, without passphrase; before each, a line `host[:port][/path]:` can say what it is for.',
  },
  'ssh-known-hosts': {
    kind: 'known-hosts',
    default: '',
    description:
      'Lines of a known_hosts file. The keys of github.com, gitlab.com and bitbucket.org are known; lines given here replace them.',
  },
  sumdb: {
    kind: 'sumdb',
    default: 'auto',
    description: 'Checksum database: `auto`, a GOSUMDB value, or `off` (then nothing comes from a public mirror).',
  },
  selection: {
    kind: 'choice',
    allowed: ['fastest', 'ordered'],
    default: 'fastest',
    description: '`fastest`, or `ordered`: keep the order given and leave out what does not work.',
  },
  fallback: {
    kind: 'choice',
    allowed: ['direct', 'off'],
    default: '',
    description:
      'What ends the exported GOPROXY: `direct` or `off`. Without it the ending that GOPROXY had, else `direct`.',
  },
  export: {
    kind: 'boolean',
    default: 'true',
    description: 'Whether later steps get the settings as environment variables; `false`: as outputs only.',
  },
  'working-directory': {
    kind: 'directories',
    default: '.',
    short: 'C',
    alias: 'directory',
    description:
      'Where go.mod or go.work is. Several lines, or globs (`services/*`, `**`), for several modules. On the command line the default also looks above, as go does.',
  },
  download: {
    kind: 'boolean',
    default: 'true',
    description: 'Whether to run `go mod download`.',
  },
  gateway: {
    kind: 'choice',
    allowed: ['step', 'job', 'off'],
    default: 'step',
    description:
      '`step`: during the download a proxy on this machine fetches ahead of go, in parallel, checks everything and goes round proxies that fail; `job`: the same for all later steps too; `off`: go asks the proxies itself.',
  },
  benchmark: {
    kind: 'choice',
    allowed: ['auto', 'off'],
    default: 'auto',
    description: '`auto`: measure the proxies when there is a choice; `off`: take them in the order given.',
  },
  'benchmark-timeout': {
    kind: 'duration',
    minimum: '100ms',
    maximum: '1m',
    default: '2s',
    description: 'The longest that measuring may take.',
  },
  timeout: {
    kind: 'duration',
    minimum: '1s',
    maximum: '6h',
    default: '10m',
    description:
      'The longest that the download may take, with its retries. At the default it goes on while something moves.',
  },
  'connect-timeout': {
    kind: 'duration',
    minimum: '50ms',
    maximum: '5m',
    default: '3s',
    description: 'The longest that one connection may take to be made.',
  },
  'read-timeout': {
    kind: 'duration',
    minimum: '100ms',
    maximum: '1h',
    default: '10s',
    description: 'How long a response may be silent. The only proxy that could have a file may take until `timeout`.',
  },
  retries: {
    kind: 'integer',
    minimum: 0,
    maximum: 100,
    default: '5',
    description: 'Rounds without a new module before the download is given up.',
  },
  'retry-delay': {
    kind: 'duration',
    minimum: '1ms',
    maximum: '1m',
    default: '1s',
    description: 'Pause before the second round; it doubles with each round, up to 8 s, half of it random.',
  },
  cache: {
    kind: 'choice',
    allowed: ['auto', 'true', 'read-only', 'false'],
    default: 'auto',
    description:
      'The modules in the cache service: `auto` restores them beside the download, and whichever will end first is used; `true` waits for them; `read-only` waits and saves nothing; `false`. Whatever is restored is checked against go.sum. Give setup-go `cache: false`.',
  },
  'cache-dependency-path': {
    kind: 'paths',
    default: '',
    description:
      'Files that the name of the cache’s entry is made from, one a line, with globs; without it the go.sum and go.work.sum of all working directories.',
  },
  'cache-private': {
    kind: 'boolean',
    default: 'false',
    description:
      'Whether private modules are stored too, and those that came from their own repository or a proxy with a login. A pull request from a fork can read the caches of the branch it is for.',
  },
  'allow-insecure': {
    kind: 'boolean',
    default: 'false',
    description: 'Whether `proxies` may hold http:// URLs beyond this machine.',
  },
  'allow-unsafe-pr-credentials': {
    kind: 'boolean',
    default: 'false',
    description:
      'Whether credentials are used in pull_request_target, workflow_run and issue_comment events with somebody else’s code.',
  },
  summary: {
    kind: 'boolean',
    default: 'true',
    description: 'Whether to write the job summary.',
  },
  'report-file': {
    kind: 'path',
    default: '',
    alias: 'report',
    description: 'Where to write the JSON report; on the command line `-` is standard output.',
  },
  'audit-log': {
    kind: 'path',
    default: '',
    description:
      'Where the gateway writes one JSON line for each object: proxies asked, outcome, bytes, times, how it was verified.',
  },
  'slow-after': {
    kind: 'duration',
    minimum: '1ms',
    maximum: '24h',
    default: '',
    description: 'Warn when the download took longer than this.',
  },
} as const satisfies Readonly<Record<string, InputRow>>

export type InputName = keyof typeof INPUTS
export const INPUT_NAMES = Object.keys(INPUTS) as readonly InputName[]

/** The inputs whose row is of one kind. */
export type NamesOf<Kind extends InputRow['kind']> = {
  [Name in InputName]: (typeof INPUTS)[Name]['kind'] extends Kind ? Name : never
}[InputName]

/** The row as its general type: optional fields can be asked for. */
export function rowOf(name: InputName): InputRow {
  return INPUTS[name]
}

/** What may be given, as the end of a sentence that begins with `Allowed:`. */
export function describeAllowed(row: InputRow): string {
  switch (row.kind) {
    case 'boolean':
      return 'true or false'
    case 'choice':
      return listWords(row.allowed)
    case 'duration':
      return `a number with its unit ms, s, m or h (90s, 1.5m), from ${row.minimum} to ${row.maximum}`
    case 'integer':
      return `a whole number from ${row.minimum} to ${row.maximum}`
    case 'proxies':
      return `https URLs and the presets ${listWords(['current', ...Object.keys(PRESETS)])}`
    case 'patterns':
      return 'beginnings of module paths, in which * and ? stand for parts of an element (github.com/my-org, *.corp.example)'
    case 'sumdb':
      return 'auto, off, sum.golang.org, or name+hash+key; each but auto and off with an optional URL after a space'
    case 'directories':
      return 'directories and globs (*, **, ?), one a line'
    case 'paths':
      return 'files and globs (*, **, ?), one a line'
    case 'path':
      return 'the path of a file'
    case 'url':
      return 'one https URL'
    case 'credentials':
      return 'lines `host[:port][/path] [user] token`'
    case 'ssh-keys':
      return 'private keys without passphrase, each optionally after a line `host[:port][/path]:`'
    case 'known-hosts':
      return 'lines of a known_hosts file, as `ssh-keyscan HOST` prints them'
  }
}

function listWords(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}
