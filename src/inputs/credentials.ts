import { jobLoginOf } from '../ci/job-login.ts'
import type { Environment } from '../effects.ts'
import { failed, ok, type Problem, type Result } from '../errors.ts'
import { isTokenUser, looksLikeToken, MINIMUM_SECRET_LENGTH } from '../places/logins.ts'
import { type Place, parsePlace, showPlace } from '../places/place.ts'
import { type Given, inputProblem, splitLines, type Word } from './given.ts'
import { mendWords } from './mend.ts'

/** One line of `credentials`. */
export interface CredentialLine extends Place {
  /** From 1: what messages name instead of the secret. */
  readonly line: number
  /** undefined: what the host expects. */
  readonly user: string | undefined
  /** Empty: the line has none, as in runs that get no secrets. */
  readonly token: string
}

/**
 * Lines `host[:port][/path] [user] token`, and `ci` for the job's own token. No message ever holds a part of a line but a checked host and path.
 * @param env where `ci` finds the token
 */
export function parseCredentials(given: Given, env: Environment): Result<readonly CredentialLine[]> {
  const results = splitLines(given.text).map(word => parseLine(word, given, env))
  const problems = results.flatMap(result => (result.ok ? [] : result.problems))
  const lines = results.flatMap(result => (result.ok ? [result.value] : []))
  const all = [...problems, ...findRepeats(lines, given)]
  return all.length > 0 ? failed(...all) : ok(lines)
}

/** The line that stands for the CI system's own token. */
const JOB_TOKEN = 'ci'

function parseLine({ text, line, blankAfter }: Word, given: Given, env: Environment): Result<CredentialLine> {
  const problem = (code: string, what: string, advice?: string) =>
    failed(inputProblem(given, `CREDENTIAL_${code}`, `line ${line}: ${what}`, { advice }))
  if (text === JOB_TOKEN) {
    const login = jobLoginOf(env)
    return 'what' in login ? problem('CI', login.what, login.advice) : ok({ ...login, line })
  }
  const words = text.split(/[ \t]+/)
  const [first = '', second = ''] = words
  const misread = readMiswritten(words)
  if (misread !== undefined) return problem('HOST', misread.what, misread.advice)
  if (words.length > 3)
    return problem('WORDS', 'it has more than three words, and neither user nor token may contain spaces')
  const place = parsePlace(first)
  const joined = typeof place === 'string' && words.length === 1 ? hostOfJoined(first) : undefined
  if (joined !== undefined)
    return problem('HOST', 'a space separates host and token', `Write \`${joined} TOKEN\` instead.`)
  if (typeof place === 'string' && words.length === 1 && !first.includes('@') && looksLikeToken(first))
    return problem(
      'HOST',
      'the line has a token without its host',
      'Write the host before it: github.com/my-org TOKEN.',
    )
  if (typeof place === 'string') return problem('HOST', place)
  const where = showPlace(place)
  // `host user ${{ secrets.TOKEN }}` without the secret is a user's name and, where the line's end is kept, a blank.
  const alone = words.length === 2 && (isTokenUser(second) || (blankAfter && !looksLikeToken(second)))
  const [user, token] = alone ? [second, ''] : words.length === 3 ? [second, words[2] ?? ''] : [undefined, second]
  if (words.length === 3 && isTokenUser(token)) {
    const advice = `Write the user first and the token last: ${where} ${token} TOKEN.`
    return problem('SWAPPED', `the token for ${where} is a user name`, advice)
  }
  if (user !== undefined && AUTH_SCHEME.test(user)) {
    const advice = `Write the token alone: ${where} TOKEN.`
    return problem('USER', `\`${user}\` before the token for ${where} is not a user name`, advice)
  }
  if (user !== undefined && (user.includes(':') || isUnfit(user)))
    return problem('USER', `the user for ${where} contains a colon or an unprintable character`)
  if (/^(["'`])[\w.=-]{20,}\1$/.test(token) && looksLikeToken(token)) {
    const advice = 'Write the token alone; if it is a secret, store it again without the quotation marks.'
    return problem('TOKEN', `the token for ${where} is in quotation marks`, advice)
  }
  if (isUnfit(token)) return problem('TOKEN', `the token for ${where} contains white space or an unprintable character`)
  if (token !== '' && token.length < MINIMUM_SECRET_LENGTH) {
    const advice = 'Give the whole token. Does the secret have a value, and is its name right?'
    return problem('SHORT', `the token for ${where} has fewer than ${MINIMUM_SECRET_LENGTH} characters`, advice)
  }
  return ok({ ...place, line, user, token })
}

/**
 * A line whose host is written as in another format. Of the line only what is surely a host is shown: a word with a
 * dot that no token looks like.
 */
function readMiswritten(words: readonly string[]): { readonly what: string; readonly advice?: string } | undefined {
  const items = words[0] === '-' || words[0] === '•' ? words.slice(1) : words
  const [first = ''] = items
  const { parts, faults } = mendWords(first)
  const mended = (parts[0] ?? '')
    .replace(/^https?:\/+/i, '')
    .replaceAll('\\', '/')
    .replace(/[:=]$/, '')
  const what = [
    ...(items === words ? [] : ['lists have no dashes here']),
    ...faults.map(fault => `its first word: ${fault}`),
    ...(/^https?:\/\//i.test(first) ? ['it begins with a scheme'] : []),
    ...(/[^:/][:=]$/.test(first) ? ['a colon or an equals sign follows the host'] : []),
    ...(/\\/.test(first) ? ['a / separates host and path'] : []),
  ]
  if (what.length === 0) return undefined
  const place = first.includes('@') || parts.length !== 1 ? '' : parsePlace(mended)
  const isHost = typeof place !== 'string' && place.host.includes('.') && !looksLikeToken(mended)
  if (!isHost) return { what: what.join('; ') }
  const rest = items.length > 2 ? 'USER TOKEN' : 'TOKEN'
  return { what: what.join('; '), advice: `Write \`${showPlace(place)} ${rest}\` instead.` }
}

/** Words of the header that git makes itself. */
const AUTH_SCHEME = /^(bearer|basic)$/i

/** The place in `github.com/my-org=TOKEN`; undefined: that is not what stands there. */
function hostOfJoined(word: string): string | undefined {
  const [, first = ''] = /^([^=:@]+)[=:].{5,}$/.exec(word) ?? []
  const place = parsePlace(first)
  const isHost = typeof place !== 'string' && place.host.includes('.') && !looksLikeToken(first)
  return isHost ? showPlace(place) : undefined
}

/** White space of any alphabet, controls, halves of pairs: what a netrc file or git's protocol would take apart. */
function isUnfit(text: string): boolean {
  return /[\p{Cc}\p{Cs}\p{Z}\s\ufeff]/u.test(text)
}

function findRepeats(lines: readonly CredentialLine[], given: Given): readonly Problem[] {
  return lines.flatMap((line, i) => {
    const first = lines.slice(0, i).find(other => showPlace(other) === showPlace(line))
    if (first === undefined) return []
    const what = `line ${line.line}: ${showPlace(line)} is already in line ${first.line}`
    const advice = 'Give each token for one host its own path: host/organisation or host/group/repository.'
    return [inputProblem(given, 'CREDENTIAL_REPEATED', what, { advice })]
  })
}
