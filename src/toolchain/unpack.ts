import { codeOf, ok, type Result } from '../errors.ts'
import { type ContentTaker, hashZip } from '../go/h1.ts'
import type { ModuleVersion } from '../go/module.ts'
import { type ZipSource, zipFault } from '../go/zip.ts'
import { isFilePath } from './file-path.ts'

/** A directory of ours that thousands of files are written into, each at once: with a promise for each it takes far longer. */
export interface NewTree {
  /** A file that is not there yet; directories above it are made. All of it throws Node's errors. */
  open(name: string, executable: boolean): { write(chunk: Uint8Array): void; close(): void }
  /** Puts the same content into another place, over what is there. */
  copy(from: string, to: string): void
}

/**
 * Unpacks a toolchain's zip as go's own switch does: the modes that the zip has do not count, commands become
 * executable, and each `_go.mod` is copied to `go.mod`. Source: cmd/go/internal/toolchain.Exec.
 * @param tree a directory of ours: what was written into it before the hash is compared is not to be run
 * @returns the zip's `h1:` hash. Rejects with Node's error where the tree cannot be written
 */
export async function unpackToolchain(zip: ZipSource, module: ModuleVersion, tree: NewTree): Promise<Result<string>> {
  const goMods: string[] = []
  let fault: { readonly error: unknown } | undefined
  const attempt = (act: () => void) => {
    if (fault !== undefined) return
    try {
      act()
    } catch (error) {
      fault = { error }
    }
  }
  const take = (name: string): ContentTaker => {
    let file: ReturnType<NewTree['open']> | undefined
    if (/(^|\/)_go\.mod$/.test(name)) goMods.push(name)
    attempt(() => {
      if (!isFilePath(name)) throw Object.assign(new Error(), { code: 'NAME' })
      file = tree.open(name, isExecutable(name))
    })
    const close = () => {
      try {
        file?.close()
      } catch (error) {
        fault ??= { error }
      }
    }
    return { write: chunk => attempt(() => file?.write(chunk)), close }
  }
  const h1 = await hashZip(zip, module, take)
  if (!h1.ok) return h1
  // `src/go.mod` last: with it, go takes the others to be there.
  for (const name of goMods.sort((a, b) => Number(a === SRC) - Number(b === SRC)))
    attempt(() => tree.copy(name, name.replace(/_go\.mod$/, 'go.mod')))
  if (fault === undefined) return ok(h1.value)
  // Names that this file system cannot have beside each other are the zip's fault; all else is the disk's.
  if (NAME_CODES.includes(codeOf(fault.error))) return zipFault('a file name is not one that a module may have')
  throw fault.error
}

const NAME_CODES = ['NAME', 'EEXIST', 'ENOTDIR', 'EISDIR', 'ENAMETOOLONG']

const SRC = 'src/_go.mod'

/** What go runs of it: its commands and tools, and the wrappers of tests on phones. */
function isExecutable(name: string): boolean {
  return /^(bin|pkg\/tool)\//.test(name) || /^lib\/(.*\/)?go_[^/]+_[^/]+_exec$/.test(name)
}
