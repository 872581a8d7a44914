import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import type { Effects, Environment, Files } from './effects.ts'
import { failed, ok, type Result } from './errors.ts'

/** Our directories bear this name, so that nobody else's is ever removed. */
const PREFIX = 'go-proxy-setup-'
const NAME = /^go-proxy-setup-[A-Za-z0-9]{6}$/
/** A file in each of them, with the number of the process that made it: the name alone could be anybody's. */
const OWNER = 'owner'
/** What a killed job left is removed by a later one after this long. */
const STALE_MS = 24 * 60 * 60 * 1000

/** Where temporary things belong: the runner's directory, which it empties with the job, else the system's. */
export function temporaryRoot(env: Environment): string {
  return env['RUNNER_TEMP'] || tmpdir()
}

/** A directory of mode 0700 of our own. @param processId our own, or that of whoever uses it as long as it lives */
export async function makeTemporary(env: Environment, files: Files, processId: number): Promise<Result<string>> {
  const root = temporaryRoot(env)
  try {
    const directory = await files.makeTemporaryDirectory(root, PREFIX)
    await files.write(join(directory, OWNER), String(processId), 0o600)
    return ok(directory)
  } catch (error) {
    const variable = env['RUNNER_TEMP'] ? 'RUNNER_TEMP' : process.platform === 'win32' ? 'TEMP' : 'TMPDIR'
    return failed({
      code: 'TEMPORARY_DIRECTORY',
      message: `No temporary directory can be made in ${root} (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'}).`,
      hint: `${variable} has to name a directory that exists, has room, and may be written to.`,
    })
  }
}

/** Removes one of our directories, and nothing else: whoever wrote the path into our state must not make us a weapon. */
export async function removeTemporary(path: string, env: Environment, files: Files): Promise<boolean> {
  const [real, root] = await Promise.all([files.realPath(path), files.realPath(temporaryRoot(env))])
  if (real === undefined) return true
  if (dirname(real) !== root || !NAME.test(basename(real))) return false
  await files.remove(real)
  return true
}

/**
 * Removes directories that killed processes left long ago. Without our mark, with a process that lives, or where it
 * cannot be looked at or removed, a directory stays.
 */
export async function sweepTemporary(
  env: Environment,
  { files, commands, clock }: Pick<Effects, 'files' | 'commands' | 'clock'>,
): Promise<void> {
  const root = temporaryRoot(env)
  const entries = await files.list(root).catch(() => [])
  for (const { kind, modifiedMs, name } of entries) {
    if (kind !== 'directory' || !NAME.test(name) || clock.date().getTime() - modifiedMs <= STALE_MS) continue
    const owner = Number(await files.readText(join(root, name, OWNER)).catch(() => undefined))
    if (!Number.isSafeInteger(owner) || owner <= 0 || commands.isRunning(owner)) continue
    // In a directory that all users share it may be somebody else's.
    await removeTemporary(join(root, name), env, files).catch(() => false)
  }
}
