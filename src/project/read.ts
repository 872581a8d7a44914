import { dirname, isAbsolute, join, resolve } from 'node:path'
import type { Commands, Files } from '../effects.ts'
import { failed, ok, type Problem, type Result } from '../errors.ts'
import { withoutSecrets } from '../go/child-environment.ts'
import { objectPath } from '../go/escape.ts'
import { parseGoSum } from '../go/gosum.ts'
import type { ModuleVersion } from '../go/module.ts'
import { downloadPath } from '../go/module-cache.ts'
import { isOlder } from '../go/version.ts'
import type { GoSettings } from '../settings/settings.ts'
import { type GoMod, modulesInSums, modulesToDownload, parseGoModJson, parseGoWorkJson } from './gomod.ts'
import type { ModuleDirectory, Project } from './project.ts'
import { quoteGo } from './quoting.ts'

export interface ProjectWorld {
  readonly commands: Commands
  readonly files: Files
  readonly timeoutMs: number
  /** Absolute: of files outside of it, or behind links out of it, nothing is quoted. */
  readonly workspace?: string | undefined
}

/** Where a module or workspace is, as the inputs found it. */
export interface NamedDirectory {
  readonly path: string
  readonly name: string
}

/** Reads go.mod, go.work and their sums in every directory; all that is wrong in any of them is told together. */
export async function readProject(
  directories: readonly NamedDirectory[],
  settings: GoSettings,
  world: ProjectWorld,
): Promise<Result<Project>> {
  const parts = await Promise.all(directories.map(directory => readDirectory(directory, settings, world)))
  const problems = parts.flatMap(part => (part.ok ? [] : part.problems))
  if (problems.length > 0) return failed(...problems)
  const values = parts.flatMap(part => (part.ok ? [part.value] : []))
  // Two modules of one workspace are one run of go there.
  const unique = [...new Map(values.map(value => [value.directory.path, value])).values()]
  const modules = uniqueModules(unique.flatMap(part => part.modules))
  return ok({
    directories: unique.map(part => part.directory),
    modules,
    sums: new Map(unique.flatMap(part => [...part.sums])),
    missing: await findMissing(modules, settings.gomodcache, world.files),
    goLine: newest(unique.flatMap(part => part.goLines)),
    toolchainLine: newest(unique.flatMap(part => part.toolchainLines)),
    vendored: unique.length > 0 && unique.every(part => part.directory.vendored),
    mainModules: unique.flatMap(part => part.mainModules),
  })
}

interface Part {
  readonly directory: ModuleDirectory
  readonly modules: readonly ModuleVersion[]
  readonly sums: ReadonlyMap<string, string>
  readonly goLines: readonly string[]
  readonly toolchainLines: readonly string[]
  readonly mainModules: readonly string[]
}

async function readDirectory(
  directory: NamedDirectory,
  settings: GoSettings,
  world: ProjectWorld,
): Promise<Result<Part>> {
  const work = await findWorkspace(directory.path, settings.GOWORK, world.files)
  return work === undefined ? readModule(directory, settings, world) : readWorkspace(work, directory, settings, world)
}

/** go.work in force, as go finds it: GOWORK, else in the directory or above it. */
async function findWorkspace(
  directory: string,
  { value, from }: GoSettings['GOWORK'],
  files: Files,
): Promise<string | undefined> {
  if (value === 'off') return undefined
  // Go's default is what it found from where it was asked, which was not here.
  if (from !== 'default' && isAbsolute(value)) return value
  for (let at = directory; ; at = dirname(at)) {
    const path = join(at, 'go.work')
    if ((await files.kind(path)) === 'file') return path
    if (dirname(at) === at) return undefined
  }
}

async function readModule(directory: NamedDirectory, settings: GoSettings, world: ProjectWorld): Promise<Result<Part>> {
  const mod = await editJson({ args: ['mod', 'edit', '-json'], directory, parse: parseGoModJson }, settings, world)
  if (!mod.ok) return mod
  const sumFile = join(directory.path, 'go.sum')
  const sums = await readSums([sumFile], world.files)
  if (!sums.ok) return sums
  const vendored = obeysVendor(mod.value, '1.14', settings) && (await hasVendor(directory.path, world.files))
  return ok({
    directory: { ...directory, kind: 'module', vendored, sumFiles: [sumFile] },
    modules: modulesToDownload(mod.value, sums.value),
    sums: sums.value,
    goLines: defined(mod.value.goLine),
    toolchainLines: defined(mod.value.toolchainLine),
    mainModules: [mod.value.path],
  })
}

async function readWorkspace(
  workFile: string,
  directory: NamedDirectory,
  settings: GoSettings,
  world: ProjectWorld,
): Promise<Result<Part>> {
  const root = {
    path: dirname(workFile),
    name: dirname(workFile) === directory.path ? directory.name : `${directory.name} (go.work above it)`,
  }
  const source = (await world.files.readText(workFile)) ?? ''
  const edit = {
    args: ['work', 'edit', '-json', workFile],
    directory: root,
    parse: (json: string) => parseGoWorkJson(json, source),
  }
  const work = await editJson(edit, settings, world)
  if (!work.ok) return work
  const used = work.value.use.map(path => resolve(root.path, path))
  const mods = await Promise.all(
    used.map(path => {
      const directory = { path, name: path }
      return editJson({ args: ['mod', 'edit', '-json'], directory, parse: parseGoModJson }, settings, world)
    }),
  )
  const problems = mods.flatMap(mod => (mod.ok ? [] : mod.problems))
  if (problems.length > 0) return failed(...problems)
  const values = mods.flatMap((mod): GoMod[] => (mod.ok ? [mod.value] : []))
  const sumFiles = [`${workFile}.sum`, ...used.map(path => join(path, 'go.sum'))]
  const sums = await readSums(sumFiles, world.files)
  if (!sums.ok) return sums
  return ok({
    directory: {
      ...root,
      kind: 'workspace',
      vendored: obeysVendor(work.value, '1.22', settings) && (await hasVendor(root.path, world.files)),
      sumFiles,
    },
    modules: modulesInSums(sums.value),
    sums: sums.value,
    // Those of the used modules switch nothing: go refuses a newer go line there, and passes over their toolchain lines.
    goLines: defined(work.value.goLine),
    toolchainLines: defined(work.value.toolchainLine),
    mainModules: values.map(mod => mod.path),
  })
}

interface JsonQuery<T> {
  /** `mod edit -json`, or `work edit -json` and the file. */
  readonly args: readonly string[]
  readonly directory: NamedDirectory
  readonly parse: (json: string) => T | undefined
}

async function editJson<T>(
  { args, directory, parse }: JsonQuery<T>,
  settings: GoSettings,
  world: ProjectWorld,
): Promise<Result<T>> {
  // No toolchain switch, no flags, workspace or GO111MODULE=off of the user's: this only reads a file.
  const env = { ...withoutSecrets(settings.env), GOTOOLCHAIN: 'local', GOFLAGS: '', GOWORK: 'off', GO111MODULE: 'on' }
  const answer = await world.commands.run('go', args, { cwd: directory.path, env, timeoutMs: world.timeoutMs })
  const value = answer.exitCode === 0 ? parse(answer.stdout) : undefined
  if (value !== undefined) return ok(value)
  const file = args[0] === 'mod' ? 'go.mod' : 'go.work'
  const path = args[0] === 'mod' ? join(directory.path, file) : (args.at(-1) ?? '')
  const words = answer.timedOut ? 'go did not answer' : await quoteGo(answer.stderr, path, world.workspace, world.files)
  return failed(
    problem(
      `${file.toUpperCase().replace('.', '_')}_UNREADABLE`,
      `${file} in ${directory.name} cannot be read: ${words}`,
      `Fix ${file}: \`go ${args[0]} edit -json\` must succeed there.`,
    ),
  )
}

function problem(code: string, message: string, hint: string): Problem {
  return { code: `PROJECT_${code}`, message, hint }
}

async function readSums(paths: readonly string[], files: Files): Promise<Result<ReadonlyMap<string, string>>> {
  const hashes = new Map<string, string>()
  const problems: Problem[] = []
  for (const path of paths) {
    const sum = parseGoSum((await files.readText(path)) ?? '')
    for (const [key, hash] of sum.hashes) hashes.set(key, hashes.get(key) ?? hash)
    problems.push(
      ...sum.faults
        .slice(0, 3)
        .map(({ line, fault }) =>
          problem(
            'GO_SUM_MALFORMED',
            `${path}, line ${line}: ${fault}.`,
            'Fix the line, or delete the file and run `go mod tidy`.',
          ),
        ),
    )
  }
  return problems.length > 0 ? failed(...problems) : ok(hashes)
}

/** Whether go would build from a vendor directory, so that nothing needs to be downloaded. @param since go line */
function obeysVendor({ goLine }: Pick<GoMod, 'goLine'>, since: string, { GOFLAGS }: GoSettings): boolean {
  if (/-mod=(mod|readonly)/.test(GOFLAGS.value)) return false
  return goLine !== undefined && !isOlder(goLine, since)
}

async function hasVendor(directory: string, files: Files): Promise<boolean> {
  return (await files.kind(join(directory, 'vendor', 'modules.txt'))) === 'file'
}

async function findMissing(
  modules: readonly ModuleVersion[],
  gomodcache: string,
  files: Files,
): Promise<readonly ModuleVersion[]> {
  const paths = modules.map(module => objectPath(module, 'zip'))
  const stats = await files.stat(paths.map(path => downloadPath(gomodcache, path ?? '')))
  return modules.filter((_, i) => paths[i] === undefined || stats[i] === undefined)
}

function uniqueModules(modules: readonly ModuleVersion[]): readonly ModuleVersion[] {
  return [...new Map(modules.map(module => [`${module.path}@${module.version}`, module])).values()]
}

function newest(versions: readonly string[]): string | undefined {
  return versions.reduce<string | undefined>(
    (best, version) => (best === undefined || isOlder(best, version) ? version : best),
    undefined,
  )
}

function defined<T>(value: T | undefined): readonly T[] {
  return value === undefined ? [] : [value]
}
