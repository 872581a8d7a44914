import { either, type GoMessage, inOrder, type Pattern, row } from './message.ts'
import { PROJECT_MESSAGES } from './project-messages.ts'

/** A look-up in the checksum database that failed, but for a refusal (4xx) and for a fault of TLS. */
const SUMDB_FAILED: Pattern = {
  test(words) {
    const [, rest] = /verifying (?:go\.mod|module): (.*)$/s.exec(words) ?? []
    const parts = rest?.split(' ') ?? []
    const lastOfTls = parts.findLastIndex(part => /x509|tls:$/.test(part))
    return parts.some(
      (part, i) =>
        /\/lookup\/.+:$/.test(part) && i < parts.length - 1 && i >= lastOfTls && !/^4\d\d\b/.test(parts[i + 1] ?? ''),
    )
  },
}

// A status stands without its words where a server sends none with it.
export const GO_MESSAGES: readonly GoMessage[] = [
  // Wrong content, before everything else: it must never be taken for a passing fault.
  row('GO_SUMDB_MISBEHAVIOR', /go\.sum database server misbehavior detected/, {
    retry: 'never',
    message: 'The checksum database contradicts itself.',
    hint: 'This may be an attack. Keep the log and report it to the Go security team; do not disable GOSUMDB.',
  }),
  row('GO_CHECKSUM_MISMATCH', /checksum mismatch|SECURITY ERROR/, {
    retry: 'without proxy',
    message: 'A module’s content does not match go.sum or the checksum database.',
    hint: 'If only one proxy sends it, that proxy is bad. If all do, the version was re-tagged: ask its author. Never disable GOSUMDB for this.',
  }),
  row('GO_CHECKSUM_MISSING', /checksum missing from sumdb response/, {
    retry: 'once',
    message: 'The checksum database’s answer lacks this module.',
    hint: 'Use the database itself: GOSUMDB="sum.golang.org https://sum.golang.org".',
  }),
  row(
    'GO_BAD_CONTENT',
    /zip: not a valid zip file|zip for \S+ has unexpected file|invalid response from proxy|proxy returned info for version|missing module line|invalid character '<'/,
    {
      retry: 'without proxy',
      message: 'A proxy sent something other than the module (a login page, a truncated file).',
      hint: 'A login page of this network or a broken proxy answered. If it lasts, {remove}.',
    },
  ),
  // The project’s own matters: no proxy can solve them.
  row('GO_SUM_MISSING_ENTRY', /missing go\.sum entry/, {
    retry: 'never',
    message: 'go.sum lacks a line for a module that is needed.',
    hint: 'Run `go mod tidy` and commit go.sum.',
  }),
  row('GO_SUM_MALFORMED', /malformed go\.sum|wrong number of fields/, {
    retry: 'never',
    message: 'go.sum has a line that is not a checksum (a merge conflict?).',
    hint: 'Fix the line that go names, or delete go.sum and run `go mod tidy`.',
  }),
  row('GO_MOD_SYNTAX', /errors parsing \S*\.(mod|work):/, {
    retry: 'never',
    message: 'go.mod or go.work cannot be read.',
    hint: 'Fix the line that go names.',
  }),
  row('GO_MODFILE_IN_WORKSPACE', /-modfile cannot be used in workspace mode/, {
    retry: 'never',
    message: 'GOFLAGS has -modfile, which go refuses in a workspace.',
    hint: 'Set GOWORK=off to build with that file, or take -modfile out of GOFLAGS.',
  }),
  row('GO_MOD_PATH', /module declares its path as:|but was required as:/, {
    retry: 'never',
    message: 'A module declares a different path from the one that go.mod requires.',
    hint: 'Require the path that it declares, or use a replace line.',
  }),
  row('GO_REVISION_UNKNOWN', /unknown revision|invalid version:|no matching versions/, {
    retry: 'never',
    message: 'A required version does not exist, or this job may not read it.',
    hint: 'Check the version. {private}',
  }),
  row('GO_TOO_OLD', /requires go >= \S+ \(running go|cannot find "go1\S*" in PATH/, {
    retry: 'never',
    message: 'A module needs a newer Go than this one, and GOTOOLCHAIN forbids fetching it.',
    hint: 'Install that Go, or set GOTOOLCHAIN=auto.',
  }),
  row('GO_DISK_FULL', /no space left on device|not enough space on the disk/i, {
    retry: 'never',
    message: 'The disk is full.',
    hint: 'Free some space, or set GOMODCACHE to a larger disk.',
  }),
  row(
    'GO_CACHE_UNWRITABLE',
    /could not create module cache|GOMODCACHE entry is relative|permission denied|read-only file system/,
    {
      retry: 'never',
      message: 'The module cache cannot be written.',
      hint: 'Set GOMODCACHE to an absolute directory that this user may write to.',
    },
  ),
  // Behind the disk's faults, which go tells in the same words.
  ...PROJECT_MESSAGES,
  row('GO_MODULES_DISABLED', /modules disabled by GO111MODULE=off/, {
    retry: 'never',
    message: 'GO111MODULE=off switches modules off.',
    hint: 'Unset GO111MODULE.',
  }),
  row('GO_LOOKUP_DISABLED', /module lookup disabled by (GOPROXY=off|-mod=vendor)/, {
    retry: 'never',
    message: 'GOPROXY=off forbids downloads.',
    hint: 'Set GOPROXY, or vendor the modules.',
  }),
  row('GO_TOOLCHAIN_UNVERIFIED', /checksum database disabled by GOSUMDB=off/, {
    retry: 'never',
    message: 'A toolchain cannot be verified with GOSUMDB=off.',
    hint: 'Set GOTOOLCHAIN=local and install the Go that is needed.',
  }),
  row('GO_TOOLCHAIN_UNAVAILABLE', /toolchain not available/, {
    retry: 'once',
    message: 'No proxy has the Go version that go.mod asks for.',
    hint: 'Check the go and toolchain lines of go.mod.',
  }),
  // Credentials. From here on: a status may come without a reason phrase, and ends the line then.
  row('GIT_CREDENTIALS_MISSING', /could not read (Username|Password) for|terminal prompts disabled/, {
    retry: 'never',
    message: 'A repository asks for credentials, and none were given.',
    hint: 'A private module, or a typo? {private}',
  }),
  row(
    'GIT_AUTHENTICATION',
    /Authentication failed for|Permission denied \(publickey|fatal: repository '[^']*' not found|Could not read from remote repository|Host key verification failed/,
    {
      retry: 'never',
      message: 'A repository refuses the credentials, or does not exist.',
      hint: 'Check the token’s scope and that it covers this repository.',
    },
  ),
  row('HTTP_UNAUTHORIZED', /\b401 Unauthorized|reading \S+: 401\b/, {
    retry: 'elsewhere',
    message: 'A proxy or server asks for credentials.',
    hint: 'Give it a token, or {remove}.',
  }),
  // The network's own proxy. Its fault is no upstream's. git's words are curl's.
  row(
    'HTTP_PROXY_AUTHENTICATION',
    /Proxy Authentication Required|\bsocks connect \S+ \S+: (no acceptable authentication|username\/password auth|invalid username\/password|unsupported authentication)|(CONNECT tunnel failed, response|HTTP code) 407|[Uu]ser was rejected by the SOCKS5 server|No authentication method was acceptable/,
    {
      retry: 'elsewhere',
      message: 'The HTTP or SOCKS proxy of this network refuses the login.',
      hint: 'Check the user and password in HTTPS_PROXY; special characters are percent-encoded there.',
    },
  ),
  row(
    'HTTP_PROXY_TARGET',
    /\bsocks connect \S+ \S+: unknown error (connection not allowed|network unreach|host unreach|connection refused|TTL)|(CONNECT tunnel failed, response|HTTP code) (403|50\d)|Can.t complete SOCKS5 connection/,
    {
      retry: 'rounds',
      message: 'The HTTP or SOCKS proxy of this network does not connect to a server.',
      hint: 'May clients reach the server through HTTPS_PROXY? If the server needs no proxy, list it in NO_PROXY.',
    },
  ),
  row(
    'HTTP_PROXY_UNREACHABLE',
    /\bproxyconnect tcp\b|\bsocks connect\b|Could not resolve proxy|CONNECT tunnel failed|from proxy after CONNECT|[Pp]roxy CONNECT aborted|to receive (initial )?SOCKS5/,
    {
      retry: 'once',
      message: 'The HTTP or SOCKS proxy of this network does not open a connection.',
      hint: 'Is the proxy running, and is HTTPS_PROXY right, including its scheme? Hosts in NO_PROXY bypass it.',
    },
  ),
  row('GO_SUMDB_FAILED', SUMDB_FAILED, {
    retry: 'rounds',
    message: 'The checksum database gave no usable answer.',
    hint: 'go asks it because go.sum lacks lines. Run `go mod tidy` on a machine that can reach the database, and commit go.sum. List private modules in private-domains: go does not ask the database about them.',
  }),
  row('HTTP_FORBIDDEN', /\b403 Forbidden|reading \S+: 403\b/, {
    retry: 'elsewhere',
    message: 'A proxy forbids this module.',
    hint: 'A company’s proxy may forbid a module on purpose; a public one may block this region.',
  }),
  // The network and the servers.
  row('HTTP_TOO_MANY_REQUESTS', /\b429 Too Many Requests|reading \S+: 429\b|ENHANCE_YOUR_CALM/, {
    retry: 'rounds',
    message: 'A proxy limits the number of requests.',
    hint: 'The limit is the proxy’s, for this login or address; its operator can raise it. Try later, or {another}.',
  }),
  row('HTTP_SERVER_ERROR', /\b(408|5\d\d) [A-Z][A-Za-z ]+|reading \S+: (408|5\d\d)\b/, {
    retry: 'rounds',
    message: 'A proxy failed.',
    hint: 'Try later, or {another}.',
  }),
  row('TLS_CERTIFICATE', /failed to verify certificate|x509:/, {
    retry: 'rounds',
    message: 'A server’s certificate is not trusted here.',
    hint: 'Behind a company’s HTTP proxy, set SSL_CERT_FILE to its CA. Otherwise do not trust this server.',
  }),
  row('GIT_CERTIFICATE', /SSL certificate problem|server certificate verification failed/, {
    retry: 'elsewhere',
    message: 'git does not trust a repository’s certificate.',
    hint: 'git has its own list of CAs: set GIT_SSL_CAINFO, or http.sslCAInfo in its configuration. Otherwise do not trust this host.',
  }),
  row('TLS_HANDSHAKE', /TLS handshake timeout|tls: /, {
    retry: 'rounds',
    message: 'No secure connection could be made.',
    hint: 'A middlebox or a broken route may be the cause. If it lasts, {another}.',
  }),
  row('HTTP_WRONG_SCHEME', /server gave HTTP response to HTTPS client/, {
    retry: 'never',
    message: 'go asked a server over https, and it answered in http.',
    hint: 'Write the URL with the right scheme and port.',
  }),
  row('DNS_UNKNOWN_HOST', /no such host|Could not resolve host\b/, {
    retry: 'rounds',
    message: 'A host’s name is unknown here.',
    hint: 'Check the spelling, and whether this machine’s resolver knows the company’s names.',
  }),
  row(
    'DNS_FAILURE',
    either(
      inOrder(/lookup \S+( on \S+)?: /, /i\/o timeout|server misbehaving/),
      /Temporary failure in name resolution/,
    ),
    {
      retry: 'rounds',
      message: 'The resolver does not answer.',
      hint: 'Check the resolver of this machine.',
    },
  ),
  row('CONNECTION_REFUSED', /connection refused|connectex: No connection could be made/, {
    retry: 'rounds',
    message: 'Nothing listens at a proxy’s address.',
    hint: 'Is the port right, and is the server running?',
  }),
  row('CONNECTION_TIMEOUT', /i\/o timeout|connectex: A connection attempt failed|deadline exceeded/, {
    retry: 'rounds',
    message: 'A server does not answer.',
    hint: 'Blocked by a firewall? If not, {another}.',
  }),
  row('CONNECTION_UNREACHABLE', /network is unreachable|no route to host/, {
    retry: 'rounds',
    message: 'There is no route to a server.',
    hint: 'IPv6 may have no route here, or this network has no way out.',
  }),
  row(
    'CONNECTION_CUT',
    /unexpected EOF|\bEOF\b|connection reset by peer|forcibly closed|broken pipe|stream error|INTERNAL_ERROR|GOAWAY|client connection (lost|force closed)|hung up unexpectedly|RPC failed|early EOF/,
    {
      retry: 'rounds',
      message: 'A connection broke during a transfer.',
      hint: 'This usually passes. If it lasts, {another}.',
    },
  ),
  row('HTTP_REDIRECT', /stopped after 10 redirects|redirected from secure URL/, {
    retry: 'rounds',
    message: 'A proxy redirects in circles or to an insecure address.',
    hint: 'If it lasts, {remove}.',
  }),
  {
    code: 'HTTP_ABSENT_FAILED',
    pattern: /bad upstream|fetch timed out|Failed to connect/,
    said: 'by the server',
    retry: 'rounds',
    message: 'A proxy says “not found” because its own source failed.',
    hint: 'Try later, or {another}.',
  },
  {
    code: 'GO_REVISION_UNKNOWN',
    pattern: /unknown revision/,
    said: 'by the server',
    // One proxy says so; another may have seen a newer tag.
    retry: 'elsewhere',
    message: 'A required version does not exist, or this job may not read it.',
    hint: 'Check the version. {private}',
  },
  row(
    'HTTP_NOT_FOUND',
    /\b(404 Not Found|410 Gone)|reading \S+: (404|410)\b|unrecognized import path|no go-import meta tags|no secure protocol found/,
    {
      retry: 'elsewhere',
      message: 'None of the proxies and hosts asked has this module or version.',
      hint: 'A private module, or a typo? Check its name and version. {private}',
    },
  ),
]
