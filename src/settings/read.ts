import { join, parse } from 'node:path'
import type { Commands, Environment, Files } from '../effects.ts'
import { failed, ok, type Result } from '../errors.ts'
import { withoutSecrets } from '../go/child-environment.ts'
import { parseEnvJson } from '../go/env-json.ts'
import { defaultGomaxprocs } from '../go/gomaxprocs.ts'
import { isOlder, parseGoVersion } from '../go/version.ts'
import { restoreOriginals } from './original.ts'
import { type GoSettings, SHIPPED, SOURCED_NAMES, type Sourced, type SourcedName } from './settings.ts'

export interface SettingsWorld {
  readonly env: Environment
  readonly commands: Commands
  readonly files: Files
  /** For one query of the go command. */
  readonly timeoutMs: number
  /** Of this machine. */
  readonly processors: number
  /** What of them may be used; undefined: all. */
  readonly processorQuota?: number | undefined
  /** Any directory: settings are read at its file system's root, where no go.mod can interfere. */
  readonly directory: string
}

/** What the names of build results depend on, besides GOFLAGS. */
const BUILD_NAMES = ['GOOS', 'GOARCH', 'GOAMD64', 'GOARM', 'GOARM64', 'GOEXPERIMENT', 'CGO_ENABLED', 'CC', 'CXX']

/** Asked for by name: for all of its settings go runs the C compiler too. */
const ASKED_NAMES = [
  ...SOURCED_NAMES,
  ...['GOVERSION', 'GOMODCACHE', 'GOROOT', 'GOENV', 'GOAUTH', 'GOCACHE', 'GOCACHEPROG'],
  ...BUILD_NAMES,
]

/** The oldest Go that we support; Go itself stopped supporting older ones years ago. */
export const OLDEST_GO = 'go1.22'

/**
 * Asks the go command for its settings and finds out where each comes from: the environment, the file that
 * `go env -w` writes, GOROOT/go.env where a distribution changed it, or Go's default.
 */
export async function readGoSettings(world: SettingsWorld): Promise<Result<GoSettings>> {
  const env = restoreOriginals(world.env)
  // With a newer `go` line in sight even `go env` would fetch a toolchain, and hang on a silent proxy.
  const queryEnv = { ...withoutSecrets(env), GOTOOLCHAIN: 'local' }
  const answer = await world.commands.run('go', ['env', '-json', ...ASKED_NAMES], {
    cwd: parse(world.directory).root,
    env: queryEnv,
    timeoutMs: world.timeoutMs,
  })
  if (answer.startError !== undefined) return failed(NO_GO)
  if (answer.timedOut) return failed(hanging(world.timeoutMs))
  const values = parseEnvJson(answer.stdout)
  if (answer.exitCode !== 0 || values === undefined) return failed(broken(answer.stderr))
  const version = values['GOVERSION'] ?? ''
  if (isOlder(version, OLDEST_GO)) return failed(tooOld(version))
  const files = await readFiles(values, world.files)
  const sourced = Object.fromEntries(SOURCED_NAMES.map(name => [name, findSource(name, values, env, files)])) as Record<
    SourcedName,
    Sourced<string>
  >
  return ok({
    ...sourced,
    version: parseGoVersion(version) === undefined ? version || 'devel' : version,
    gomodcache: values['GOMODCACHE'] ?? '',
    goroot: values['GOROOT'] ?? '',
    gocache: values['GOCACHE'] ?? '',
    gocacheprog: values['GOCACHEPROG'] ?? '',
    build: Object.fromEntries(BUILD_NAMES.map(name => [name, values[name] ?? ''])),
    goos: values['GOOS'] ?? '',
    goarch: values['GOARCH'] ?? '',
    goauth: values['GOAUTH'] || 'netrc',
    gomaxprocs:
      positiveInteger(env['GOMAXPROCS']) ?? defaultGomaxprocs(version, world.processors, world.processorQuota),
    env,
  })
}

export interface SettingsFiles {
  readonly user: ReadonlyMap<string, string>
  readonly distribution: ReadonlyMap<string, string>
}

/** @param values GOENV, where `go env -w` writes, and GOROOT */
export async function readFiles(
  values: Readonly<Record<string, string>>,
  files: Pick<Files, 'readText'>,
): Promise<SettingsFiles> {
  const read = async (path: string | undefined) =>
    parseEnvFile(
      path === undefined || path === 'off' || path === '' ? '' : ((await files.readText(path).catch(() => '')) ?? ''),
    )
  return {
    user: await read(values['GOENV']),
    distribution: await read(values['GOROOT'] && join(values['GOROOT'], 'go.env')),
  }
}

/** `NAME=value` lines, nothing trimmed; lines that do not begin with a capital are comments. Source: cmd/go/internal/cfg. */
function parseEnvFile(text: string): ReadonlyMap<string, string> {
  return new Map(
    text.split('\n').flatMap((line): [string, string][] => {
      const [, name, value] = /^([A-Z][^=]*)=(.*)$/s.exec(line) ?? []
      return name === undefined || value === undefined ? [] : [[name, value]]
    }),
  )
}

/** Where a setting comes from: the first place that has it. */
export function findSource(
  name: SourcedName,
  values: Readonly<Record<string, string>>,
  env: Environment,
  files: SettingsFiles,
): Sourced<string> {
  // Set but empty is unset, as for go.
  const fromEnvironment = env[name]
  if (fromEnvironment) return { value: fromEnvironment, from: 'environment' }
  const fromUser = files.user.get(name)
  if (fromUser) return { value: fromUser, from: 'go env -w' }
  const fromDistribution = files.distribution.get(name)
  if (fromDistribution && fromDistribution !== SHIPPED[name]) return { value: fromDistribution, from: 'go.env' }
  // GOTOOLCHAIN was overridden for the query, so its answer says nothing.
  const value = name === 'GOTOOLCHAIN' ? SHIPPED[name] : values[name]
  return { value: value ?? SHIPPED[name] ?? '', from: 'default' }
}

function positiveInteger(text: string | undefined): number | undefined {
  const value = Number(text)
  return Number.isInteger(value) && value > 0 ? value : undefined
}

const NO_GO = {
  code: 'GO_NOT_FOUND',
  message: 'There is no `go` command on PATH.',
  hint: 'Install Go and put it on PATH (https://go.dev/doc/install); in a workflow, actions/setup-go does so in a step before.',
}

function hanging(timeoutMs: number) {
  return {
    code: 'GO_HANGS',
    message: `\`go env\` did not answer within ${timeoutMs / 1000} s.`,
    hint: 'Does `go env` work in a shell here? A home directory on a dead network drive is a usual cause.',
  }
}

function broken(stderr: string) {
  return {
    code: 'GO_ENV_FAILED',
    message: `\`go env\` failed: ${stderr.trim().slice(0, 500) || 'it printed nothing'}`,
    hint: 'Is `go` on PATH the real go command, and HOME or GOPATH set?',
  }
}

function tooOld(version: string) {
  return {
    code: 'GO_TOO_OLD_FOR_US',
    message: `${version} is older than ${OLDEST_GO}, the oldest that is supported.`,
    hint: 'Install a newer Go; Go itself supports the last two releases.',
  }
}
