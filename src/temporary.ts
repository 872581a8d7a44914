import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import type { Environment, Files } from './effects.ts'

/** Our directories bear this name, so that nobody else's is ever removed. */
const PREFIX = 'go-proxy-setup-'
/** What a killed job left is removed by a later one after this long. */
const STALE_MS = 24 * 60 * 60 * 1000

/** Where temporary things belong: the runner's directory, which it empties with the job, else the system's. */
export function temporaryRoot(env: Environment): string {
  return env['RUNNER_TEMP'] || tmpdir()
}

/** A directory of mode 0700 of our own. */
export function makeTemporary(env: Environment, files: Files): Promise<string> {
  return files.makeTemporaryDirectory(temporaryRoot(env), PREFIX)
}

/** Removes one of our directories, and nothing else: whoever wrote the path into our state must not make us a weapon. */
export async function removeTemporary(path: string, env: Environment, files: Files): Promise<boolean> {
  const [real, root] = await Promise.all([files.realPath(path), files.realPath(temporaryRoot(env))])
  if (real === undefined) return true
  if (dirname(real) !== root || !basename(real).startsWith(PREFIX)) return false
  await files.remove(real)
  return true
}

/** Removes directories of jobs that were killed long ago. */
export async function sweepTemporary(env: Environment, files: Files, nowMs: number): Promise<void> {
  const root = temporaryRoot(env)
  for (const entry of await files.list(root)) {
    const stale = entry.kind === 'directory' && entry.name.startsWith(PREFIX) && nowMs - entry.modifiedMs > STALE_MS
    if (stale) await removeTemporary(join(root, entry.name), env, files)
  }
}
