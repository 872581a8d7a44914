import { basename, dirname, isAbsolute, join, resolve } from 'node:path'
import type { Files } from '../effects.ts'
import { failed, ok, type Problem, type Result } from '../errors.ts'
import type { GoSettings } from '../settings/settings.ts'
import { quoteForShell } from '../text/shell.ts'
import { editJson, type ProjectWorld, problem } from './edit-json.ts'
import { defined, GO_MOD, type GoMod, parseGoWorkJson, readGoWorkText } from './gomod.ts'
import { findRoots, place } from './graph.ts'
import { isVendored, type NamedDirectory, type Part, readSums } from './module.ts'

/** go.work in force, as go finds it: GOWORK, else in the directory or above it. */
export async function findWorkspace(
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

export async function readWorkspace(
  workFile: string,
  directory: NamedDirectory,
  settings: GoSettings,
  world: ProjectWorld,
): Promise<Result<Part>> {
  const path = dirname(workFile)
  const name = path === directory.path ? directory.name : `${directory.name} (go.work above it)`
  const source = (await world.files.readText(workFile)) ?? ''
  const work = await editJson({ kind: 'work', path: workFile, where: name }, settings, world, {
    ofJson: json => parseGoWorkJson(json, source),
    ofText: readGoWorkText,
  })
  if (!work.ok) return work
  const used = work.value.use.map(written => ({ written, goMod: join(resolve(path, written), 'go.mod') }))
  const absent = await findAbsent(used, { path: workFile, name, source }, world.files)
  if (absent.length > 0) return failed(...absent)
  const mods = await Promise.all(
    used.map(({ goMod }) => editJson({ kind: 'mod', path: goMod, where: dirname(goMod) }, settings, world, GO_MOD)),
  )
  const problems = mods.flatMap(mod => (mod.ok ? [] : mod.problems))
  if (problems.length > 0) return failed(...problems)
  const values = mods.flatMap((mod): GoMod[] => (mod.ok ? [mod.value] : []))
  const sumFiles = [`${workFile}.sum`, ...used.map(({ goMod }) => join(dirname(goMod), 'go.sum'))]
  const sums = await readSums(sumFiles, { path, name: directory.path === path ? directory.name : '.' }, world.files)
  if (!sums.ok) return sums
  return ok({
    directory: {
      path,
      name,
      kind: 'workspace',
      vendored: await isVendored({ path, kind: 'workspace', goLine: work.value.goLine }, settings, world),
      modFiles: [workFile, ...used.map(({ goMod }) => goMod)],
      sumFiles,
    },
    modules: undefined,
    graph: await findRoots(
      used.flatMap(({ goMod }, i) => (values[i] === undefined ? [] : [place(goMod, values[i])])),
      place(workFile, work.value),
      sums.value,
      world.files,
    ),
    sums: sums.value,
    // Those of the used modules switch nothing: go refuses a newer go line there, and passes over their toolchain lines.
    goLines: defined(work.value.goLine),
    toolchainLines: defined(work.value.toolchainLine),
    mainModules: values.map(mod => mod.path),
  })
}

/** Directories that go.work names and that hold no module. git makes an empty one for a submodule. */
async function findAbsent(
  used: readonly { readonly written: string; readonly goMod: string }[],
  { path, name, source }: { readonly path: string; readonly name: string; readonly source: string },
  files: Pick<Files, 'kind'>,
): Promise<readonly Problem[]> {
  const there = await Promise.all(used.map(({ goMod }) => files.kind(goMod)))
  const absent = used.filter((_, i) => there[i] === undefined)
  return Promise.all(
    absent.map(async ({ written, goMod }) => {
      const what = (await files.kind(dirname(goMod))) === undefined ? 'which is not there' : 'which has no go.mod'
      const line = lineOf(written, source)
      const places = [...(line === undefined ? [] : [`line ${line}`]), ...(name === '.' ? [] : [`in ${name}`])]
      const where = places.length === 0 ? '' : `: ${places.join(' ')}`
      return problem(
        'GO_WORK_USE_MISSING',
        `${basename(path)} names ${written}, ${what} (a submodule that was not checked out?)${where}.`,
        `Check it out (actions/checkout: \`submodules: true\`), or remove it: \`go work edit -dropuse=${quoteForShell(written)}\`.`,
        line === undefined ? undefined : { file: path, line },
      )
    }),
  )
}

/** The line of a `use`, alone or in a block, quoted or not. */
function lineOf(written: string, source: string): number | undefined {
  const forms = [written, JSON.stringify(written)]
  const at = source.split('\n').findIndex(line => forms.includes(line.trim().replace(/^use\s+|\s*\/\/.*$/g, '')))
  return at < 0 ? undefined : at + 1
}
