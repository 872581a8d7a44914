import { basename, dirname } from 'node:path'
import type { Commands, Files } from '../effects.ts'
import { type FileLine, failed, ok, type Problem, type Result } from '../errors.ts'
import { withoutSecrets } from '../go/child-environment.ts'
import type { GoSettings } from '../settings/settings.ts'
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

/** Lets go read a file, which knows best what is allowed in it. */
export async function editJson<T>(
  { kind, path, where }: NamedFile,
  { env }: Pick<GoSettings, 'env'>,
  world: ProjectWorld,
  parse: (json: string) => T | undefined,
): Promise<Result<T>> {
  // No toolchain switch, no flags, workspace or GO111MODULE=off of the user's: this only reads a file.
  const own = { ...withoutSecrets(env), GOTOOLCHAIN: 'local', GOFLAGS: '', GOWORK: 'off', GO111MODULE: 'on' }
  const name = basename(path)
  const answer = await world.commands.run('go', [kind, 'edit', '-json', name], {
    cwd: dirname(path),
    env: own,
    timeoutMs: world.timeoutMs,
  })
  const value = answer.exitCode === 0 ? parse(answer.stdout) : undefined
  if (value !== undefined) return ok(value)
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
