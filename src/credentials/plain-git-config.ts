import { isTokenUser, looksLikeToken } from '../places/logins.ts'

/**
 * Whether an entry of git's configuration is of a kind that holds no secret. Secrets have no shape of their own (a
 * header of any name, `sshpass -p`, a helper that prints one), so what is harmless is listed instead; everything else
 * counts as a secret. Source: git-config(1).
 */
export function isPlainEntry(key: string, value: string): boolean {
  // A secret of fewer characters is not accepted anywhere in this program: none of them could be masked.
  const isShort = value.length < SHORT && !SECRET_NAME.test(key)
  return isPlainKey(key) && (isShort || isPlainValue(key, value))
}

const SHORT = 5
const SECRET_NAME = /\.[\w-]*(?:pass|token|secret|cookie|header|key|auth|login|user)[\w-]*$/i

/** Between its first dot and its last a key may hold anything, a URL above all. */
export function isPlainKey(key: string): boolean {
  const [, section = '', , subsection = ''] = /^([\w-]+)(\.(.*))?\.[\w-]+$/s.exec(key) ?? []
  if (section === '') return false
  return subsection === '' || (/^includeif$/i.test(section) ? isPlainCondition(subsection) : isPlainPlace(subsection))
}

function isPlainCondition(text: string): boolean {
  const [, kind, value = ''] = /^(gitdir(?:\/i)?|onbranch|hasconfig:remote\.\*\.url):(.*)$/s.exec(text) ?? []
  return kind?.startsWith('hasconfig') ? isPlainPlace(value) : kind !== undefined && isPlainPath(value)
}

type Check = (value: string) => boolean

const isBoolean: Check = value => /^(?:true|false|yes|no|on|off)?$/i.test(value)
/** With git's units; longer ones are no counts. */
const isCount: Check = value => /^-?\d{1,6}[kmg]?$/i.test(value)
const isPath: Check = value =>
  value === '*' || (/^(?:[/~]|%\(prefix\)|[A-Za-z]:[\\/])/.test(value) && isPlainPath(value))
const isName: Check = value => /^[\p{L}\d .'@+_[\]-]{1,100}$/u.test(value) && !isTokenIn(value)

const PLAIN_VALUES: readonly (readonly [key: RegExp, check: Check])[] = [
  [/^url\..*\.(?:push)?insteadof$/i, isPlainPlace],
  [/^remote\..*\.(?:push)?url$/i, isPlainPlace],
  [/^http(?:\..*)?\.proxy$/i, isPlainPlace],
  [/^(?:include|includeif\..*)\.path$/i, isPath],
  [/^safe\.(?:directory|barerepository)$/i, value => isPath(value) || /^(?:all|explicit)$/.test(value)],
  [/^http(?:\..*)?\.ssl(?:cainfo|capath|cert|key)$/i, isPath],
  [/^http(?:\..*)?\.(?:sslbackend|sslversion|version|followredirects)$/i, value => /^[\w./]{1,12}$/.test(value)],
  [/^core\.(?:attributesfile|excludesfile|hookspath|worktree|fsmonitor)$/i, isPath],
  [
    /^core\.(?:autocrlf|eol|safecrlf|abbrev|compression)$/i,
    value => /^(?:input|native|lf|crlf|warn|auto)$/i.test(value),
  ],
  [/^core\.sshcommand$/i, isPlainSsh],
  [/^credential(?:\..*)?\.helper$/i, isPlainHelper],
  // Bytes, mostly: of these keys longer numbers are counts, too.
  [
    /^(?:http(?:\..*)?\.(?:postbuffer|lowspeedlimit)|core\.(?:bigfilethreshold|packedgit\w+|deltabasecachelimit)|pack\.\w+)$/i,
    value => /^\d{1,12}[kmg]?$/i.test(value),
  ],
  [/^init\.(?:defaultbranch|templatedir)$/i, value => isPath(value) || /^[a-z][a-z/-]{0,30}$/.test(value)],
  [/^(?:user|author|committer)\.(?:name|email)$/i, isName],
  [/^protocol(?:\..*)?\.(?:allow|version)$/i, value => /^(?:always|never|user|\d)$/i.test(value)],
  [/^(?:color|column)\.[\w-]+$/i, value => /^(?:always|never|auto)$/i.test(value)],
  [
    /^(?:pull|push|fetch|merge|rebase)\.[\w-]+$/i,
    value => /^(?:only|simple|current|upstream|matching|nothing|merges|default|consecutive)$/i.test(value),
  ],
]

function isPlainValue(key: string, value: string): boolean {
  if (/[\0\n\r]/.test(value)) return false
  if (PLAIN_VALUES.some(([pattern, check]) => pattern.test(key) && check(value))) return true
  return !SECRET_NAME.test(key) && (isBoolean(value) || isCount(value))
}

/** A URL, an scp-like place, a host or a path without a secret: no password, no query, no user but a well-known one. */
function isPlainPlace(text: string): boolean {
  const [, scheme = '', rest = ''] = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(.*)$/is.exec(text) ?? []
  if (!/^(?:|https?|ssh|git|git\+ssh|file|socks5h?)$/i.test(scheme)) return false
  const authority = /^[^/]*/.exec(rest)?.[0] ?? ''
  const user = authority.includes('@') ? authority.slice(0, authority.lastIndexOf('@')) : undefined
  // Over ssh a user is a name, which no token is.
  const isOverSsh = /^(?:git\+)?ssh$/i.test(scheme) || (scheme === '' && /@[^/]*:/.test(authority))
  const isUser =
    user === undefined || isTokenUser(user) || (isOverSsh && /^[a-z_][\w.-]{0,18}$/i.test(user) && !isTokenIn(user))
  const place = user === undefined ? rest : rest.slice(user.length + 1)
  return isUser && isPlainPath(place)
}

function isPlainPath(text: string): boolean {
  return /^[\p{L}\d ./\\~:*()%_+,[\]-]*$/u.test(text) && !isTokenIn(text)
}

/** The beginnings of the great hosts' tokens, and long words of letters and digits. */
function isTokenIn(text: string): boolean {
  const known =
    /(?:gh[opsur]_|github_pat_|gl(?:pat|dt|cbt|ptt|rt|soat|ft|agent|oas|imt)-|xox[a-z]-|AKIA|ASIA|eyJ|ATATT|ATBB|npm_|sk-|pypi-)/
  return known.test(text) || text.split(/[^A-Za-z0-9]+/).some(looksLikeToken)
}

/** ssh by its name or path, with options that name files, places or switches. Source: ssh(1), ssh_config(5). */
function isPlainSsh(command: string): boolean {
  const [program = '', ...words] = command.trim().split(/\s+/)
  if (!/^["']?(?:[\w./\\:~-]*[/\\])?ssh(?:\.exe)?["']?$/.test(program)) return false
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? ''
    if (/^-[46AaCfGgKkMNnqsTtVvXxYy]+$/.test(word)) continue
    const [, option = '', joined = ''] = /^-([iFpol])(.*)$/.exec(word) ?? []
    const value = (joined || words[++i]) ?? ''
    const unquoted = value.replace(/^["']|["']$/g, '')
    if (option === 'o') {
      if (
        !/^(?:StrictHostKeyChecking|UserKnownHostsFile|GlobalKnownHostsFile|IdentitiesOnly|IdentityFile|IdentityAgent|BatchMode|ConnectTimeout|ConnectionAttempts|ServerAlive\w+|LogLevel|Port|HostKeyAlias|PasswordAuthentication|PreferredAuthentications|ControlMaster|ControlPath|ControlPersist)=/i.test(
          unquoted,
        )
      )
        return false
    } else if (option === 'p' ? !/^\d{1,5}$/.test(unquoted) : option === '') return false
    if (!isPlainPath(unquoted.replace(/^\w+=/, ''))) return false
  }
  return true
}

const KNOWN_HELPERS = [
  'cache',
  'store',
  'netrc',
  'oauth',
  'osxkeychain',
  'wincred',
  'manager',
  'manager-core',
  'libsecret',
]

/** Helpers that are asked for a secret, and do not hold it themselves. Source: gitcredentials(7). */
function isPlainHelper(value: string): boolean {
  if (value === '') return true
  if (/^!(?:["']?[\w./\\: -]*[/\\])?(?:gh|glab)(?:\.exe)?["']? auth git-credential$/.test(value)) return true
  const [program = '', ...words] = value.split(' ')
  const isProgram = KNOWN_HELPERS.includes(program) || isPath(program)
  return (
    isProgram &&
    words.every(word => /^--(?:timeout|file|socket)(?:=\S*)?$/.test(word) || isPath(word) || /^\d{1,6}$/.test(word)) &&
    isPlainPath(words.join(' ').replaceAll('=', ' '))
  )
}
