import { basename, join, relative, resolve, sep } from 'node:path'
import type { Files } from '../effects.ts'
import { failed, ok, type Problem, type Result } from '../errors.ts'
import { flagValue, sumFileOf } from '../go/goflags.ts'
import { parseGoSum, remedyFor, sumKey } from '../go/gosum.ts'
import { isPruned } from '../go/mod-file.ts'
import type { ModuleVersion } from '../go/module.ts'
import { isOlder } from '../go/version.ts'
import type { GraphRoots } from '../objects/graph.ts'
import type { GoSettings } from '../settings/settings.ts'
import { editJson, type ProjectWorld, problem } from './edit-json.ts'
import { defined, GO_MOD, linesOf, modulesToDownload } from './gomod.ts'
import { findRoots } from './graph.ts'
import type { ModuleDirectory } from './project.ts'

/** Where a module or workspace is, as the inputs found it. */
export interface NamedDirectory {
  readonly path: string
  readonly name: string
  /** Where go is asked, if that is a directory below: relative paths in GOFLAGS begin there. Absolute. */
  readonly askedIn?: string | undefined
}

/** What one module or workspace needs. */
export interface Part {
  readonly directory: ModuleDirectory
  /** What go.mod lists; undefined where only the module graph tells. */
  readonly modules: readonly ModuleVersion[] | undefined
  readonly graph: GraphRoots
  readonly sums: ReadonlyMap<string, string>
  readonly goLines: readonly string[]
  readonly toolchainLines: readonly string[]
  readonly mainModules: readonly string[]
}

/** A module: what go.mod says, or the file that `-modfile` in GOFLAGS puts into its place. */
export async function readModule(
  directory: NamedDirectory,
  settings: GoSettings,
  world: ProjectWorld,
): Promise<Result<Part>> {
  const goMod = join(directory.path, 'go.mod')
  const modFile = await findModFile(directory, settings, world.files)
  if (!modFile.ok) return modFile
  const file = { kind: 'mod', path: modFile.value ?? goMod, where: directory.name } as const
  const mod = await editJson(file, settings, world, GO_MOD)
  if (!mod.ok) return mod
  const sumFile = sumFileOf(file.path)
  const sums = await readSums([sumFile], directory, world.files)
  if (!sums.ok) return sums
  // Which toolchain it switches to, go decides by go.mod itself, of which it reads no more than these lines.
  const lines = modFile.value === undefined ? mod.value : linesOf((await world.files.readText(goMod)) ?? '')
  const vendored = await isVendored({ path: directory.path, kind: 'module', goLine: mod.value.goLine }, settings, world)
  const modules = isPruned(mod.value.goLine) ? modulesToDownload(mod.value) : undefined
  const unsummed = (modules ?? []).filter(module => !sums.value.has(sumKey(module, 'zip')))
  return ok({
    directory: {
      path: directory.path,
      name: directory.name,
      kind: 'module',
      vendored,
      modFiles: [file.path],
      sumFiles: [sumFile],
      ...(unsummed.length === 0 ? {} : { unsummed }),
    },
    modules,
    graph: await findRoots([{ directory: directory.path, value: mod.value }], undefined, sums.value, world.files),
    sums: sums.value,
    goLines: defined(lines.goLine),
    toolchainLines: defined(lines.toolchainLine),
    mainModules: [mod.value.path],
  })
}

/** The file that `-modfile` names, from where go is asked; undefined when GOFLAGS has none. Source: go help build. */
async function findModFile(
  { path, name, askedIn }: NamedDirectory,
  { GOFLAGS }: GoSettings,
  files: Files,
): Promise<Result<string | undefined>> {
  const flag = flagValue(GOFLAGS.value, 'modfile')
  if (flag === undefined || flag === '') return ok(undefined)
  const said = `GOFLAGS (from ${GOFLAGS.from}) has -modfile=${flag}`
  if (!flag.endsWith('.mod'))
    return failed(
      problem('MODFILE_NAME', `${said}, which go refuses: the name does not end in .mod.`, 'Rename the file.'),
    )
  const file = resolve(askedIn ?? path, flag)
  if ((await files.kind(file)) !== undefined) return ok(file)
  return failed(
    problem(
      'MODFILE_MISSING',
      `${said}, but there is no ${basename(file)} for ${name}: ${file}.`,
      'The path begins in the directory in which go runs. Check it, or set GOFLAGS only in the steps that need it.',
    ),
  )
}

/** The lines of all these files together. */
export async function readSums(
  paths: readonly string[],
  base: Pick<NamedDirectory, 'path' | 'name'>,
  files: Files,
): Promise<Result<ReadonlyMap<string, string>>> {
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
            `${nameFrom(base, path)}:${line}: ${fault}.`,
            `Mend the line: take it from the branch that has it right, or remove it and run \`${remedyFor(path)}\`.`,
            { file: path, line },
          ),
        ),
    )
  }
  return problems.length > 0 ? failed(...problems) : ok(hashes)
}

/** A file as the user would write it. */
function nameFrom({ path, name }: Pick<NamedDirectory, 'path' | 'name'>, file: string): string {
  return join(name, relative(path, file)).split(sep).join('/')
}

/**
 * Whether go will build from the vendor directory, so that nothing needs to be downloaded. One that was made for a
 * module is not for the workspace, nor the other way round. Source: cmd/go/internal/modload, setDefaultBuildMod.
 */
export async function isVendored(
  { path, kind, goLine }: Pick<ModuleDirectory, 'path' | 'kind'> & { readonly goLine: string | undefined },
  { GOFLAGS }: GoSettings,
  { files }: ProjectWorld,
): Promise<boolean> {
  const mode = flagValue(GOFLAGS.value, 'mod') ?? ''
  const byLine = goLine !== undefined && !isOlder(goLine, kind === 'workspace' ? '1.22' : '1.14')
  if (mode !== 'vendor' && (mode !== '' || !byLine)) return false
  const list = join(path, 'vendor', 'modules.txt')
  if ((await files.kind(list)) !== 'file') return false
  return mode === 'vendor' || isOfWorkspace((await files.readText(list)) ?? '') === (kind === 'workspace')
}

/** Its first line says so, among other things. */
function isOfWorkspace(modulesText: string): boolean {
  const [, notes = ''] = /^## ([^\n]*)/.exec(modulesText) ?? []
  return notes.split(';').some(note => note.trim() === 'workspace')
}
