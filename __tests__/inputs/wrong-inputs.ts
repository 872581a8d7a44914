import type { InputName } from '../../src/inputs/table.ts'

/** One wrong input: the kind of mistake, and what was given. */
export interface WrongInput {
  readonly kind: string
  readonly name: InputName
  readonly text: string
}

const KEY = 'AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl'

/** A right value of each input that takes free text. */
const RIGHT: Readonly<Partial<Record<InputName, readonly string[]>>> = {
  'private-domains': ['github.com/my-org', '*.corp.example'],
  proxies: ['https://proxy.corp.example/go', 'official'],
  'private-proxy': ['https://athens.corp.example'],
  credentials: ['github.com/my-org TOKEN'],
  'ssh-known-hosts': [`git.corp.example ssh-ed25519 ${KEY}`],
  sumdb: ['sum.golang.org'],
  'working-directory': ['services/api'],
  'cache-dependency-path': ['**/go.sum'],
  'report-file': ['out/report.json'],
  timeout: ['90s'],
  retries: ['3'],
  export: ['false'],
  selection: ['ordered'],
}

const LISTS: readonly InputName[] = ['private-domains', 'proxies', 'working-directory', 'cache-dependency-path']
const WORDS: readonly InputName[] = ['private-domains', 'proxies']

type Change = (text: string) => string

/** Kinds of mistakes that can be made with any value. */
const EVERYWHERE: Readonly<Record<string, readonly [readonly InputName[], Change]>> = {
  'double quotes': [Object.keys(RIGHT) as InputName[], text => `"${text}"`],
  'single quotes': [['private-domains', 'proxies', 'working-directory', 'timeout', 'export'], text => `'${text}'`],
  'typographic quotes': [['private-domains', 'proxies', 'working-directory', 'selection'], text => `“${text}”`],
  backticks: [['private-domains', 'private-proxy', 'cache-dependency-path', 'sumdb'], text => `\`${text}\``],
  'a zero width space': [Object.keys(RIGHT) as InputName[], text => `${text.slice(0, 2)}\u200b${text.slice(2)}`],
  'a byte order mark inside': [
    ['private-domains', 'timeout', 'report-file'],
    text => `${text.slice(0, 1)}\ufeff${text.slice(1)}`,
  ],
  'a soft hyphen': [
    ['private-domains', 'proxies', 'working-directory', 'selection'],
    text => `${text.slice(0, 3)}\u00ad${text.slice(3)}`,
  ],
  'full-width letters': [
    ['private-domains', 'retries', 'timeout', 'export', 'selection', 'sumdb'],
    text =>
      text.replace(/\w+/, word =>
        [...word].map(char => String.fromCodePoint((char.codePointAt(0) ?? 0) + 0xfee0)).join(''),
      ),
  ],
  'a YAML item': [[...LISTS, 'credentials', 'ssh-known-hosts', 'timeout'], text => `- ${text}`],
  'a list in brackets': [[...LISTS, 'export'], text => `[${text}, ${text}]`],
  'a JSON array': [[...LISTS, 'sumdb'], text => JSON.stringify([text])],
}

const of = (kind: string, name: InputName, ...texts: readonly string[]): readonly WrongInput[] =>
  texts.map(text => ({ kind, name, text }))

const SINGLE: readonly WrongInput[] = [
  ...of('several lines of YAML', 'private-domains', '- "github.com/my-org"\n- "*.corp.example"'),
  ...of('a JSON array of several lines', 'private-domains', '[\n  "github.com/my-org",\n  "a.example"\n]'),
  ...of('a JSON array of several lines', 'working-directory', '[\n  "services/api",\n  "tools"\n]'),
  ...of('semicolons', 'private-domains', 'github.com/my-org;gitlab.com/team', 'github.com/my-org;'),
  ...of('semicolons', 'proxies', 'https://a.example;https://b.example'),
  ...of('bars', 'private-domains', 'github.com/my-org|gitlab.com/team'),
  ...of('a written-out line end', 'private-domains', 'github.com/my-org\\ngitlab.com/team'),
  ...of(
    'a look-alike',
    'private-domains',
    'github.com/my\u2011org',
    'github.com/my\u2013org',
    'gith\u0443b.com/my-org',
  ),
  ...of('a look-alike', 'proxies', 'https://my\u2011proxy.example', 'https://g\u043eproxy.cn'),
  ...of('a no-break space', 'timeout', '10\u00a0s'),
  ...of('a no-break space', 'working-directory', 'my\u00a0module'),
  ...of('no value', 'private-domains', 'false', 'true', 'null', 'none', '~', 'all', 'private'),
  ...of(
    'a scheme',
    'private-domains',
    'https://corp.example',
    'https://github.com/my-org/repo.git',
    'ssh://git@corp.example/team',
  ),
  ...of(
    'a user',
    'private-domains',
    'git@github.com:my-org',
    'me@corp.example/team',
    'https://me:hunter2@corp.example',
  ),
  ...of('a port', 'private-domains', 'corp.example:8443/team', 'corp.example:'),
  ...of(
    'slashes',
    'private-domains',
    '/corp.example',
    'corp.example//team',
    'corp.example/team//',
    './corp.example',
    '../corp.example',
  ),
  ...of('a parent element', 'private-domains', 'corp.example/../team', 'corp.example/a/../b'),
  ...of('capitals in the host', 'private-domains', 'GitHub.com/My-Org', '*.CORP.example'),
  ...of('a dot', 'private-domains', '.corp.example', 'corp.example.', 'corp.example/.team'),
  ...of(
    'a wildcard of another language',
    'private-domains',
    '**',
    '**.corp.example',
    'github.com/my-org/**',
    'github.com/my-org/...',
    '^corp\\.example$',
    '.*\\.corp\\.example',
  ),
  ...of('braces', 'private-domains', '{a,b}.example', 'github.com/{acme, other}', '{a}.example'),
  ...of('braces', 'cache-dependency-path', '**/{go.sum,go.work.sum}'),
  ...of('a negation', 'private-domains', '!github.com/my-org'),
  ...of('a backslash', 'private-domains', 'github.com\\my-org', 'github.com\\\\my-org', 'github.com/my-org\\'),
  ...of('an assignment', 'private-domains', 'GOPRIVATE=github.com/my-org'),
  ...of('a host without a dot', 'private-domains', 'corp/team', 'github', '?'),
  ...of('a bracket left open', 'private-domains', 'git[ab.example'),
  ...of(
    'what no path holds',
    'private-domains',
    'github.com/my+org',
    'my_host.example',
    'github.com/con',
    '$HOST/team',
  ),
  ...of(
    'a scheme',
    'proxies',
    'https//proxy.example',
    'https:/proxy.example',
    'https:\\\\proxy.example',
    '//proxy.example',
    'htps://proxy.example',
    'ftp://proxy.example',
    'http://proxy.example',
  ),
  ...of(
    'an end that is no URL’s',
    'proxies',
    'https://proxy.example/go?token=hunter2',
    'https://proxy.example/go#x',
    'https://proxy.example"',
  ),
  ...of(
    'a GOPROXY list',
    'proxies',
    'https://a.example|https://b.example|direct',
    'https://a.example,direct',
    'off',
    'GOPROXY=https://a.example',
  ),
  ...of('another case', 'proxies', 'Official', 'PUBLIC', 'Current'),
  ...of('a typing error', 'proxies', 'offical', 'chna', 'fastly'),
  ...of('a user', 'proxies', 'https://me:hunter2@proxy.example'),
  ...of('a version', 'private-domains', 'github.com/my-org/lib@v1.2.3', 'github.com/my-org/lib@latest'),
  ...of('no host', 'proxies', 'https://.', 'https://-', 'https://a..example', '..', 'https://a.example:0'),
  ...of('what no URL holds', 'proxies', "https://a.example/o'x"),
  ...of('what stands alone', 'sumdb', 'off https://x.example', 'sum.golang.org https://'),
  ...of(
    'more than one',
    'private-proxy',
    'https://a.example https://b.example',
    '["https://a.example", "https://b.example"]',
  ),
  ...of('not one’s own', 'private-proxy', 'public', 'https://proxy.golang.org', 'https://goproxy.cn,direct'),
  ...of('a scheme', 'private-proxy', 'https:/athens.example', 'http://athens.example', 'athens'),
  ...of('another word for yes or no', 'export', 'yes', 'No', 'on', '0', 'tRue', 'enabled', 'maybe'),
  ...of('another word for yes or no', 'cache', 'yes', 'ON', '0', 'read_only', 'Read-Only', 'readonly'),
  ...of('another word for yes or no', 'gateway', 'false', 'no', 'true', 'Job', 'steps'),
  ...of('another word for yes or no', 'benchmark', 'false', 'on', 'AUTO'),
  ...of('another case', 'selection', 'Fastest', 'ORDERED'),
  ...of('another case', 'credentials-scope', 'Job', 'DOWNLOAD', 'step'),
  ...of('another case', 'fallback', 'Direct', 'OFF', 'none', 'true'),
  ...of('another case', 'sumdb', 'Auto', 'OFF', 'SUM.golang.org'),
  ...of(
    'a URL',
    'sumdb',
    'https://sum.golang.org',
    'https://sum.corp.example',
    'sum.golang.org,https://sum.golang.org',
  ),
  ...of('no value', 'sumdb', 'false', 'none', 'on'),
  ...of(
    'a unit',
    'timeout',
    '10 s',
    '10sec',
    '10 seconds',
    '2 min',
    '2 Minutes',
    '1hr',
    '10S',
    '5M',
    '1H',
    '1,5m',
    '.5m',
    '1_000ms',
    '1h 30m',
    '1 h and 5 min',
    'PT10M',
    '1:30',
    '2w',
    '10µs',
  ),
  ...of('no unit', 'timeout', '500', '10', '1.5', '999999'),
  ...of('a sign', 'timeout', '-1s', '+10s', '−10s', '~10s', '>10s'),
  ...of('out of range', 'timeout', '7h', '1 day', '500ms', '0', '0s'),
  ...of('no value', 'timeout', 'none', 'never', 'infinite'),
  ...of('no unit', 'benchmark-timeout', '500', '2'),
  ...of('no unit', 'slow-after', '300'),
  ...of('a number', 'retries', '5.0', '+5', '5.5', '1e1', '-1', 'five', '1_0', '5x', '3 times', '101', 'unlimited'),
  ...of(
    'the host',
    'credentials',
    'https://github.com/my-org TOKEN',
    'github.com: TOKEN',
    'github.com\\my-org TOKEN',
    '"github.com" robot TOKEN',
    'https://me:hunter2@github.com TOKEN',
    'github TOKEN',
    '"ghp_0123456789abcdefghij" github.com',
  ),
  ...of(
    'the token',
    'credentials',
    'github.com "ghp_0123456789abcdefghij"',
    'github.com abc',
    'github.com TOKEN x-access-token',
  ),
  ...of('no keys', 'ssh-known-hosts', 'git.corp.example', 'ssh-ed25519 AAAA', `“git.corp.example” ssh-ed25519 ${KEY}`),
  ...of(
    'several in a line',
    'cache-dependency-path',
    'go.sum, tools/go.sum',
    'go.sum tools/go.sum',
    'go.sum;tools/go.sum',
  ),
  ...of('quotes around some lines', 'working-directory', 'services/api\n"tools"\n- cmd'),
]

/** All wrong inputs, by kind. */
export const WRONG_INPUTS: readonly WrongInput[] = [
  ...Object.entries(EVERYWHERE).flatMap(([kind, [names, change]]) =>
    names.flatMap(name =>
      (RIGHT[name] ?? []).slice(0, WORDS.includes(name) ? 2 : 1).flatMap(text => of(kind, name, change(text))),
    ),
  ),
  ...SINGLE,
]
