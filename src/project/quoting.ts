import { dirname, isAbsolute, relative, sep } from 'node:path'
import type { Files } from '../effects.ts'

/**
 * What go says of a file that it cannot read, as far as it may be shown. It quotes lines, and a link in a repository
 * may make go.mod of any file of this machine: of what is not the workspace's own only the numbers of lines are told.
 * @param workspace undefined: the file's own directory
 */
export async function quoteGo(
  words: string,
  file: string,
  workspace: string | undefined,
  files: Pick<Files, 'realPath'>,
): Promise<string> {
  if (await isOwn(file, workspace ?? dirname(file), files)) return words.trim().slice(0, 1000)
  const lines = new Set([...words.matchAll(/\.(?:mod|work):(\d+)/g)].map(([, line]) => line))
  const which = lines.size === 0 ? 'it' : `line ${[...lines].slice(0, 10).join(', ')}`
  return `go refuses ${which}. The text is not shown, because the file lies outside the workspace, or is a link that leads out of it or to git’s own files`
}

async function isOwn(file: string, directory: string, files: Pick<Files, 'realPath'>): Promise<boolean> {
  const [real, limit] = await Promise.all([files.realPath(file), files.realPath(directory)])
  // What is not there has no lines.
  if (real === undefined) return true
  const way = relative(limit ?? directory, real)
  // .git/config may hold the token of the checkout.
  return !isAbsolute(way) && !way.split(sep).some(name => name === '..' || name.toLowerCase() === '.git')
}
