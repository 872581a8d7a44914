import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type BuiltModule, goModOf, goSumOf } from '../../../src/demo/modules.ts'

export interface TestProject {
  readonly directory: string
  readonly remove: () => void
}

/** Files in a fresh directory; the go command's caches of `goEnvironment` lie beside it. */
export function createProject(files: Readonly<Record<string, string>>): TestProject {
  const root = mkdtempSync(join(tmpdir(), 'project-'))
  const directory = join(root, 'work')
  for (const [name, text] of Object.entries({ '.keep': '', ...files })) {
    mkdirSync(dirname(join(directory, name)), { recursive: true })
    writeFileSync(join(directory, name), text)
  }
  return { directory, remove: () => rmSync(root, { recursive: true, force: true, maxRetries: 5 }) }
}

/** A project that requires all of these modules, with a complete go.sum. */
export function projectOf(modules: readonly BuiltModule[], goLine = '1.21'): TestProject {
  return createProject({ 'go.mod': goModOf('example.com/project', modules, goLine), 'go.sum': goSumOf(modules) })
}

/** Else the first go command in a new home starts a child that still writes there when the test removes it. */
export function switchTelemetryOff(home: string): void {
  const directory = join(home, '.config', 'go', 'telemetry')
  mkdirSync(directory, { recursive: true })
  writeFileSync(join(directory, 'mode'), 'off')
}

/** A clean environment for the real go command: nothing of this machine but PATH, all caches beside the project. */
export function goEnvironment(
  project: TestProject,
  extra: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const root = dirname(project.directory)
  switchTelemetryOff(join(root, 'home'))
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: join(root, 'home'),
    GOPATH: join(root, 'gopath'),
    GOMODCACHE: join(root, 'modcache'),
    GOCACHE: join(root, 'gocache'),
    GOENV: 'off',
    GOFLAGS: '-modcacherw',
    GOTOOLCHAIN: 'local',
    ...extra,
  }
}

/**
 * The machine's own GOCACHE, for tests that compile and do not look at it: what the compiler made of the standard library
 * for other tests need not be made again. go lets any number of processes share it.
 */
export function machineGocache(): string {
  return execFileSync('go', ['env', 'GOCACHE'], { encoding: 'utf8' }).trim()
}

/** Files of the module cache's download directory whose names end so: `.zip`, `.mod`. */
export function cachedFiles(env: Readonly<Record<string, string>>, extension: string): readonly string[] {
  const directory = join(env['GOMODCACHE'] ?? '', 'cache', 'download')
  try {
    return (readdirSync(directory, { recursive: true }) as string[]).filter(name => name.endsWith(extension)).sort()
  } catch {
    return []
  }
}
