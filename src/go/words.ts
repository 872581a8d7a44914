/**
 * Tells go's own lines in its output from those that it quotes: a proxy's reason phrase and body, and everything that
 * git, ssh or another tool wrote, which in turn quote the repository's server. What a server says may be shown; it must
 * not decide which host is named, what went wrong, or what to do, or a server could send a user's token elsewhere.
 *
 * The grammar is that of go's and git's sources. go: cmd/go/internal/web (HTTPError: `reading URL: STATUS` and, behind
 * TABs, `server response:`), cmd/go/internal/modfetch/codehost (RunError: `COMMAND: exit status N:` and the tool's
 * standard error behind TABs). git: sideband.c and remote-curl.c put `remote: ` before each line of a server's;
 * connect.c and pkt-line.c `fatal: remote error: ` before the first of an error packet alone. What a server writes over
 * ssh arrives bare.
 */
export interface SaidLine {
  /** `by go`: by go, or the git or ssh that it ran. */
  readonly said: 'by go' | 'by the server'
  readonly text: string
  /** The text without what a server, a certificate or a module's file could have put into it. */
  readonly words: string
}

type Quoting = 'none' | 'a tool' | 'a server'

/** Lines are what git and go take for lines: a server may send a bare CR, and U+2028. */
export function readLines(output: string): readonly SaidLine[] {
  const texts = output.split('\n').map(text => text.replace(/\r$/, ''))
  const lines: SaidLine[] = []
  let quoting: Quoting = 'none'
  let overSsh = false
  for (const [i, text] of texts.entries()) {
    if (quoting !== 'a tool' && /^\s*server response:/.test(text)) quoting = 'a server'
    else if (!text.startsWith('\t')) {
      quoting = RUN_ERROR.test(text) ? 'a tool' : 'none'
      overSsh = quoting === 'a tool' && isOverSsh(texts, i + 1)
    }
    if (text.trim() === '' || text.startsWith('#')) continue
    const said = quoting === 'a server' || isServers(text, quoting, overSsh) ? 'by the server' : 'by go'
    lines.push({ said, text, words: said === 'by go' ? ownWords(text) : text })
    // The other lines of an error packet have no mark of their own.
    if (said === 'by go' && REMOTE_ERROR.test(text)) quoting = 'a server'
  }
  return lines
}

/**
 * The end of what go printed, of about so many characters. Without go's line before them, lines that it quotes would
 * pass for its own, so the rest of them counts as a server's.
 */
export function keepEnd(output: string, characters: number): string {
  if (output.length <= characters) return output
  // The first line is cut.
  const [, ...lines] = output.slice(-characters).split('\n')
  return ['server response: …', ...lines].join('\n')
}

/** The words that go and its tools said themselves, line by line. */
export function ownText(lines: readonly SaidLine[]): string {
  return lines.flatMap(({ said, words }) => (said === 'by go' ? [words] : [])).join('\n')
}

/** The `path@version` that stands before the end of a line; undefined: the line ends otherwise. */
export function moduleBefore(line: string, end: string): string | undefined {
  const word = line.endsWith(end) ? line.slice(0, -end.length).split(/\s/).at(-1) : undefined
  return word?.includes('@v') ? word : undefined
}

/**
 * Every `path@version` in a text, with what stands before it. It looks backwards from each `@v1`: a server can make a line
 * long in which a module seems to begin everywhere.
 */
export function modulesIn(text: string): readonly { readonly module: string; readonly before: string }[] {
  const found: { readonly module: string; readonly before: string }[] = []
  for (const { 0: version, index } of text.matchAll(/@v\d[\w.+-]*/g)) {
    let start = index
    while (start > 0 && PATH.test(text.charAt(start - 1))) start--
    while (start < index && !/[a-z0-9]/i.test(text.charAt(start))) start++
    const path = text.slice(start, index)
    if (path.includes('.')) found.push({ module: `${path}${version}`, before: text.charAt(start - 1) })
  }
  return found
}

const PATH = /[\w.~/-]/

const RUN_ERROR = /: (?:exit status \S+|signal: [^:]+):$/
const REMOTE_ERROR = /^\s*fatal: remote error: /
const REMOTE_LINE = /^\s*remote:/
/** What git says last where ssh, or what it started there, ended before the repository was read. */
const SSH_ENDED = /^\tfatal: Could not read from remote repository\.$/
/** Marks of git's own lines, and of the other tools'. */
const TOOL_LINE = /^\t(?:fatal|error|warning|hint|abort|svn|hg|bzr|fossil): /
/** What ssh itself says, of OpenSSH 8 to 10. */
const SSH_LINE =
  /^\s*(?:(?:[\w.+-]+@[\w.:[\]-]+: )?Permission denied \(|Host key verification failed\.|No \S+ host key is known for |@|\*\* |Warning: |Offending |Add correct host key |Load key |Bad (?:owner|configuration)|Unable to negotiate |Connection (?:closed|reset|timed out|to )|Received disconnect |Disconnected |Too many authentication |Timeout, server |(?:ssh|banner exchange|kex_exchange_identification|ssh_exchange_identification|ssh_dispatch_run_fatal|client_loop|sign_and_send_pubkey|command-line line \d+): |\S+: (?:line \d+: |terminating, ))/

function isOverSsh(texts: readonly string[], from: number): boolean {
  const end = texts.findIndex((text, i) => i >= from && (!text.startsWith('\t') || REMOTE_ERROR.test(text)))
  return texts.slice(from, end < 0 ? undefined : end).some(text => SSH_ENDED.test(text))
}

function isServers(text: string, quoting: Quoting, overSsh: boolean): boolean {
  if (!text.startsWith('\t') && quoting !== 'a tool') return REMOTE_LINE.test(text)
  if (REMOTE_LINE.test(text)) return true
  if (quoting !== 'a tool' || !text.startsWith('\t')) return false
  // Over ssh a server can write lines like git's.
  if (overSsh) return !SSH_LINE.test(text) && !SSH_ENDED.test(text)
  return !TOOL_LINE.test(text) && !SSH_LINE.test(text)
}

/** In the order in which they are cut. */
const FOREIGN: readonly (readonly [RegExp, string])[] = [
  // A reason phrase is the server's.
  [/(\breading \S+: \d{3})\b[\s\S]*$/, '$1'],
  [/(\breturned error: \d{3})\b[\s\S]*$/, '$1'],
  [/(\bfatal: remote error:)[\s\S]*$/, '$1'],
  // Names out of a certificate.
  [/(\bx509: certificate is valid for)[\s\S]*$/, '$1'],
  // A line of a module's file.
  [/(\.(?:mod|work):\d+(?::\d+)?:)[\s\S]*$/, '$1'],
  // go's own advice, whose link is no place that was asked.
  [/^If this is a private repository, see [\s\S]*$/, ''],
]

/**
 * What is quoted: a URL that go asked, a module path, a toolchain; or, behind other words, a part of an answer. What has no
 * end is taken to the line's, so that it is looked at once.
 */
const QUOTED = /(\b(?:Get|Head|read|import path|cannot find) )?"(?:[^"\\]|\\.)*("?)/g

function ownWords(text: string): string {
  const own = text.replace(QUOTED, (quoted, mark: string | undefined, end: string) =>
    mark === undefined && end !== '' ? '""' : quoted,
  )
  return FOREIGN.reduce((words, [pattern, kept]) => words.replace(pattern, kept), own)
}
