import { basename, dirname } from 'node:path'
import type { Commands, Files } from '../effects.ts'
import { type FileLine, failed, ok, type Problem, type Result } from '../errors.ts'
import { withoutSecrets } from '../go/child-environment.ts'
import { isOlder, neededToolchain } from '../go/version.ts'
import type { GoSettings } from '../settings/settings.ts'
import { linesOf } from './gomod.ts'
import { quoteGo } from './quoting.ts'

/** What a project is read with. */
export interface ProjectWorld {
  readonly commands: Commands
  readonly files: Files
  readonly timeoutMs: number
  /** Absolute: of files outside of it, or behind links out of it, nothing is quoted. */
  readonly workspace?: string | undefined
}

/** A go.mod or go.work, which may have another name. */
export interface NamedFile {
  readonly kind: 'mod' | 'work'
  /** Absolute. */
  readonly path: string
  /** The directory that it is for, in the user's words. */
  readonly where: string
}

/** How a file is read. */
export interface FileReading<T> {
  /** @returns undefined where go's JSON is none */
  readonly ofJson: (json: string) => T | undefined
  /** What a newer go is needed for, which this one refuses. */
  readonly ofText: (source: string) => T
}

/** Lets go read a file, which knows best what is allowed in it. */
export async function editJson<T>(
  { kind, path, where }: NamedFile,
  settings: Pick<GoSettings, 'env' | 'version' | 'GOTOOLCHAIN'>,
  world: ProjectWorld,
  { ofJson, ofText }: FileReading<T>,
): Promise<Result<T>> {
  // No toolchain switch, no flags, workspace or GO111MODULE=off of the user's: this only reads a file.
  const own = { ...withoutSecrets(settings.env), GOTOOLCHAIN: 'local', GOFLAGS: '', GOWORK: 'off', GO111MODULE: 'on' }
  const name = basename(path)
  const answer = await world.commands.run('go', [kind, 'edit', '-json', name], {
    cwd: dirname(path),
    env: own,
    timeoutMs: world.timeoutMs,
  })
  const value = answer.exitCode === 0 ? ofJson(answer.stdout) : undefined
  if (value !== undefined) return ok(value)
  if (answer.exitCode !== 0 && refusesNews(answer.stderr)) {
    const source = (await world.files.readText(path).catch(() => undefined)) ?? ''
    if (isForNewerGo(source, settings)) return ok(ofText(source))
  }
  const words = answer.timedOut ? 'go did not answer' : await quoteGo(answer.stderr, path, world.workspace, world.files)
  return failed(
    problem(
      kind === 'mod' ? 'GO_MOD_UNREADABLE' : 'GO_WORK_UNREADABLE',
      `${name}${where === '.' ? '' : ` in ${where}`} cannot be read: ${withoutHeadings(words)}`,
      `Fix ${name}: \`go ${kind} edit -json${name === `go.${kind}` ? '' : ` ${name}`}\` must succeed there.`,
      lineIn(words, path),
    ),
  )
}

/**
 * Whether go refuses only words that it does not know. Where a newer go is to read the file they may be that one's, such
 * as `tool` (go 1.24) and `ignore` (go 1.25): go switches to it before it reads the file strictly. Source:
 * cmd/go/internal/modload, ReadModFile; golang.org/x/mod/modfile.
 */
function refusesNews(stderr: string): boolean {
  const complaints = stderr.split('\n').filter(line => /\.(?:mod|work):\d+/.test(line))
  return complaints.length > 0 && complaints.every(line => / unknown (?:directive|block type): /.test(line))
}

/** Where go may not switch it says itself that it is too old. */
function isForNewerGo(source: string, { version, GOTOOLCHAIN }: Pick<GoSettings, 'version' | 'GOTOOLCHAIN'>): boolean {
  const { goLine, toolchainLine } = linesOf(source)
  const switches = neededToolchain(version, goLine, toolchainLine, GOTOOLCHAIN.value) !== undefined
  return switches || (goLine !== undefined && isOlder(version, goLine))
}

/** go's lines about the file each begin with its name and line; what it says before them, once or twice, adds nothing. */
function withoutHeadings(words: string): string {
  return words.replace(/^(go: )?(errors parsing \S+:\s*)+/, '')
}

/** The first line that go names. */
function lineIn(words: string, path: string): FileLine | undefined {
  const line = /\.(?:mod|work):(\d+)/.exec(words)?.[1] ?? /\bline (\d+)/.exec(words)?.[1]
  return line === undefined ? undefined : { file: path, line: Number(line) }
}

export function problem(code: string, message: string, hint: string, at?: FileLine): Problem {
  return { code: `PROJECT_${code}`, message, hint, ...(at === undefined ? {} : { at }) }
}
