import { basename, join, resolve } from 'node:path'
import { failed, ok, type Problem, type Result } from '../../errors.ts'
import { findDirectories } from '../../inputs/directories.ts'
import { readVersionFile } from '../../toolchain/version-file.ts'
import { parseWanted, type WantedGo } from '../../toolchain/wanted.ts'
import type { Job } from '../job.ts'

/** Which Go is asked for. */
export interface AskedGo {
  readonly wanted: WantedGo
  /** What asks for it: an input, a file by its name, or nothing does. */
  readonly by: string
  readonly warnings: readonly Problem[]
}

/** What the inputs ask for; undefined: nothing. */
export async function findAsked({ inputs, effects }: Job): Promise<Result<AskedGo | undefined>> {
  const { goVersion, goVersionFile: file, workingDirectory } = inputs
  if (goVersion !== undefined)
    return ok({ wanted: goVersion, by: 'go-version', warnings: file === undefined ? [] : [twice(file.label)] })
  if (file === undefined) return ok(undefined)
  const path = resolve(workingDirectory.base, file.path)
  const [text] = await effects.files.readSmall([path], FILE_BYTES)
  if (text === undefined) return failed(await unreadable(file, path, { inputs, effects }))
  const wanted = readVersionFile(path, text)
  return wanted.ok ? ok({ wanted: wanted.value, by: file.path, warnings: [] }) : wanted
}

/** Where there is no Go: what the project’s first go.mod or go.work says, else the newest release. */
export async function findInProject({ inputs, effects }: Job): Promise<Result<AskedGo>> {
  const directories = await findDirectories(inputs.workingDirectory, effects.files)
  if (!directories.ok) return directories
  const [first] = directories.value
  if (first === undefined) return ok(STABLE)
  const path = join(first.path, first.kind === 'workspace' ? 'go.work' : 'go.mod')
  const [text = ''] = await effects.files.readSmall([path], FILE_BYTES)
  const wanted = readVersionFile(path, text)
  if (wanted.ok) return ok({ wanted: wanted.value, by: basename(path), warnings: [] })
  // Without a go line any Go will do; what is wrong in it go itself says best.
  return ok(STABLE)
}

/** go reads no larger go.mod either. Source: go.dev/ref/mod#zip-path-size-constraints. */
const FILE_BYTES = 16 << 20

const STABLE: AskedGo = { wanted: { kind: 'stable', text: 'stable' }, by: '', warnings: [] }

function twice(label: string): Problem {
  return {
    code: 'GO_VERSION_TWICE',
    message: `${label} is not read: go-version says which Go to use.`,
    hint: 'Remove one of the two.',
  }
}

type VersionFile = NonNullable<Job['inputs']['goVersionFile']>

/** What is wrong most often: a version instead of a file, a directory, a path from the working directory, no checkout. */
async function unreadable(
  { path: given, label }: VersionFile,
  path: string,
  { inputs: { workingDirectory }, effects: { files } }: Pick<Job, 'inputs' | 'effects'>,
): Promise<Problem> {
  const { base, patterns, inJob } = workingDirectory
  const kind = await files.kind(path)
  const where = inJob ? 'the workspace' : 'the current directory'
  const others =
    kind === 'directory' ? ['go.mod', 'go.work'].map(name => join(given, name)) : besidePatterns(patterns, given)
  const kinds = await Promise.all(others.map(other => files.kind(resolve(base, other))))
  const meant = others.find((_, i) => kinds[i] === 'file')
  const isVersion = kind === undefined && parseWanted(given).ok
  const what = kind === 'directory' ? 'is a directory' : kind === undefined ? `is not in ${where}` : 'cannot be read'
  const hint = isVersion
    ? `A version itself is given as go-version: ${given}.`
    : meant !== undefined
      ? `Did you mean ${meant}?`
      : `Name a go.mod, go.work, .go-version or .tool-versions by its path from ${where}.${inJob ? ' Does actions/checkout run before this step?' : ''}`
  return { code: 'INPUT_GO_VERSION_FILE', message: `${label}: ${given} ${what}.`, hint }
}

/** Where it would be by its path from a working directory. */
function besidePatterns(patterns: readonly string[], given: string): readonly string[] {
  return patterns.filter(pattern => !/[*?[]/.test(pattern) && pattern !== '.').map(pattern => join(pattern, given))
}
