import { failed, ok, type Result } from '../errors.ts'
import { compareGoVersions, formatGoVersion, parseGoVersion } from '../go/version.ts'
import { showCharacters } from '../text/characters.ts'
import { isInRange, parsePartial, parseRange, toVersion, type VersionRange } from './range.ts'

/** What a user asked for; `text` as it was written. */
export type WantedGo =
  /** One release or prerelease, by go's own name for it: `go1.26.7`, `go1.20`, `go1.27rc1`. */
  | { readonly kind: 'exact'; readonly text: string; readonly version: string }
  | { readonly kind: 'range'; readonly text: string; readonly range: VersionRange }
  /** The newest release, or the newest of the minor version before it. */
  | { readonly kind: 'stable' | 'oldstable'; readonly text: string }

const LONGEST = 200

/**
 * `1.26.7` (one version), `1.26` and `1.26.x` (its newest patch), `1.x`, ranges as npm has them, `stable`, `oldstable`,
 * prereleases by name as `1.27rc1` or `1.27.0-rc.1`. Source: actions/setup-go, “Supported version syntax”. Each may begin
 * with `go`, as Go's own names do. Anything else is `GO_VERSION_SYNTAX`.
 */
export function parseWanted(given: string): Result<WantedGo> {
  const text = given.trim()
  if (text.length > LONGEST) return failed(syntaxProblem(text.slice(0, 40), 'it is too long'))
  if (text === 'stable' || text === 'oldstable') return ok({ kind: text, text })
  const partial = parsePartial(text.replace(/^=\s*/, ''))
  if (partial?.patch !== undefined && partial.prerelease !== 'first')
    return ok({ kind: 'exact', text, version: formatGoVersion(toVersion(partial)) })
  const range = text === '' ? undefined : parseRange(text)
  return range === undefined ? failed(syntaxProblem(text)) : ok({ kind: 'range', text, range })
}

/** Whether this Go is one that was asked for. Of `stable` and `oldstable` only the list of versions can say it: false. */
export function satisfies(wanted: WantedGo, version: string): boolean {
  const parsed = parseGoVersion(version)
  if (parsed === undefined || parsed.language) return false
  if (wanted.kind === 'exact') {
    const exact = parseGoVersion(wanted.version)
    return exact !== undefined && compareGoVersions(exact, parsed) === 0
  }
  return wanted.kind === 'range' && isInRange(wanted.range, parsed)
}

const ALLOWED =
  'Allowed: a version such as 1.26.7; 1.26 or 1.26.x for its newest patch; a range such as ^1.25.1, ~1.25 or >=1.24 <1.26; a prerelease by its name, such as 1.27rc1; stable; oldstable.'

function syntaxProblem(text: string, why = reasonFor(text)) {
  return {
    code: 'GO_VERSION_SYNTAX',
    message:
      text === '' ? 'The version of Go is empty.' : `\`${showCharacters(text)}\` is not a version of Go: ${why}.`,
    hint: ALLOWED,
  }
}

/** Why, where it is one of the usual mistakes. */
function reasonFor(text: string): string {
  if (/^(latest|newest|current|lts|release)\b/i.test(text)) return 'the newest release is called stable'
  if (/\.(mod|work)$|\.(go|tool)-versions?$/.test(text)) return 'a file is named by go-version-file'
  if (/\$\{\{|\}\}/.test(text)) return 'it contains an expression that was not evaluated'
  if (/^["'].*["']$/.test(text)) return 'it has quotes within its quotes'
  if (/^-/.test(text)) return 'it is one version, not a list'
  if (/^(go|v)?\s+\d|^golang/i.test(text)) return 'it begins with a number, or with go and a number'
  if (/^(tip|gotip|master|main|devel)\b/i.test(text)) return 'only releases and prereleases can be fetched'
  if (/^(system|local|default|path)\b/i.test(text)) return 'it names no version'
  if (text.includes(',')) return 'the parts of a range are separated by spaces, not commas'
  if (/\d\.\d+\.[1-9]\d*-?(beta|rc)/.test(text)) return 'only the first release of a minor version has prereleases'
  if (/[<>=^~|]/.test(text)) return 'it is not a range'
  return 'it does not look like one'
}
