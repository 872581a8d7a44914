import { REPORT_INPUTS } from './report-table.ts'
import type { InputRow } from './row.ts'
import { SHARE_INPUTS } from './share-table.ts'
import { STORE_INPUTS } from './store-table.ts'

export type { Face, InputGroup, InputRow } from './row.ts'

/** Every input, with the one place where its default is written. action.yml is held against it by a test. */
export const INPUTS = {
  proxies: {
    group: 'proxies',
    kind: 'proxies',
    default: '',
    description:
      'Module proxies to choose from: URLs, and the presets `current` (this machine’s GOPROXY), `official`, `public` and `china`. Without it the official proxy is used, and public mirrors only if it fails.',
  },
  'private-domains': {
    group: 'private modules',
    kind: 'patterns',
    default: '',
    description:
      'GOPRIVATE patterns, such as `github.com/my-org` or `*.corp.example`: module paths that are never sent to a public proxy or the checksum database.',
  },
  'private-proxy': {
    group: 'private modules',
    kind: 'url',
    default: '',
    description:
      'A module proxy that serves private modules too (Athens, Artifactory, …). Every module then comes from it, and no public proxy is asked.',
  },
  credentials: {
    group: 'private modules',
    kind: 'credentials',
    default: '',
    secret: true,
    description:
      'Tokens for git hosts and private proxies, one per line: `host[:port][/path] [user] token`. Give each token for one host its own path, such as `github.com/my-org`. The line `ci` is the job’s own token, for the server of the CI system.',
  },
  'credentials-scope': {
    group: 'private modules',
    kind: 'choice',
    allowed: ['job', 'download'],
    default: 'job',
    description: '`job`: later steps can use the credentials too, until the post step; `download`: only this step can.',
  },
  'ssh-key': {
    group: 'private modules',
    kind: 'ssh-keys',
    default: '',
    secret: true,
    description:
      'Private keys for git over SSH, without passphrase. A line `host[:port][/path]:` before a key says what it is for.',
  },
  'ssh-known-hosts': {
    group: 'private modules',
    kind: 'known-hosts',
    default: '',
    description:
      'Lines of a known_hosts file. The keys of github.com, gitlab.com and bitbucket.org are built in; lines given here replace those of their host.',
  },
  sumdb: {
    group: 'proxies',
    kind: 'sumdb',
    default: 'auto',
    description: 'The checksum database: `auto`, a GOSUMDB value, or `off` (nothing then comes from a public mirror).',
  },
  selection: {
    group: 'proxies',
    kind: 'choice',
    allowed: ['fastest', 'ordered'],
    default: 'fastest',
    description:
      '`fastest`: the fastest proxy comes first; `ordered`: keep the order given and leave out proxies that do not work.',
  },
  fallback: {
    group: 'proxies',
    kind: 'choice',
    allowed: ['direct', 'off'],
    default: '',
    description:
      'The last entry of the exported GOPROXY: `direct` or `off`. Without it, the last entry that GOPROXY had, else `direct`.',
  },
  export: {
    group: 'proxies',
    kind: 'boolean',
    default: 'true',
    description:
      'Whether to export the settings to later steps as environment variables. With `false` they are outputs only; Go and tools that were asked for are on PATH either way.',
  },
  'working-directory': {
    group: 'project',
    kind: 'directories',
    default: '.',
    short: 'C',
    alias: 'directory',
    description:
      'The directory of go.mod or go.work. For several modules, give several lines or globs (`services/*`, `**`). On the command line the default also searches parent directories, as go does.',
  },
  'go-version': {
    group: 'go',
    kind: 'go-version',
    default: '',
    description:
      'The Go to use, in quotes: `1.26.7`, `1.26` or `1.26.x` (the newest patch), a range (`>=1.25 <1.27`), `stable` or `oldstable`. An installed one is used if it fits; otherwise Go comes from the module proxies and is checked against the checksum database. Without it, the Go on PATH is used; if there is none, the one that go.mod asks for, else `stable`.',
  },
  'go-version-file': {
    group: 'go',
    kind: 'path',
    default: '',
    description: 'A file that says which Go to use: go.mod, go.work, `.go-version` or `.tool-versions`.',
  },
  download: {
    group: 'download',
    kind: 'boolean',
    default: 'true',
    description: 'Whether to run `go mod download`.',
  },
  tools: {
    group: 'project',
    kind: 'tools',
    default: '',
    description:
      'Programs to install after the download, one `package@version` per line, such as `golang.org/x/tools/cmd/stringer@v0.38.0`: fetched and verified as modules are, kept in the cache service with `build-cache`, and on PATH for later steps.',
  },
  gateway: {
    group: 'download',
    kind: 'choice',
    allowed: ['step', 'job', 'off'],
    default: 'step',
    description:
      '`step`: during the download, a proxy on this machine fetches ahead of go in parallel, checks every file and works around proxies that fail; `job`: it serves later steps too; `off`: go asks the proxies itself.',
  },
  ...SHARE_INPUTS,
  benchmark: {
    group: 'proxies',
    kind: 'choice',
    allowed: ['auto', 'off'],
    default: 'auto',
    description: '`auto`: measure the proxies when there is more than one; `off`: use them in the order given.',
  },
  'benchmark-timeout': {
    group: 'proxies',
    kind: 'duration',
    minimum: '100ms',
    maximum: '1m',
    default: '2s',
    description: 'The time limit for measuring.',
  },
  timeout: {
    group: 'download',
    kind: 'duration',
    minimum: '1s',
    maximum: '6h',
    default: '10m',
    description:
      'The time limit for the download, with its retries. At the default value, a download that still makes progress may go on.',
  },
  'connect-timeout': {
    group: 'proxies',
    kind: 'duration',
    minimum: '50ms',
    maximum: '5m',
    default: '3s',
    description: 'The time limit for opening one connection.',
  },
  'read-timeout': {
    group: 'proxies',
    kind: 'duration',
    minimum: '100ms',
    maximum: '1h',
    default: '10s',
    description: 'How long a response may send nothing. If only one proxy can have a file, it has until `timeout`.',
  },
  retries: {
    group: 'download',
    kind: 'integer',
    minimum: 0,
    maximum: 100,
    default: '5',
    description: 'How many rounds in a row may fetch no new module before the download fails.',
  },
  'retry-delay': {
    group: 'download',
    kind: 'duration',
    minimum: '1ms',
    maximum: '1m',
    default: '1s',
    description: 'The pause before the second round. It doubles with each round, up to 8 s, and half of it is random.',
  },
  cache: {
    group: 'cache',
    kind: 'choice',
    allowed: ['auto', 'true', 'read-only', 'false'],
    default: 'auto',
    description:
      'Whether modules are kept in the cache service. `auto` restores them during the download and uses whichever finishes first; `true` waits for the restore; `read-only` waits and saves nothing; `false` uses no cache. Restored files are checked against go.sum. Give setup-go `cache: false`.',
  },
  'cache-dependency-path': {
    group: 'cache',
    kind: 'paths',
    default: '',
    description:
      'The files that the cache key is computed from: paths or globs, one per line. Without it, the go.sum and go.work.sum of all working directories.',
  },
  'cache-private': {
    group: 'cache',
    kind: 'boolean',
    default: 'false',
    description:
      'Whether to store private modules too, and modules from their own repository or a proxy with a login. A pull request from a fork can read the caches of its target branch.',
  },
  'build-cache': {
    group: 'cache',
    kind: 'choice',
    allowed: ['auto', 'true', 'read-only', 'false'],
    default: 'auto',
    description:
      'Whether what go builds (GOCACHE) is kept in the cache service. `auto` restores it during the download, gives up if that takes longer than it saves, and does nothing where releases are built or others’ code runs; `true` waits for the restore; `read-only` waits and saves nothing; `false` uses no build cache.',
  },
  'cache-suffix': {
    group: 'cache',
    kind: 'text',
    default: '',
    description:
      'Any word. It keeps apart the build caches of jobs that build different things under one name. Jobs of a matrix are kept apart without it.',
  },
  'test-times': {
    group: 'cache',
    kind: 'choice',
    allowed: ['checkout', 'content'],
    default: 'checkout',
    description:
      '`content`: set the modification times of the tracked files and directories of a clean git checkout from their content, so that results of tests that open them stay cached; `checkout`: leave the workspace alone.',
  },
  ...STORE_INPUTS,
  'allow-insecure': {
    group: 'proxies',
    kind: 'boolean',
    default: 'false',
    description: 'Whether `proxies` and `private-proxy` may have http:// URLs of other machines.',
  },
  'allow-unsafe-pr-credentials': {
    group: 'private modules',
    kind: 'boolean',
    default: 'false',
    description:
      'Whether to use credentials in pull_request_target, workflow_run and issue_comment runs that may contain untrusted code.',
  },
  ...REPORT_INPUTS,
  'slow-after': {
    group: 'download',
    kind: 'duration',
    minimum: '1ms',
    maximum: '24h',
    default: '',
    description: 'Warn if the download takes longer than this.',
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
