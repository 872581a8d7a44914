import { failed, ok, type Problem, type Result } from '../errors.ts'
import { isModulePath } from '../go/escape.ts'
import { commandName } from '../go/tool.ts'
import { showCharacters } from '../text/characters.ts'
import { type Given, inputProblem, type ListLine, linesOf, type Word } from './given.ts'
import { mendWords } from './mend.ts'

/** A program to install, at one version of its module. */
export interface Tool {
  readonly package: string
  /** A version that always means the same content: `v1.2.3`, `v0.0.0-20260102030405-0123456789ab`. */
  readonly version: string
  /** The command that it becomes, without `.exe`. */
  readonly name: string
}

/** A package without a version that always means the same: refused, once the version to write is known. */
export interface ToolQuery {
  readonly package: string
  /** What asks for the version to write: `latest`, or a beginning of one such as `v1`. */
  readonly query: string
  /** Its hint is for the case that no proxy tells that version. */
  readonly problem: Problem
}

export interface Tools {
  readonly list: readonly Tool[]
  readonly queries: readonly ToolQuery[]
}

export const NO_TOOLS: Tools = { list: [], queries: [] }

/** Words of the form `package@version`. The network is not asked: what a branch or `latest` means, the job finds out. */
export function parseTools(given: Given): Result<Tools> {
  const lines = linesOf(given.text).map(line => parseLine(given, line))
  const problems = lines.flatMap(result => (result.ok ? [] : result.problems))
  if (problems.length > 0) return failed(...problems)
  const all = lines.flatMap(result => (result.ok ? result.value : []))
  const list = distinct(all.filter(one => 'version' in one))
  const clash = findClash(given, list)
  return clash === undefined ? ok({ list, queries: all.filter(one => 'query' in one) }) : failed(clash)
}

/** A line that was written as a list of another format is one problem, with the whole line as it has to be. */
function parseLine(given: Given, { text, line, words, shown }: ListLine): Result<readonly (Tool | ToolQuery)[]> {
  const read = words.map(word => parseTool(given, word))
  const problems = read.flatMap(result => (result.ok ? [] : result.problems))
  if (problems.length === 0) return ok(read.flatMap(result => (result.ok ? [result.value] : [])))
  const { parts, faults } = mendWords(text)
  if (faults.length === 0) return failed(...problems)
  const isMended = parts.length > 0 && parts.every(part => parseTool(given, wordOf(part, line)).ok)
  const advice = isMended && mayShow(given) ? `Write \`${parts.join(' ')}\` instead.` : undefined
  const what = `\`${showTool(given, { text: text.trim(), shown })}\`: ${faults.join('; ')}`
  return failed(inputProblem(given, 'TOOL', what, { line, advice }))
}

const SHOWN = 120

/** Source: golang.org/x/mod/semver (canonical), with the one suffix that module versions may have. */
const VERSION = /^v(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z.-]+)?(\+incompatible)?$/
const BEGINNING = /^v(0|[1-9]\d*)(\.(0|[1-9]\d*))?$/

function parseTool(given: Given, word: Word): Result<Tool | ToolQuery> {
  const { text, line } = word
  const [path = '', version, ...more] = text.split('@')
  const refuse = (what: string, advice?: string) =>
    failed(inputProblem(given, 'TOOL', `\`${showTool(given, word)}\` ${what}`, { line, advice }))
  if (text.startsWith('-'))
    return refuse('looks like a flag', 'Flags for go belong in GOFLAGS; an item is `package@version`.')
  if (/^[./~]|^[A-Za-z]:[\\/]|\\/.test(text))
    return refuse('is a path of this machine', 'A tool of this checkout needs no input: `go run ./cmd/tool` builds it.')
  if (path.includes('://')) return refuse('is a URL', withoutScheme(given, word))
  if (path.split('/').includes('..')) return refuse('has `..` in its path')
  if (path.includes('...')) return refuse('is a pattern', 'Name each package in a line of its own.')
  if (!isModulePath(path)) return refuse('does not begin with the path of a package')
  if (!path.split('/')[0]?.includes('.'))
    return refuse('is not a package of a module: its path does not begin with a host')
  if (more.length > 0) return refuse('has more than one @')
  const name = commandName(path)
  if (NEEDED.has(name.toLowerCase()))
    return refuse(
      `becomes the command ${name}, which would stand before the one that later steps call`,
      'Install it in a step of its own, to a directory that is not on PATH.',
    )
  if (version !== undefined && VERSION.test(version)) return ok({ package: path, version, name })
  return askFor(given, { word, path, version })
}

/** What the runner calls by these names to run any later step, or this program and go do: another program breaks them all. */
const NEEDED: ReadonlySet<string> = new Set([
  ...['go', 'git', 'git-remote-https', 'ssh', 'node', 'docker'],
  ...['sh', 'bash', 'dash', 'pwsh', 'powershell', 'cmd', 'python', 'env'],
  ...['tar', 'gzip', 'zstd', 'gcc', 'cc', 'clang', 'ld'],
])

/** What stands before an @ in a URL may be a login; a package with its version is none. */
function withoutScheme(given: Given, { text, line }: Word): string | undefined {
  const rest = text.replace(/^https?:\/\//, '')
  if (rest === text) return undefined
  const read = parseTool(given, wordOf(rest, line))
  return read.ok && 'version' in read.value ? `Write \`${rest}\`.` : undefined
}

interface Unversioned {
  readonly word: Word
  readonly path: string
  readonly version: string | undefined
}

/** What has no version, or one that means other content tomorrow. */
function askFor(given: Given, { word, path, version }: Unversioned): Result<ToolQuery> {
  const example = VERSION.test(`v${version}`) ? `v${version}` : 'v1.2.3'
  const what = version === undefined || version === '' ? 'has no version' : whyNoVersion(version)
  return ok({
    package: path,
    query: version !== undefined && BEGINNING.test(version) ? version : 'latest',
    problem: inputProblem(given, 'TOOL_VERSION', `\`${showTool(given, word)}\` ${what}`, {
      line: word.line,
      advice: `Write a whole version, such as \`${path}@${example}\`: the same in every job.`,
    }),
  })
}

function whyNoVersion(version: string): string {
  if (/^(latest|upgrade|patch|none)$/.test(version))
    return `is not allowed: ${version} means another version with each release`
  if (BEGINNING.test(version)) return 'is not allowed: the beginning of a version means another one with each release'
  if (/^[<>=]/.test(version)) return 'is not allowed: a comparison means another version with each release'
  if (VERSION.test(`v${version}`)) return 'has a version without its v'
  if (/^[0-9a-f]{7,64}$/.test(version)) return 'is not allowed: a commit is not a version'
  return 'is not allowed: a branch or tag can move'
}

/** What stands before an @ is a package here, and not a password, unless a colon somewhere says otherwise. */
function mayShow({ text }: Given): boolean {
  return !text.replaceAll('://', '').includes(':')
}

function showTool(given: Given, { text, shown }: Pick<Word, 'text' | 'shown'>): string {
  if (!mayShow(given)) return shown
  return showCharacters(text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text)
}

function wordOf(text: string, line: number): Word {
  return { text, line, blankAfter: false, shown: text, hidden: false }
}

function distinct(tools: readonly Tool[]): readonly Tool[] {
  return [...new Map(tools.map(tool => [`${tool.package}@${tool.version}`, tool])).values()]
}

/** Two that would become one file. Some systems take capitals and small letters for the same. */
function findClash(given: Given, tools: readonly Tool[]): Problem | undefined {
  const byName = new Map<string, Tool>()
  for (const tool of tools) {
    const other = byName.get(tool.name.toLowerCase())
    if (other !== undefined) {
      const pair = `\`${other.package}@${other.version}\` and \`${tool.package}@${tool.version}\``
      return inputProblem(given, 'TOOL_TWICE', `${pair} both become the command ${tool.name}`, {
        advice: 'Name one of them here, and install the other in a step of its own.',
      })
    }
    byName.set(tool.name.toLowerCase(), tool)
  }
  return undefined
}
