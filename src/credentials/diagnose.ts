import type { Problem } from '../errors.ts'
import { either, inOrder, type Pattern } from '../go/message.ts'
import { matchesPatterns } from '../go/patterns.ts'
import { ownText, readLines } from '../go/words.ts'
import { closest, type Place, showPlace } from '../places/place.ts'
import { sanitizeLine } from '../text/sanitiser.ts'
import { moduleIn, placeIn, withoutAliases } from './asked.ts'
import { type AskedPlace, isNearMiss, isPrivate, type KnownCredentials, type Remedy, triedAt } from './tried.ts'

interface Row {
  readonly code: string
  readonly pattern: Pattern
  /** Whether it also fits where ssh was let in and the server then gave no repository: in which words is the server's. */
  readonly ofSshServers?: boolean
  /** What the host did, behind its name. */
  readonly what: string
  /** The same where no secret was sent, which then is the reason; undefined: it is about something else. */
  readonly without?: string
  /** What stands between that and the module; for where it is not given. */
  readonly link?: string
  /** What else it may mean then; undefined: nothing. */
  readonly doubt?: string
  readonly hint: (where: string) => string
}

const REACH_IT = 'Is the host’s name right, and can this runner reach it (VPN, firewall, HTTPS_PROXY, NO_PROXY)?'

/** Not only this module is affected: nothing can be fetched from the host. */
const NEEDED_FOR = '. It is needed for '

/**
 * What git, ssh and go say where a private host cannot be used; the first row that fits tells most. Texts of git 2.39,
 * OpenSSH 9.2, Go 1.22 to 1.27; which statuses hosts use is in docs/credentials.md.
 */
const ROWS: readonly Row[] = [
  {
    code: 'CREDENTIALS_HOST_KEY',
    pattern: /HOST IDENTIFICATION HAS CHANGED/,
    what: 'has an SSH host key other than the one that is known here',
    link: NEEDED_FOR,
    hint: where =>
      `Compare the key with the host’s documentation. If the host has a new key, put the line for ${where} that \`ssh-keyscan\` prints into ssh-known-hosts. If not, another server is answering in its place.`,
  },
  {
    code: 'CREDENTIALS_HOST_KEY',
    pattern: /Host key verification failed|host key is known for/,
    what: 'has an SSH host key that is not known here',
    link: NEEDED_FOR,
    hint: where =>
      `Compare the line for ${where} that \`ssh-keyscan\` prints with the host’s documentation, then put it into ssh-known-hosts.`,
  },
  {
    code: 'CREDENTIALS_KEY_REFUSED',
    pattern: /Permission denied \(/,
    what: 'refuses the SSH key',
    without: 'asks for an SSH key',
    hint: () => 'Add the public half of the key to the repository (deploy key) or to a user who may read it.',
  },
  {
    code: 'CREDENTIALS_CERTIFICATE',
    pattern:
      /certificate has expired or is not yet valid|SSL certificate problem: certificate (has expired|is not yet valid)/,
    what: 'has a certificate that has expired or is not valid yet',
    link: NEEDED_FOR,
    hint: () => 'Is this machine’s clock right? If it is, the host’s operator must renew the certificate.',
  },
  {
    code: 'CREDENTIALS_CERTIFICATE',
    pattern:
      /x509: certificate is (valid for|not valid for)|no alternative certificate subject name|x509: certificate is not valid/,
    what: 'has a certificate for another name',
    link: NEEDED_FOR,
    hint: () =>
      'Is the name right? If it is, the host’s operator must get a certificate for this name, or another server is answering.',
  },
  {
    code: 'CREDENTIALS_CERTIFICATE',
    pattern: /SSL certificate problem|server certificate verification failed|failed to verify certificate|x509:/,
    what: 'has a certificate that is not trusted here',
    link: NEEDED_FOR,
    hint: () =>
      'If the company has its own CA, name its file in SSL_CERT_FILE for go and in GIT_SSL_CAINFO (or http.sslCAInfo in git’s configuration) for git. Otherwise do not trust this host.',
  },
  {
    code: 'CREDENTIALS_HOST_UNREACHABLE',
    pattern:
      /ssh: (connect to host|Could not resolve hostname)|kex_exchange_identification|Connection (timed out|closed by)|Failed to connect to|Could not resolve (host|proxy)|[Nn]o such host|i\/o timeout|TLS handshake timeout|connection refused|no route to host|network is unreachable|CONNECT (tunnel failed|aborted)/,
    what: 'cannot be reached from here',
    link: NEEDED_FOR,
    hint: () => REACH_IT,
  },
  {
    code: 'CREDENTIALS_FORBIDDEN',
    pattern: /error: 403\b|: 403\b/,
    what: 'accepts the credentials but forbids this (403)',
    without: 'forbids this (403)',
    doubt: 'A company’s proxy may forbid a module on purpose. If it needs a login:',
    hint: () =>
      'Allow the token to read this repository (GitHub: Contents, read; GitLab: read_repository and read_api), and authorize it for the organisation’s single sign-on.',
  },
  {
    code: 'CREDENTIALS_REFUSED',
    pattern: /Authentication failed|Access denied|error: 401\b|: 401\b/,
    what: 'refuses the credentials',
    without: 'asks for credentials',
    hint: where =>
      `Check that the token or password for ${where} is complete, has not expired or been revoked, and belongs to this user name.`,
  },
  {
    code: 'CREDENTIALS_MISSING',
    pattern: /could not read (Username|Password)/,
    what: 'asks for credentials',
    without: 'asks for credentials',
    hint: where => `Add a line \`${where} TOKEN\` to credentials, or an ssh-key for it.`,
  },
  {
    code: 'GO_REVISION_UNKNOWN',
    // git has the repository: the login is right.
    pattern: /at revision \S+: unknown revision/,
    what: 'has no such version',
    link: ' of the module: ',
    hint: () =>
      'Check the version. Was its tag pushed? If the module is in a subdirectory, the tag begins with that directory (sub/v1.2.3).',
  },
  {
    code: 'CREDENTIALS_NOT_VISIBLE',
    ofSshServers: true,
    pattern: either(
      inOrder(/fatal: repository /, /not found/),
      /error: 404\b|: 404\b|unknown revision|unrecognized import path|no go-import meta tags/,
    ),
    what: 'says that there is no such module',
    without: 'says that there is no such module',
    link: ': ',
    doubt: 'Check path and version. Hosts also say this when credentials are missing:',
    hint: () =>
      'Check path and version. Hosts also say this when a token or key has no access: does it cover this repository, with the right to read?',
  },
]

/**
 * What a failure is about when a private host is behind it.
 * @param words what go printed, all of it  @param said the line to quote, made harmless already
 * @returns undefined where no private host is concerned, or nothing better is known than what go says
 */
export function diagnose(words: string, said: string, known: KnownCredentials): Problem | undefined {
  const blocks = blocksOf(words)
  for (const row of ROWS) {
    for (const { own, isRefusedOverSsh } of blocks) {
      const fits = row.pattern.test(own) || (row.ofSshServers === true && isRefusedOverSsh)
      const place = fits ? placeIn(own, known) : undefined
      if (place === undefined || !concerns(row, place, own, known)) continue
      const where = whereOf(place)
      const module = moduleIn(own)
      const { sent, tried, isNothing, remedy, first } = triedAt(place, known)
      const what = sent ? row.what : (row.without ?? row.what)
      return {
        ...(first !== undefined && (row.without !== undefined || row.code === 'CREDENTIALS_HOST_KEY')
          ? { code: first.code, hint: first.hint(where) }
          : sent || row.without === undefined
            ? { code: row.code, hint: row.hint(where) }
            : withRemedy(row, where, remedy)),
        message: [
          `${where} ${what}${module === undefined ? '' : `${row.link ?? ' for '}${module}`}.`,
          // Where it is about something else, what was not given is not missed.
          isNothing && (row.without === undefined || row.doubt !== undefined) ? '' : `Tried: ${tried}.`,
          quote(said, row, own),
        ]
          .filter(text => text !== '')
          .join(' '),
      }
    }
  }
  return undefined
}

/** What was said of it: where the line that go's failure was told by is about something else, the line that this is told by. */
function quote(said: string, { pattern }: Row, own: string): string {
  const telling = said === '' || pattern.test(said) ? undefined : own.split('\n').find(line => pattern.test(line))
  const words = telling === undefined ? said : sanitizeLine(telling, QUOTED_BYTES).replace(SSH_FRAME, '')
  return words === '' ? '' : `go says: ${withoutAliases(words)}`
}

/** ssh draws a box of `@` around its warnings. */
const SSH_FRAME = /^[@\s]+|(?<![@\s])[@\s]+$/g
/** As much as is quoted of a line elsewhere. */
const QUOTED_BYTES = 500

function whereOf({ server, ...place }: AskedPlace): string {
  return showPlace({ ...(server ?? place), path: '' })
}

/** Where nothing was sent, that is the reason, or may be. */
function withRemedy({ code, doubt }: Row, where: string, remedy: Remedy): Omit<Problem, 'message'> {
  const hint = remedy.hint(where)
  return doubt === undefined ? { code: remedy.code, hint } : { code, hint: `${doubt} ${hint.replace(/^./, lower)}` }
}

const lower = (letter: string) => letter.toLowerCase()

/** A private host that gives no answer at all. @param over how it was asked  @param reason in our own words */
export function unreachable(place: Place, over: 'http' | 'https', reason: string, known: KnownCredentials): Problem {
  const where = showPlace({ ...place, path: '' })
  const { tried, isNothing } = triedAt({ ...place, over: 'web', byAlias: false }, known)
  return {
    code: 'CREDENTIALS_HOST_UNREACHABLE',
    message: `${where}, which serves private modules, does not answer over ${over}: ${reason}.${isNothing ? '' : ` Tried: ${tried}.`}`,
    hint: REACH_IT,
  }
}

/** go's line about a module and what git said behind it. */
interface Block {
  /** Without what servers say: neither host nor cause is theirs to tell. */
  readonly own: string
  readonly isRefusedOverSsh: boolean
}

function blocksOf(words: string): readonly Block[] {
  return words.split(/\n(?=go: |\S+@v\d)/).map(block => {
    const lines = readLines(block)
    const end = lines.findIndex(({ said, text }) => said === 'by go' && SSH_ENDED.test(text))
    return {
      own: ownText(lines),
      isRefusedOverSsh: lines.slice(0, Math.max(end, 0)).some(({ said }) => said === 'by the server'),
    }
  })
}

const SSH_ENDED = /fatal: Could not read from remote repository/

/** The page of a private module may have led git to a host that no input names. */
function concerns({ code }: Row, place: AskedPlace, own: string, known: KnownCredentials): boolean {
  // Over http nothing but this is about credentials, and of the rest go itself says enough.
  if (closest(known.own, place)?.overHttp) return code === 'CREDENTIALS_REFUSED'
  const module = /\bfatal: /.test(own) ? moduleIn(own)?.split('@')[0] : undefined
  return (
    place.key !== undefined ||
    isPrivate(place, known) ||
    isNearMiss(place, known) ||
    (module !== undefined && matchesPatterns(known.patterns, module))
  )
}
