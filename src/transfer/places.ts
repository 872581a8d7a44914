import { delimiter, join } from 'node:path'
import type { Environment } from '../effects.ts'

/** Below the temporary directory: where the library keeps an archive, in a directory of a random name. */
const ARCHIVES = ['cache', 'temp'] as const
/** Likewise: what is packed, or was unpacked. As deep as an archive: see `childEnvironment`. */
const STORED = ['module-cache', 'cache', 'download'] as const

/** Where the library keeps archives. */
export function archivesDirectory(temporaryDirectory: string): string {
  return join(temporaryDirectory, ...ARCHIVES)
}

/** Where what is stored lies while it is packed, and where it is unpacked. Emptied first; the caller removes it. */
export function storedDirectory(temporaryDirectory: string): string {
  return join(temporaryDirectory, ...STORED)
}

/** None of the job's secrets but those that the service needs. */
const PASSED_ON =
  /^(PATH|HOME|LANG|LC_\w+|TZ|TMPDIR|TEMP|TMP|USERPROFILE|APPDATA|LOCALAPPDATA|SYSTEMROOT|SYSTEMDRIVE|WINDIR|COMSPEC|PATHEXT|PROGRAMFILES|ACTIONS_(CACHE_\w+|RESULTS_URL|RUNTIME_TOKEN)|GITHUB_(SERVER_URL|ACTIONS|API_URL)|RUNNER_(DEBUG|OS|ARCH)|https?_proxy|no_proxy|all_proxy|HTTPS?_PROXY|NO_PROXY|ALL_PROXY|NODE_EXTRA_CA_CERTS)$/i

/**
 * Places of ours for everything that is written. They are relative, for the library passes them to `tar` unquoted, and a
 * runner's directory may have a space in its path. It starts `tar` in its own working directory or in the archive's;
 * both lie equally deep, so that each path leads from both to the same place.
 */
const UP = STORED.map(() => '..')
export const PLACES: Environment = {
  RUNNER_TEMP: join(...UP, ...ARCHIVES),
  // Names in the archive are relative to it.
  GITHUB_WORKSPACE: join(...UP, ...STORED),
}

/** @param work of the transfer: our own `tar` is in its `bin` */
export function childEnvironment(
  { env, platform }: { readonly env: Environment; readonly platform: NodeJS.Platform },
  work: string,
): Environment {
  const passed = Object.fromEntries(Object.entries(env).filter(([name]) => PASSED_ON.test(name)))
  const path = platform === 'win32' ? env['PATH'] : `${join(work, 'bin')}${delimiter}${env['PATH'] ?? ''}`
  return {
    ...passed,
    PATH: path,
    ...PLACES,
    NODE_EXTRA_CA_CERTS: env['NODE_EXTRA_CA_CERTS'] || env['SSL_CERT_FILE'],
    // MiB. The library reports a piece when it is sent, and sends eight at once: with larger ones nothing would seem to move.
    CACHE_UPLOAD_CHUNK_SIZE: '1',
  }
}
