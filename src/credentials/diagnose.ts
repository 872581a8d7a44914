import type { Problem } from '../errors.ts'
import { matchesPatterns } from '../go/patterns.ts'
import { showUser } from '../logins.ts'
import { closest, type Place, placeOfUrl, showPlace } from '../place.ts'
import type { Credential, EmptySecret } from './credential.ts'
import { NETRC_NAME } from './netrc.ts'

/** What could be tried for a private place, and what could not. */
export interface Known {
  readonly logins: readonly Credential[]
  /** Places that SSH keys are for. */
  readonly keys: readonly Place[]
  /** Lines of the inputs whose secret is empty. */
  readonly empty: readonly EmptySecret[]
  /** Hosts with a token whose entry in HOME's netrc file git sends before it asks for ours. */
  readonly inNetrc: readonly string[]
  /** The event for which credentials were withheld; undefined: they were not. */
  readonly withheldIn: string | undefined
  /** Further places of the user's own, such as the private proxy. */
  readonly own: readonly Place[]
  /** GOPRIVATE patterns in force. */
  readonly patterns: string
}

interface Row {
  readonly code: string
  readonly pattern: RegExp
  /** What the host did, behind its name. */
  readonly what: string
  readonly hint: (where: string) => string
}

/**
 * What git, ssh and go say where a private host cannot be used; the first row that fits tells most. Texts of git 2.39,
 * OpenSSH 9.2, Go 1.22 to 1.27; which statuses hosts use is in docs/credentials.md.
 */
const ROWS: readonly Row[] = [
  {
    code: 'CREDENTIALS_HOST_KEY',
    pattern: /Host key verification failed|HOST IDENTIFICATION HAS CHANGED|host key is known for/,
    what: 'shows an SSH host key that is not known here',
    hint: where =>
      `Put the line for ${where} that \`ssh-keyscan\` prints into ssh-known-hosts, after comparing it with the host's documentation.`,
  },
  {
    code: 'CREDENTIALS_KEY_REFUSED',
    pattern: /Permission denied \(/,
    what: 'refuses the SSH key',
    hint: () => 'Add the public half of the key to the repository (deploy key) or to a user who may read it.',
  },
  {
    code: 'CREDENTIALS_HOST_UNREACHABLE',
    pattern:
      /ssh: (connect to host|Could not resolve hostname)|kex_exchange_identification|Connection (timed out|closed by)|Failed to connect to|Could not resolve (host|proxy)|[Nn]o such host|i\/o timeout|connection refused|CONNECT (tunnel failed|aborted)/,
    what: 'cannot be reached from here',
    hint: () => 'Is its name right, and may this runner reach it (VPN, firewall, HTTPS_PROXY, NO_PROXY)?',
  },
  {
    code: 'CREDENTIALS_FORBIDDEN',
    pattern: /error: 403\b|: 403\b/,
    what: 'knows the credentials but forbids this (403)',
    hint: () =>
      'Give the token the right to read this repository (GitHub: Contents, read; GitLab: read_repository and read_api), and authorize it for the organisation’s single sign-on.',
  },
  {
    code: 'CREDENTIALS_REFUSED',
    pattern: /Authentication failed|Access denied|error: 401\b|: 401\b/,
    what: 'refuses the credentials',
    hint: where => `Is the token for ${where} whole, not expired nor revoked, and does it go with this user name?`,
  },
  {
    code: 'CREDENTIALS_MISSING',
    pattern: /could not read (Username|Password)/,
    what: 'asks for credentials',
    hint: where => `Add a line \`${where} TOKEN\` to credentials, or an ssh-key for it.`,
  },
  {
    code: 'CREDENTIALS_NOT_VISIBLE',
    pattern:
      /[Rr]epository .*not found|error: 404\b|: 404\b|unknown revision|unrecognized import path|no go-import meta tags/,
    what: 'says that there is no such module',
    hint: () =>
      'Check path and version. Hosts say the same of what a token or key may not see: does it cover this repository, and may it read?',
  },
]

/**
 * What a failure is about when a private host is behind it.
 * @param words what go printed, all of it  @param said the line to quote, made harmless already
 * @returns undefined where no private host is concerned, or nothing better is known than what go says
 */
export function diagnose(words: string, said: string, known: Known): Problem | undefined {
  const blocks = blocksOf(words)
  for (const { code, pattern, what, hint } of ROWS) {
    for (const block of blocks) {
      const place = pattern.test(block) ? placeIn(block) : undefined
      if (place === undefined || !isPrivate(place, known)) continue
      const where = showPlace({ ...place, path: '' })
      const module = MODULE.exec(block)?.[0]
      return {
        code,
        message: [
          `${where} ${what}${module === undefined ? '' : ` for ${module}`}.`,
          `Tried: ${describeTried(place, known)}.`,
          said === '' ? '' : `go says: ${withoutAliases(said)}`,
        ]
          .join(' ')
          .trimEnd(),
        hint: hint(where),
      }
    }
  }
  return undefined
}

/** A private host that gives no answer at all. @param over how it was asked  @param reason in our own words */
export function unreachable(place: Place, over: 'http' | 'https', reason: string, known: Known): Problem {
  const where = showPlace({ ...place, path: '' })
  return {
    code: 'CREDENTIALS_HOST_UNREACHABLE',
    message: `${where}, which private modules come from, gives no answer over ${over}: ${reason}. Tried: ${describeTried(place, known)}.`,
    hint: 'Is its name right, and may this runner reach it (VPN, firewall, HTTPS_PROXY, NO_PROXY)?',
  }
}

/** go's line about a module and what git said behind it. */
function blocksOf(words: string): readonly string[] {
  return words.split(/\n(?=go: |\S+@v\d)/)
}

const MODULE = /[a-z0-9][\w.~-]*\.[\w.~-]+(?:\/[\w.~-]+)*@v\d[\w.+-]*/i
/** The host's name in a name of ours: see plan.ts. */
const ALIAS = /([\w.-]+?)\.go-proxy-setup-[0-9a-f]{8}-\d+/

function withoutAliases(text: string): string {
  return text.replace(new RegExp(ALIAS, 'g'), '$1')
}

/** The repository or page that was asked; else the module says where. */
function placeIn(block: string): Place | undefined {
  const text = withoutAliases(block)
  const url = /\bhttps:\/\/[^\s'"?]+/.exec(text)?.[0].replace(/\.git\/?$|[:,.]+$/, '')
  const ssh = /(?:ssh:\/\/(?:\w+@)?|\w+@)([\w.-]+\.[\w.-]+)[:/]+((?:[\w.~-]+\/)*[\w.~-]+)/.exec(text)
  const module = MODULE.exec(text)?.[0].split('@')[0]?.split('/')
  const [host, path] = ssh === null ? [module?.[0], module?.slice(1).join('/')] : [ssh[1], ssh[2]]
  if (url !== undefined) return placeOfUrl(url)
  return host === undefined
    ? undefined
    : { host: host.toLowerCase(), port: undefined, path: path?.replace(/\.git$/, '') ?? '' }
}

/** Whether this is a place that something private comes from. */
export function isPrivate(place: Place, { empty, keys, logins, own, patterns }: Known): boolean {
  const named = [...logins, ...keys, ...empty, ...own]
  return closest(named, place) !== undefined || matchesPatterns(patterns, `${place.host}/${place.path}`)
}

function describeTried(place: Place, { empty, inNetrc, keys, logins, withheldIn }: Known): string {
  if (withheldIn !== undefined) return `nothing, for credentials are not used in this ${withheldIn} run`
  const [key, login, line] = [closest(keys, place), closest(logins, place), closest(empty, place)]
  const tried = [
    ...(key === undefined ? [] : [`the SSH key for ${showPlace(key)}`]),
    ...(login === undefined
      ? []
      : [`the token for ${showPlace(login)} (line ${login.line} of credentials) as ${showUser(login.user)}`]),
    ...(inNetrc.includes(place.host) ? [`before these the entry for it in ${NETRC_NAME}, which git sends first`] : []),
  ]
  if (tried.length > 0) return tried.join(', and ')
  return line === undefined
    ? 'nothing, for no credentials are given for it'
    : `nothing, for ${line.input === 'credentials' ? 'the token' : 'the SSH key'} for ${showPlace(line)} (line ${line.line} of ${line.input}) is empty`
}
