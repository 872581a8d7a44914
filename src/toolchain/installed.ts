import { join, parse } from 'node:path'
import type { Commands, Environment, Files } from '../effects.ts'
import { withoutSecrets } from '../go/child-environment.ts'
import { parseGoVersion } from '../go/version.ts'
import { type ToolPlace, toolPaths } from './places.ts'

/** A Go that is there. */
export interface InstalledGo {
  /** Such as `go1.26.7`. */
  readonly version: string
  /** Absolute. */
  readonly goroot: string
  readonly where: 'PATH' | ToolPlace['kind']
}

export interface GoOnPathWorld {
  readonly commands: Pick<Commands, 'run'>
  readonly env: Environment
  /** Any directory: go is asked at its file system's root, where no go.mod can interfere. */
  readonly directory: string
  readonly timeoutMs: number
}

/** What `go` on PATH is; undefined when there is none, or it does not say. */
export async function findGoOnPath(world: GoOnPathWorld): Promise<InstalledGo | undefined> {
  const { exitCode, stdout } = await world.commands.run('go', ['env', 'GOVERSION', 'GOROOT'], {
    cwd: parse(world.directory).root,
    env: { ...withoutSecrets(world.env), GOTOOLCHAIN: 'local' },
    timeoutMs: world.timeoutMs,
  })
  const [version = '', goroot = ''] = stdout.split(/\r?\n/)
  if (exitCode !== 0 || parseGoVersion(version) === undefined || goroot === '') return undefined
  // `go1.26.7 X:nocoverageredesign`, as an experiment names itself.
  return { version: version.replace(/ .*/, ''), goroot, where: 'PATH' }
}

/** Whether the go command of an installation runs, and is the version that its files say. */
export async function runsAs({ version, goroot }: InstalledGo, world: GoOnPathWorld): Promise<boolean> {
  // `go env` of Go before 1.17 does not know its own version. A GOROOT of another Go would fool it.
  const { exitCode, stdout } = await world.commands.run(join(goroot, 'bin', 'go'), ['version'], {
    cwd: parse(world.directory).root,
    env: { ...withoutSecrets(world.env), GOTOOLCHAIN: 'local', GOROOT: '' },
    timeoutMs: world.timeoutMs,
  })
  return exitCode === 0 && stdout.split(/\s/)[2] === version
}

/** What lies complete in these places, for this architecture. What cannot be looked at is not there. */
export async function findInstalled(
  places: readonly ToolPlace[],
  arch: string,
  files: Pick<Files, 'list' | 'readSmall' | 'stat'>,
): Promise<readonly InstalledGo[]> {
  const found = await Promise.all(places.map(place => findIn(place, arch, files).catch(() => [])))
  return found.flat()
}

async function findIn(
  place: ToolPlace,
  arch: string,
  files: Pick<Files, 'list' | 'readSmall' | 'stat'>,
): Promise<readonly InstalledGo[]> {
  const names = (await files.list(join(place.directory, 'go'))).map(({ name }) => name)
  const all = names.map(name => toolPaths(place, name, arch))
  const found = await Promise.all(all.map(async ({ goroot, marker }) => readInstalled(place, goroot, marker, files)))
  return found.filter(one => one !== undefined)
}

const VERSION_BYTES = 4096

/** Its own file says which it is; the directory's name is setup-go's. */
export async function readInstalled(
  { kind }: ToolPlace,
  goroot: string,
  marker: string,
  files: Pick<Files, 'readSmall' | 'stat'>,
): Promise<InstalledGo | undefined> {
  const [command, wide, complete] = await files.stat([join(goroot, 'bin', 'go'), join(goroot, 'bin', 'go.exe'), marker])
  if ((command ?? wide) === undefined || complete === undefined) return undefined
  const [text = ''] = await files.readSmall([join(goroot, 'VERSION')], VERSION_BYTES)
  const version = text.split(/\s/)[0] ?? ''
  return version.startsWith('go') && parseGoVersion(version) !== undefined
    ? { version, goroot, where: kind }
    : undefined
}
