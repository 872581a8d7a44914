import { basename, join, resolve } from 'node:path'
import { failed, ok, type Problem, type Result } from '../../errors.ts'
import { findDirectories } from '../../inputs/directories.ts'
import { readVersionFile } from '../../toolchain/version-file.ts'
import type { WantedGo } from '../../toolchain/wanted.ts'
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
  const { goVersion, goVersionFile, workingDirectory } = inputs
  if (goVersion !== undefined)
    return ok({ wanted: goVersion, by: 'go-version', warnings: goVersionFile === undefined ? [] : [BOTH] })
  if (goVersionFile === undefined) return ok(undefined)
  const path = resolve(workingDirectory.base, goVersionFile)
  const [text] = await effects.files.readSmall([path], FILE_BYTES)
  if (text === undefined) return failed(unreadable(goVersionFile))
  const wanted = readVersionFile(path, text)
  return wanted.ok ? ok({ wanted: wanted.value, by: goVersionFile, warnings: [] }) : wanted
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

const BOTH: Problem = {
  code: 'GO_VERSION_TWICE',
  message: 'go-version-file is not read: go-version says which Go to use.',
  hint: 'Remove one of both.',
}

function unreadable(file: string): Problem {
  return {
    code: 'INPUT_GO_VERSION_FILE',
    message: `go-version-file: ${file} cannot be read.`,
    hint: 'Name a go.mod, go.work, .go-version or .tool-versions of this checkout, by its path from the workspace.',
  }
}
