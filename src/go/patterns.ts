/**
 * GOPRIVATE, GONOPROXY and GONOSUMDB: comma-separated globs matched against prefixes of module paths.
 * Source: golang.org/x/mod/module.MatchPrefixPatterns, path.Match, `go help module-private`.
 */

/**
 * Whether `modulePath` matches one of `patterns`, exactly as go matches: a glob with n slashes is held against the
 * first n+1 elements of the path; one trailing slash is ignored; nothing is trimmed; case matters; bad globs never match.
 */
export function matchesPatterns(patterns: string, modulePath: string): boolean {
  return patterns.split(',').some(pattern => matchesPrefix(pattern.replace(/\/$/, ''), modulePath))
}

function matchesPrefix(glob: string, target: string): boolean {
  if (glob === '') return false
  const elements = glob.split('/').length
  const prefix = target.split('/')
  if (prefix.length < elements) return false
  return matchGlob(glob, prefix.slice(0, elements).join('/'))
}

/** path.Match of Go; a malformed pattern matches nothing (Go's matcher ignores the error). */
function matchGlob(pattern: string, name: string): boolean {
  const expression = globToRegExp(pattern)
  return expression?.test(name) ?? false
}

const SPECIAL = /[\\^$.*+?()[\]{}|]/g

function globToRegExp(pattern: string): RegExp | undefined {
  const tokens = globTokens(pattern)
  return tokens && new RegExp(`^${tokens.join('')}$`, 'su')
}

/** What `*` becomes: the one token that takes any number of characters. */
export const ANY = '[^/]*'

/** A regular expression for each part of a glob, each but `ANY` for one character; undefined when it is malformed. */
export function globTokens(pattern: string): readonly string[] | undefined {
  const chars = [...pattern]
  const tokens: string[] = []
  for (let i = 0; i < chars.length; i++) {
    const char = chars[i] as string
    if (char === '*') tokens.push(ANY)
    else if (char === '?') tokens.push('[^/]')
    else if (char === '\\') {
      const next = chars[++i]
      if (next === undefined) return undefined
      tokens.push(next.replace(SPECIAL, '\\$&'))
    } else if (char === '[') {
      const set = readClass(chars, i + 1)
      if (set === undefined) return undefined
      tokens.push(set.source)
      i = set.end
    } else tokens.push(char.replace(SPECIAL, '\\$&'))
  }
  return tokens
}

/** `[abc]`, `[^a-z]` with `\` escaping; `-` and `]` must be escaped to be members, as in Go. */
function readClass(chars: readonly string[], start: number): { source: string; end: number } | undefined {
  let i = start
  const negated = chars[i] === '^'
  if (negated) i++
  const ranges: string[] = []
  const empty = () => ranges.length === 0
  for (;;) {
    if (chars[i] === ']' && !empty()) break
    const low = readMember(chars, i)
    if (low === undefined) return undefined
    i = low.end
    let high = low.char
    if (chars[i] === '-') {
      const upper = readMember(chars, i + 1)
      if (upper === undefined) return undefined
      high = upper.char
      i = upper.end
    }
    // A range whose ends are reversed holds nothing; Go accepts it.
    if (codeOf(low.char) <= codeOf(high)) ranges.push(`\\u{${hex(low.char)}}-\\u{${hex(high)}}`)
    else ranges.push('')
  }
  const members = ranges.join('')
  if (members === '') return { source: negated ? '[^]' : '[^\\s\\S]', end: i }
  return { source: negated ? `[^${members}]` : `[${members}]`, end: i }
}

function readMember(chars: readonly string[], at: number): { char: string; end: number } | undefined {
  const char = chars[at]
  if (char === undefined || char === '-' || char === ']') return undefined
  if (char !== '\\') return at + 1 < chars.length ? { char, end: at + 1 } : undefined
  const escaped = chars[at + 1]
  return escaped === undefined || at + 2 >= chars.length ? undefined : { char: escaped, end: at + 2 }
}

function codeOf(char: string): number {
  return char.codePointAt(0) ?? 0
}

function hex(char: string): string {
  return codeOf(char).toString(16)
}

/** Both lists as one, without repeats, in order. */
export function joinPatterns(...lists: readonly string[]): string {
  const all = lists.flatMap(list => list.split(',')).filter(pattern => pattern !== '')
  return [...new Set(all)].join(',')
}

/** For `*.corp.example` without `corp.example` in the list: the pattern that is probably missing. */
export function findPatternGap(pattern: string, all: readonly string[]): string | undefined {
  // The host of a module path has a dot.
  const apex = /^\*\.([^/*?[]+\.[^/*?[]+)$/.exec(pattern)?.[1]
  return apex === undefined || all.some(other => matchesPatterns(other, apex)) ? undefined : apex
}
