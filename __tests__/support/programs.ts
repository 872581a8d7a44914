import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { ROOT } from './worlds/documents.ts'

/** Whether a program is on PATH: tests that need it are skipped where it is not, and say so. */
export function isThere(program: string): boolean {
  return pathOf(program, (process.env['PATH'] ?? '').split(delimiter)) !== undefined
}

/** The path of a tool that `.ci/run` installs below .cache/, or that is on PATH; undefined: it is not there. */
export function toolOfCi(program: string): string | undefined {
  const own = join(ROOT, '.cache', 'tools', 'python', 'bin')
  return pathOf(program, [own, ...(process.env['PATH'] ?? '').split(delimiter)])
}

function pathOf(program: string, directories: readonly string[]): string | undefined {
  return directories.map(directory => join(directory, program)).find(existsSync)
}
