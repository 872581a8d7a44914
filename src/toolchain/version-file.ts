import { isAbsolute } from 'node:path'
import { failed, ok, type Problem, type Result } from '../errors.ts'
import { type Directive, readDirectives } from '../go/mod-file.ts'
import { isOlder } from '../go/version.ts'
import { showCharacters } from '../text/characters.ts'
import { parseWanted, type WantedGo } from './wanted.ts'

/** What a file says, and where: from 1. */
interface StatedVersion {
  readonly text: string
  readonly line: number
}

/**
 * The version of Go that a file asks for. go.mod and go.work (also others that end in `.mod` or `.work`): the `toolchain`
 * line, else the `go` line; `.tool-versions`: the `golang` line (mise writes `go`), its first version; every other file:
 * the version alone, as `.go-version`. Source: actions/setup-go, “Using the go-version-file input”; go.dev/ref/mod.
 * @param name the file's path or name; an absolute one becomes the place of a problem
 */
export function readVersionFile(name: string, text: string): Result<WantedGo> {
  const clean = text.replace(/^\ufeff/, '')
  const base = name.split(/[\\/]/).pop() ?? name
  const said = /\.(mod|work)$/.test(base)
    ? readModFile(name, clean)
    : base === '.tool-versions'
      ? readToolVersions(name, clean)
      : readPlain(name, clean)
  if (!said.ok) return said
  const wanted = parseWanted(said.value.text)
  if (wanted.ok) return wanted
  return failed(...wanted.problems.map(problem => ({ ...problem, ...place(name, said.value.line, problem.message) })))
}

/** A first version of three parts is that one, of two parts its newest patch, as setup-go reads them. */
const GO_LINE = /^[1-9]\d*\.\d+(\.\d+)?((rc|beta)\d+)?$/
/** What follows a dash names who built it: `go1.23.4-corp`; the version is the part before. Source: go.dev/doc/toolchain#name. */
const TOOLCHAIN_LINE = /^(go[1-9]\d*\.\d+(\.\d+)?((rc|beta)\d+)?)(-.*)?$/

function readModFile(name: string, text: string): Result<StatedVersion> {
  const toolchain = readOne(name, text, 'toolchain', 'go1.26.7 or default')
  const go = readOne(name, text, 'go', '1.26.0')
  if (!toolchain.ok || !go.ok) return failed(...[toolchain, go].flatMap(one => (one.ok ? [] : one.problems)))
  if (go.value !== undefined && !GO_LINE.test(go.value.text))
    return failed(lineProblem(name, go.value, 'go', 'a version such as 1.26.0'))
  if (toolchain.value !== undefined && toolchain.value.text !== 'default') {
    const version = TOOLCHAIN_LINE.exec(toolchain.value.text)?.[1]
    if (version === undefined) return failed(lineProblem(name, toolchain.value, 'toolchain', 'go1.26.7 or default'))
    // go takes the newer of both, so a toolchain that is too old for the module is none.
    if (go.value === undefined || !isOlder(version, go.value.text)) return ok({ ...toolchain.value, text: version })
  }
  return go.value === undefined ? failed(noVersion(name, 'a go line, such as `go 1.26.0`')) : ok(go.value)
}

/** The one line with this verb; undefined when there is none. go refuses a file with two. */
function readOne(name: string, text: string, verb: string, example: string): Result<StatedVersion | undefined> {
  const [first, second] = readDirectives(text, verb)
  if (first === undefined) return ok(undefined)
  if (second !== undefined)
    return failed(fileProblem(name, second.line, `the ${verb} line appears twice`, 'Remove one of the two.'))
  return first.words.length === 1
    ? ok({ text: first.words[0] ?? '', line: first.line })
    : failed(lineProblem(name, { text: first.words.join(' '), line: first.line }, verb, example))
}

function readToolVersions(name: string, text: string): Result<StatedVersion> {
  const lines = text.split('\n').map((line, i): Directive => {
    const words = line.replace(/#.*/, '').trim().split(/\s+/)
    return { words, line: i + 1 }
  })
  const found = ['golang', 'go']
    .map(tool => lines.find(({ words }) => words[0] === tool))
    .find(one => one !== undefined)
  // The versions after the first are asdf's for when that one is not installed.
  if (found === undefined) return failed(noVersion(name, 'a line such as `golang 1.26.7`'))
  return ok({ text: found.words[1] ?? '', line: found.line })
}

function readPlain(name: string, text: string): Result<StatedVersion> {
  const lines = text
    .split('\n')
    .map((line, i): StatedVersion => ({ text: line.replace(/#.*/, '').trim(), line: i + 1 }))
    .filter(line => line.text !== '')
  const [first, second] = lines
  if (first === undefined) return failed(noVersion(name, 'a version of Go, such as 1.26.7, and nothing else'))
  if (second === undefined) return ok(first)
  const hint = 'Leave only the version of Go there, or name a go.mod, go.work or .tool-versions.'
  return failed(fileProblem(name, second.line, 'it contains more than a version of Go', hint))
}

function lineProblem(name: string, { text, line }: StatedVersion, verb: string, allowed: string): Problem {
  const shown = showCharacters(text.slice(0, 80))
  return fileProblem(name, line, `\`${verb} ${shown}\` is not a valid ${verb} line`, `Write ${allowed} after ${verb}.`)
}

function noVersion(name: string, missing: string): Problem {
  return {
    code: 'GO_VERSION_FILE_EMPTY',
    message: `${name} names no version of Go.`,
    hint: `Write ${missing}, or give the version itself as go-version.`,
  }
}

function fileProblem(name: string, line: number, what: string, hint: string): Problem {
  return { code: 'GO_VERSION_FILE', ...place(name, line, what), hint }
}

function place(name: string, line: number, what: string): Pick<Problem, 'message' | 'at'> {
  return {
    message: `${name}, line ${line}: ${what}${what.endsWith('.') ? '' : '.'}`,
    ...(isAbsolute(name) ? { at: { file: name, line } } : {}),
  }
}
