import { closeSync, copyFileSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * Thousands of new files in one directory, without a promise for each. Throws Node's errors.
 * @param root absolute; it may be there already. Modes are those of a new file, within the user's umask
 */
export function openTree(root: string) {
  const made = new Set<string>()
  const place = (name: string): string => {
    const path = join(root, name)
    const directory = dirname(path)
    if (!made.has(directory)) mkdirSync(directory, { recursive: true })
    made.add(directory)
    return path
  }
  return {
    open(name: string, executable: boolean) {
      const file = openSync(place(name), 'wx', executable ? 0o777 : 0o666)
      return {
        write: (chunk: Uint8Array) => {
          for (let at = 0; at < chunk.length; ) at += writeSync(file, chunk, at)
        },
        close: () => closeSync(file),
      }
    },
    copy: (from: string, to: string) => copyFileSync(join(root, from), place(to)),
  }
}
