import { describeCharacter, foldCharacters, foldedIn } from '../text/characters.ts'
import { isModulePath } from './escape.ts'
import { ANY, globTokens } from './patterns.ts'

export interface PatternFault {
  readonly fault: string
  /** Whether it matches something all the same, which cannot be what was meant. */
  readonly matches: boolean
  /** What was probably meant: patterns without a fault; undefined when that is unclear. */
  readonly instead: string | undefined
}

/**
 * Why a pattern can match no module that go accepts, with what to write instead; undefined when it can. Two that can
 * are refused all the same, for they match other modules than those that were meant: `**`, which is but `*`, and a
 * backslash in the place of a slash, which is no part of a path.
 */
export function findPatternFault(pattern: string): PatternFault | undefined {
  if (isSound(pattern)) return undefined
  const faults = CORRECTIONS.flatMap(({ fault, correct }) => {
    const corrected = correct(pattern)
    return corrected === undefined || corrected === pattern ? [] : [{ fault: fault(pattern), corrected }]
  })
  const instead = correctAll(pattern)
  const matches = findMatch(pattern) !== undefined
  if (isSound(instead) && faults[0] !== undefined) return { fault: faults[0].fault, matches, instead }
  return {
    matches,
    fault: whyNone(pattern) ?? faults[0]?.fault ?? 'go accepts no module path that begins like this',
    instead: undefined,
  }
}

function isSound(pattern: string): boolean {
  return !pattern.includes('**') && !MISPLACED_BACKSLASH.test(pattern) && findMatch(pattern) !== undefined
}

/** Before a letter or digit a backslash merely vanishes: a slash was meant. */
const MISPLACED_BACKSLASH = /\\[A-Za-z0-9]/

function correctAll(pattern: string): string {
  return CORRECTIONS.reduce((text, { correct }) => correct(text) ?? text, pattern)
}

interface Correction {
  readonly fault: (pattern: string) => string
  /** The pattern without the fault; the same or undefined where it has not got it. */
  readonly correct: (pattern: string) => string | undefined
}

const SCHEME = /^[a-z][a-z0-9+.-]*:\/+/i

/** In the order in which they are looked for, and made. */
const CORRECTIONS: readonly Correction[] = [
  { fault: text => `it contains ${foldedIn(text).slice(0, 3).join(', ')}`, correct: foldCharacters },
  { fault: () => 'white space around a pattern is part of it', correct: text => text.trim() },
  {
    fault: () => 'the quotation marks would be part of it',
    correct: text => text.replace(/^["'`<(]+|["'`>)]+$/g, ''),
  },
  {
    fault: () => 'lists have no brackets here',
    correct: text => text.replace(/^\[([^[\]]*)\]?$/, '$1').replace(/^([^[\]]*)\]$/, '$1'),
  },
  { fault: () => 'a pattern has no scheme', correct: text => withoutSuffix(text, text.replace(SCHEME, '')) },
  {
    fault: () => 'only commas, white space and line ends separate patterns',
    correct: text => text.replace(/^[;|]+|[;|]+$/g, ''),
  },
  { fault: () => 'a pattern has no name before it', correct: text => text.replace(/^[A-Za-z_-]+=/, '') },
  {
    fault: () => 'a pattern has no version',
    correct: text => text.replace(/^([^@:]+\/[^@:]+)@(?:v\d[\w.+-]*|latest)$/, '$1'),
  },
  { fault: () => 'module paths have no user', correct: withoutUser },
  { fault: () => 'module paths have no port', correct: text => text.replace(/^([^/:]+):\d+(?=\/|$)/, '$1') },
  {
    fault: () => 'a host ends with a slash, not with a colon',
    correct: text => text.replace(/^([^/:]+):$/, '$1').replace(/^([^/:]+):(?!\d+(\/|$))\/*/, '$1/'),
  },
  {
    fault: () => 'a backslash does not separate elements',
    correct: text => (MISPLACED_BACKSLASH.test(text) || /\\\\|\\$/.test(text) ? text.replace(/\\+/g, '/') : text),
  },
  {
    fault: () => 'a pattern is not a regular expression',
    correct: text => text.replace(/^\^|\$$/g, '').replace(/^\.\*(?=\.|\\)/, '*'),
  },
  {
    fault: () => '`...` is not a wildcard here, and a pattern covers all below it',
    correct: text => text.replace(/(^|\/)\.\.\.(\/.*)?$/, '').replace(/\.\.\.$/, '*'),
  },
  { fault: () => 'an element between slashes is empty, `.` or `..`', correct: withoutEmptyElements },
  {
    fault: () => '`**` stands for one element, as `*` does, and a pattern covers all below it',
    correct: text => text.replace(/(?<=[^*/])(\/\*\*+)+$/, '').replace(/\*\*+/g, '*'),
  },
  { fault: () => 'no module path begins with a dot', correct: text => text.replace(/^\.+(?=[^./])/, '*.') },
  { fault: () => 'no module path begins with a dash', correct: text => text.replace(/^-+/, '') },
  { fault: () => 'no element of a module path ends with a dot', correct: text => text.replace(/\.+(?=\/|$)/g, '') },
  {
    fault: () => 'the host of a module path has no capitals',
    correct: text => text.replace(/^[^/[]+/, host => host.toLowerCase()),
  },
]

/** With a password before it, maybe; git's `git@host:path` is a way to say `host/path`. */
function withoutUser(pattern: string): string {
  return withoutSuffix(pattern, pattern.slice(pattern.lastIndexOf('@') + 1))
}

/** What is cloned ends with `.git`, and the module's path does not. */
function withoutSuffix(before: string, after: string): string {
  return before === after ? after : after.replace(/\/$/, '').replace(/\.git$/, '')
}

function withoutEmptyElements(pattern: string): string {
  const elements: string[] = []
  for (const element of pattern.replace(/\/$/, '').split('/')) {
    if (element === '..') elements.pop()
    else if (element !== '' && element !== '.') elements.push(element)
  }
  const kept = elements.join('/')
  return kept === pattern.replace(/\/$/, '') ? pattern : kept
}

function whyNone(pattern: string): string | undefined {
  if (pattern.replaceAll('/', '') === '') return 'it is empty'
  if (/\s/.test(pattern)) return 'module paths contain no white space'
  if (/[{}]/.test(pattern)) return 'braces are not alternatives here'
  if (globTokens(pattern) === undefined) return 'the bracket or backslash in it is not closed'
  if (pattern.startsWith('!')) return 'a pattern cannot exclude anything from other patterns'
  const strange = /[^A-Za-z0-9._~\-/*?[\]^\\]/u.exec(pattern)?.[0]
  if (strange !== undefined) return `module paths contain no ${describeCharacter(strange)}`
  if (/\/\.(?!\.)/.test(pattern)) return 'no element of a module path begins with a dot'
  const [host = ''] = pattern.split('/')
  if (/^[^.*?[\]]*[a-z0-9][^.*?[\]]*$/i.test(host))
    return `the first element of a module path is a host’s name, and \`${host}\` has no dot`
  const inHost = /[_~]/.exec(host)?.[0]
  return inHost && `the host of a module path contains no ${describeCharacter(inHost)}`
}

/** What module paths are made of. Source: golang.org/x/mod/module, CheckPath. */
const ALPHABET = [...'abcdefghijklmnopqrstuvwxyz0123456789-.', ...'ABCDEFGHIJKLMNOPQRSTUVWXYZ_~', '/']
const HOST_CHARACTER = /[a-z0-9.-]/

/** How far a module path has come, character by character. */
interface Way {
  /** Whether this is the first element, the host. */
  readonly host: boolean
  readonly hasDot: boolean
  readonly last: 'slash' | 'dot' | 'other'
  readonly slashes: number
}

const START: Way = { host: true, hasDot: false, last: 'slash', slashes: 0 }

/** The beginning of a module path that go accepts and the pattern matches: found by walking both at once. */
export function findMatch(pattern: string): string | undefined {
  const glob = pattern.replace(/\/$/, '')
  // Names that Windows keeps for devices, which the walk knows nothing of.
  if (/^[^*?[\\]+$/.test(glob) && !isModulePath(glob)) return undefined
  const tokens = globTokens(glob)
  if (tokens === undefined) return undefined
  const takes = new Map([...new Set(tokens)].map(token => [token, charactersOf(token)]))
  // go holds it against as many elements as it has slashes, and one more.
  const slashes = glob.split('/').length - 1
  const seen = new Set<string>()
  const open: { readonly at: number; readonly way: Way; readonly text: string }[] = [{ at: 0, way: START, text: '' }]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { at, way, text } = next
    const key = `${at} ${way.host} ${way.hasDot} ${way.last} ${way.slashes}`
    if (seen.has(key) || way.slashes > slashes) continue
    seen.add(key)
    const token = tokens[at]
    if (token === undefined) {
      if (mayEnd(way) && way.slashes === slashes) return text
      continue
    }
    if (token === ANY) open.push({ at: at + 1, way, text })
    for (const char of takes.get(token) ?? []) {
      const further = goOn(way, char)
      if (further !== undefined) open.push({ at: token === ANY ? at : at + 1, way: further, text: text + char })
    }
  }
  return undefined
}

/** One of each kind is enough, for the walk tells them apart no further. */
function charactersOf(token: string): readonly string[] {
  const expression = new RegExp(`^${token === ANY ? '[^/]' : token}$`, 'su')
  const taken = ALPHABET.filter(char => expression.test(char))
  const kinds = [/[a-z0-9]/, /-/, /\./, /[A-Z_~]/, /\//]
  return kinds.flatMap(kind => taken.find(char => kind.test(char)) ?? [])
}

function goOn(way: Way, char: string): Way | undefined {
  if (char === '/')
    return mayEnd(way) ? { host: false, hasDot: false, last: 'slash', slashes: way.slashes + 1 } : undefined
  if (way.host && (!HOST_CHARACTER.test(char) || (way.last === 'slash' && char === '-'))) return undefined
  if (char !== '.') return { ...way, last: 'other' }
  return way.last === 'slash' ? undefined : { ...way, last: 'dot', hasDot: way.host }
}

function mayEnd({ host, hasDot, last }: Way): boolean {
  return last === 'other' && (hasDot || !host)
}
