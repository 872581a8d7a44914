import type { Files } from '../effects.ts'
import type { Problem } from '../errors.ts'
import { objectPath } from '../go/escape.ts'
import type { ModuleVersion } from '../go/module.ts'
import { downloadPath } from '../go/module-cache.ts'
import { compareVersions } from '../go/semver.ts'
import { readWithdrawal } from '../go/withdrawn.ts'
import { sanitizeLine } from '../text/sanitiser.ts'
import { findModuleLines, type NamedLine, namePlaces, type ProjectFile } from './lines.ts'
import type { Project } from './project.ts'
import { readLinesOf } from './read-lines.ts'

/** So many are named; more would only repeat it. */
const SHOWN = 5
/** Of an author's words. */
const WORDS_BYTES = 200
/** No go.mod in use, and no list of versions, comes near it. */
const MOST_BYTES = 1 << 20

/**
 * Warns of modules whose version is retracted, and of direct requirements that are deprecated, each with its line of
 * each go.mod that names it. No request is made for it: what is known stands in go.mod files that lie in the module cache anyhow, of the
 * version itself or of a later one. go asks for the latest version to know of all.
 */
export async function warnOfWithdrawn(
  { modules, directories }: Project,
  gomodcache: string,
  files: Pick<Files, 'readText' | 'readSmall'>,
): Promise<readonly Problem[]> {
  const texts = await readNewest(modules, gomodcache, files)
  const found = modules.map((module, i) => ({ ...module, ...readWithdrawal(texts[i] ?? '', module.version) }))
  const withdrawn = found.filter(({ retracted, deprecated }) => retracted !== undefined || deprecated !== undefined)
  if (withdrawn.length === 0) return []
  const named = await readLinesOf(directories, files)
  const placed = withdrawn.map(module => ({ ...module, at: findModuleLines(module, named) }))
  const retracted = placed.flatMap(({ path, version, retracted: why, at }) =>
    why === undefined ? [] : [{ at, what: `${path} ${version}`, why }],
  )
  const deprecated = placed.flatMap(({ path, retracted, deprecated: why, at }) => {
    const direct = at.filter(line => isDirect(line, named))
    return why === undefined || retracted !== undefined || direct.length === 0 ? [] : [{ at: direct, what: path, why }]
  })
  return [
    ...warning('MODULE_RETRACTED', 'was retracted by its author', retracted),
    ...warning('MODULE_DEPRECATED', 'is deprecated', deprecated),
  ]
}

/** Of each the go.mod of the latest version that the module cache has, as go asks the latest release, else its own. */
async function readNewest(
  modules: readonly ModuleVersion[],
  gomodcache: string,
  files: Pick<Files, 'readSmall'>,
): Promise<readonly (string | undefined)[]> {
  const read = (paths: readonly string[]) => files.readSmall(paths, MOST_BYTES)
  const root = downloadPath(gomodcache)
  const own = modules.map(module => objectPath(module, 'mod') ?? '')
  // go writes there which versions' go.mod files it has.
  const lists = await read(own.map(target => `${root}/${target.slice(0, target.lastIndexOf('/'))}/list`))
  const later = modules.map((module, i) => findLater(module, lists[i] ?? ''))
  const texts = await read(own.map((target, i) => `${root}/${later[i] ?? target}`))
  // go knows of a version whose go.mod is gone.
  const gone = [...texts.keys()].filter(i => texts[i] === undefined && later[i] !== undefined)
  const instead = gone.length === 0 ? [] : await read(gone.map(i => `${root}/${own[i]}`))
  return texts.map((text, i) => text ?? instead[gone.indexOf(i)])
}

function findLater({ path, version }: ModuleVersion, list: string): string | undefined {
  // Most lists have the one version that is required.
  if (list.trimEnd() === version) return undefined
  const later = list.split('\n').filter(one => compareVersions(one, version) > 0)
  const releases = later.filter(one => !one.includes('-'))
  const [newest] = (releases.length > 0 ? releases : later).sort(compareVersions).reverse()
  return newest === undefined ? undefined : objectPath({ path, version: newest }, 'mod')
}

/** go warns of what go.mod requires for the project's own packages, not of what others require. */
function isDirect(at: NamedLine, named: readonly ProjectFile[]): boolean {
  const line = named.find(({ file }) => file === at.file)?.text.split('\n')[at.line - 1]
  return line !== undefined && !/\/\/\s*indirect\b/.test(line)
}

const HINTS = {
  MODULE_RETRACTED: 'Require a version that is not retracted: `go get MODULE@latest` chooses one.',
  MODULE_DEPRECATED: 'It still works. Its author says what to use instead.',
} as const

function warning(
  code: keyof typeof HINTS,
  says: string,
  list: readonly { readonly at: readonly NamedLine[]; readonly what: string; readonly why: string }[],
): readonly Problem[] {
  const [first] = list
  if (first === undefined) return []
  const [line] = first.at
  const sentences = list.slice(0, SHOWN).map(({ at, what, why }) => {
    const place = at.length === 0 ? '' : `${namePlaces(at)}: `
    const words = sanitizeLine(why, WORDS_BYTES)
    return `${place}${what} ${says}${words === '' ? '' : `: ${words.replace(/\.$/, '')}`}.`
  })
  const more = list.length > SHOWN ? [`And ${list.length - SHOWN} more.`] : []
  return [
    {
      code,
      message: [...sentences, ...more].join(' '),
      hint: HINTS[code].replace('MODULE', first.what.split(' ')[0] ?? ''),
      ...(line === undefined ? {} : { at: { file: line.file, line: line.line } }),
    },
  ]
}
