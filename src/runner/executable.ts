import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { delimiter, isAbsolute, join, resolve } from 'node:path'
import type { Environment } from '../effects.ts'

/**
 * The absolute path of a program, or undefined when there is none. Only absolute directories of PATH count: what lies
 * in the current directory is the repository's, and Windows would take it first.
 */
export function findExecutable(
  file: string,
  { cwd, env }: { readonly cwd: string; readonly env: Environment },
  platform: NodeJS.Platform,
): string | undefined {
  const names = platform === 'win32' && !/\.(exe|com)$/i.test(file) ? [`${file}.exe`, `${file}.com`] : [file]
  if (/[/\\]/.test(file)) return names.map(name => resolve(cwd, name)).find(isExecutable)
  const directories = (env['PATH'] ?? '').split(delimiter).filter(isAbsolute)
  return directories.flatMap(directory => names.map(name => join(directory, name))).find(isExecutable)
}

/** Why there is no such program here, as the system would say it of a path that is there, and a shell of a file on PATH. */
export function whyNotExecutable(
  file: string,
  { cwd, env }: { readonly cwd: string; readonly env: Environment },
): string {
  const directories = /[/\\]/.test(file) ? [cwd] : (env['PATH'] ?? '').split(delimiter).filter(isAbsolute)
  const isThere = file !== '' && directories.some(directory => existsSync(resolve(directory, file)))
  return isThere ? `EACCES: ${file} may not be executed` : `there is no program ${file} on PATH`
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    // Missing, or not ours to run: the next directory may have it.
    return false
  }
}
