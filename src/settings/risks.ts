import type { Problem } from '../errors.ts'
import { splitGoflags } from '../go/goflags.ts'
import { findPatternFault } from '../go/pattern-fault.ts'
import { matchesPatterns } from '../go/patterns.ts'
import { showCharacters } from '../text/characters.ts'
import type { GoSettings, Sourced } from './settings.ts'

/**
 * Protections that the user's own settings switch off: obeyed, and reported with the exact reason. GOSUMDB=off is
 * reported where the checksum database is chosen, because the input can set it too.
 */
export function findRisks(settings: GoSettings, privateDomains: readonly string[]): readonly Problem[] {
  const { GOPRIVATE, GONOPROXY, GONOSUMDB, GOINSECURE, GOFLAGS, env } = settings
  // Where the two that follow it are set, it decides nothing of theirs.
  const follows = [
    ...(GONOPROXY.from === 'default' ? ['fetched without a proxy'] : []),
    ...(GONOSUMDB.from === 'default' ? ['checked only against go.sum'] : []),
  ]
  return [
    ...vainPatterns('GOPRIVATE', GOPRIVATE),
    ...vainPatterns('GONOPROXY', GONOPROXY),
    ...vainPatterns('GONOSUMDB', GONOSUMDB),
    ...(follows.length === 0 ? [] : widePatterns('GOPRIVATE', GOPRIVATE, `are ${follows.join(' and ')}`)),
    // Unset it is what GOPRIVATE is.
    ...(GONOSUMDB.from === 'default' ? [] : widePatterns('GONOSUMDB', GONOSUMDB, 'are checked only against go.sum')),
    ...widePatterns(
      'private-domains',
      { value: privateDomains.join(','), from: 'input' },
      'are fetched without a proxy and checked only against go.sum',
    ),
    ...(GOINSECURE.value === '' ? [] : [insecure(GOINSECURE)]),
    ...(env['GONOSUMCHECK'] ? [NO_SUM_CHECK] : []),
    ...(hasFlag(GOFLAGS, 'insecure') ? [insecureFlag(GOFLAGS)] : []),
    ...(hasFlag(GOFLAGS, 'mod=mod') ? [modFlag(GOFLAGS)] : []),
  ]
}

/** Hosts where anyone publishes: a pattern for a whole host is not about one owner's private modules. */
const PUBLIC_HOSTS = [
  'github.com',
  'gitlab.com',
  'bitbucket.org',
  'codeberg.org',
  'gitee.com',
  'golang.org',
  'google.golang.org',
  'gopkg.in',
  'go.uber.org',
  'k8s.io',
]

/** By go's own matching: a pattern that matches two unrelated owners matches all of them. */
function widePatterns(name: string, { value, from }: Sourced<string>, what: string): readonly Problem[] {
  const wide = value.split(',').filter(pattern => hostsOf(pattern).length > 0)
  if (wide.length === 0) return []
  const hosts = [...new Set(wide.flatMap(hostsOf))]
  const whose = hosts.length === PUBLIC_HOSTS.length ? 'all modules' : `all modules of ${hosts.join(', ')}`
  return [
    {
      code: 'SETTINGS_PATTERN_WIDE',
      message: `${name}${origin(name, from)} has ${wide.join(', ')}: ${whose} ${what}.`,
      hint: 'List only what belongs to you, such as github.com/my-org.',
    },
  ]
}

/**
 * Patterns that match no module, so that public proxies are asked for what the user meant to keep private; `none` means
 * no pattern.
 */
function vainPatterns(name: string, { value, from }: Sourced<string>): readonly Problem[] {
  if (from === 'default') return []
  const found = value.split(',').flatMap(pattern => {
    const fault = pattern.trim() === '' || pattern === 'none' ? undefined : findPatternFault(pattern)
    return fault === undefined || fault.matches ? [] : [{ pattern, ...fault }]
  })
  if (found.length === 0) return []
  const told = found.map(({ pattern, fault }) => `\`${showPattern(pattern)}\` (${fault})`)
  const instead = found.flatMap(({ instead }) => instead ?? [])
  return [
    {
      code: 'SETTINGS_PATTERN_VAIN',
      message: `${name} (from ${from}) has patterns that match no module, so they keep nothing private: ${told.join(', ')}.`,
      hint:
        instead.length === 0
          ? 'List beginnings of module paths, such as github.com/my-org, separated by commas only.'
          : `Write \`${instead.join(',')}\` instead, with only commas between patterns.`,
    },
  ]
}

/** What stands before an @ may be a password. */
function showPattern(pattern: string): string {
  const shown = pattern.includes('@') ? `***${pattern.slice(pattern.lastIndexOf('@'))}` : pattern
  return showCharacters(shown.slice(0, 120))
}

function hostsOf(pattern: string): readonly string[] {
  return PUBLIC_HOSTS.filter(host =>
    [`${host}/one-owner/module`, `${host}/another/one`].every(path => matchesPatterns(pattern, path)),
  )
}

function origin(name: string, from: Sourced<string>['from']): string {
  return name === 'private-domains' ? '' : ` (from ${from})`
}

function insecure({ value, from }: Sourced<string>): Problem {
  return {
    code: 'SETTINGS_INSECURE',
    message: `GOINSECURE (from ${from}) is ${value}: go accepts these hosts without a certificate or encryption, so anyone on the network path can impersonate them.`,
    hint: 'Install a certificate on the host and add its CA to SSL_CERT_FILE.',
  }
}

const NO_SUM_CHECK: Problem = {
  code: 'SETTINGS_NO_SUM_CHECK',
  message: 'GONOSUMCHECK is set, but go ignores it and asks the checksum database anyway.',
  hint: 'Remove it; use private-domains for private modules.',
}

function insecureFlag({ from }: Sourced<string>): Problem {
  return {
    code: 'SETTINGS_INSECURE_FLAG',
    message: `GOFLAGS (from ${from}) has -insecure, and go get refuses to run with it.`,
    hint: 'Remove it.',
  }
}

function modFlag({ from }: Sourced<string>): Problem {
  return {
    code: 'SETTINGS_MOD_MOD',
    message: `GOFLAGS (from ${from}) has -mod=mod: go commands silently add what go.mod and go.sum lack instead of failing.`,
    hint: 'Remove it, and run `go mod tidy` if something is missing.',
  }
}

/** As one of its words: -modcacherw is another. */
function hasFlag({ value }: Sourced<string>, flag: string): boolean {
  return (splitGoflags(value) ?? []).some(word => word.replace(/^--?/, '-') === `-${flag}`)
}
