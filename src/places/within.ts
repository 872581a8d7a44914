import { isAbsolute, relative, sep } from 'node:path'

/** Whether a path is a directory or lies in it. Links are not resolved: give real paths where they matter. */
export function isWithin(path: string, directory: string): boolean {
  const way = relative(directory, path)
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}
