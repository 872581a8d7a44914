import { isAbsolute, join, resolve } from 'node:path'
import type { Environment } from '../../effects.ts'
import { failed, ok, type Problem, type Result } from '../../errors.ts'

/** Where `env --write` puts the settings, as the user says it. */
export type WriteTarget = { readonly kind: 'go-env' | 'profile' } | { readonly kind: 'dotenv'; readonly path: string }

/** How lines of a file say variables. */
export type WrittenForm = 'go-env' | 'dotenv' | 'shell' | 'fish'

/** Where that is on this machine. */
export interface WrittenPlace {
  /** As the user writes it: `go-env`, `dotenv:.env`. */
  readonly name: string
  /** Absolute. The first of these that is there, else the last. */
  readonly files: readonly string[]
  readonly form: WrittenForm
  /** A directory that is missing is made: its reader looks for it there. */
  readonly makesDirectory: boolean
}

/** @returns undefined for what is none of them */
export function parseTarget(text: string): WriteTarget | undefined {
  if (text === 'go-env' || text === 'profile') return { kind: text }
  const [, path = ''] = /^dotenv:(.+)$/s.exec(text) ?? []
  return path === '' || path === '-' || path.includes('\0') ? undefined : { kind: 'dotenv', path }
}

export interface TargetFacts {
  readonly env: Environment
  readonly platform: NodeJS.Platform
  /** The directory that relative paths start from. */
  readonly cwd: string
  /** Where `go env -w` writes: `off`, or undefined for nowhere. */
  readonly goEnvFile: string | undefined
}

export function locateTarget(
  target: WriteTarget,
  { env, platform, cwd, goEnvFile }: TargetFacts,
): Result<WrittenPlace> {
  if (target.kind === 'dotenv') {
    const files = [resolve(cwd, target.path)]
    return ok({ name: `dotenv:${target.path}`, files, form: 'dotenv', makesDirectory: false })
  }
  if (target.kind === 'profile') return locateProfile(env, platform)
  if (goEnvFile === undefined) return failed(noHome('go-env', platform === 'win32' ? 'APPDATA' : 'HOME'))
  if (goEnvFile === 'off') return failed(GOENV_OFF)
  if (!isAbsolute(goEnvFile)) return failed(relativeGoenv(goEnvFile))
  return ok({ name: 'go-env', files: [goEnvFile], form: 'go-env', makesDirectory: true })
}

/**
 * The file that the user’s shell reads when it is used interactively. bash reads ~/.bashrc in a terminal; a terminal of macOS
 * starts it as a login shell, which reads the first of three files, so that a new one would hide the others. Source: the
 * manuals of bash (INVOCATION), zsh (FILES, ZDOTDIR) and fish (config.fish).
 */
function locateProfile(env: Environment, platform: NodeJS.Platform): Result<WrittenPlace> {
  const { HOME, SHELL = '', ZDOTDIR, XDG_CONFIG_HOME } = env
  if (platform === 'win32') return failed(NO_PROFILE)
  if (!HOME || !isAbsolute(HOME)) return failed(noHome('profile', 'HOME'))
  const shell = SHELL.slice(SHELL.lastIndexOf('/') + 1)
  const at = (form: WrittenForm, files: readonly string[]) =>
    ok({ name: 'profile', files, form, makesDirectory: form === 'fish' })
  const home = (...names: readonly string[]) => names.map(name => join(HOME, name))
  if (shell === 'fish') {
    const base = isAbsolute(XDG_CONFIG_HOME ?? '') ? (XDG_CONFIG_HOME ?? '') : join(HOME, '.config')
    return at('fish', [join(base, 'fish', 'config.fish')])
  }
  if (shell === 'zsh') return at('shell', [join(isAbsolute(ZDOTDIR ?? '') ? (ZDOTDIR ?? '') : HOME, '.zshrc')])
  if (shell === 'bash')
    return at('shell', platform === 'darwin' ? home('.bash_profile', '.bash_login', '.profile') : home('.bashrc'))
  if (/^(|sh|dash|ash|busybox|ksh|mksh|oksh)$/.test(shell)) return at('shell', home('.profile'))
  return failed(unknownShell(shell))
}

const GOENV_OFF: Problem = {
  code: 'ENV_WRITE_GOENV_OFF',
  message: 'env --write go-env: GOENV is off, so go reads no such file.',
  hint: 'Unset GOENV, or use --write profile.',
}

const NO_PROFILE: Problem = {
  code: 'ENV_WRITE_NO_PROFILE',
  message: 'env --write profile: Windows has no file that every shell reads.',
  hint: 'Use --write go-env, which go reads in every shell.',
}

function relativeGoenv(path: string): Problem {
  return {
    code: 'ENV_WRITE_GOENV_RELATIVE',
    message: `env --write go-env: GOENV is ${path}, which is another file in each directory.`,
    hint: 'Give GOENV an absolute path.',
  }
}

function noHome(target: string, variable: string): Problem {
  return {
    code: 'ENV_WRITE_NO_HOME',
    message: `env --write ${target}: ${variable} names no directory, so it is not known where the file is.`,
    hint: `Set ${variable}, or name a file: --write dotenv:FILE.`,
  }
}

function unknownShell(shell: string): Problem {
  return {
    code: 'ENV_WRITE_UNKNOWN_SHELL',
    message: `env --write profile: SHELL names ${shell}, whose files are not known here.`,
    hint: 'Use --write go-env, which go reads in every shell. Known are sh, bash, zsh, ksh and fish.',
  }
}
