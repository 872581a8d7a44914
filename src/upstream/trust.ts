import { join } from 'node:path'
import tls from 'node:tls'
import type { Environment, Files } from '../effects.ts'
import { planRootCertificates } from '../go/root-certificates.ts'

/**
 * The certificates that go would trust on this machine, which Node by itself does not: SSL_CERT_FILE, SSL_CERT_DIR and
 * the system's list. NODE_EXTRA_CA_CERTS counts too: who set it meant this program.
 * @returns PEM certificates, or undefined to leave Node's own list (macOS and Windows without the newer API).
 */
export async function readTrustedRoots(
  env: Environment,
  platform: NodeJS.Platform,
  files: Files,
): Promise<readonly string[] | undefined> {
  const plan = planRootCertificates(env, platform)
  const texts: string[] = []
  for (const file of plan.files) {
    const text = await files.readText(file).catch(() => undefined)
    if (text === undefined) continue
    texts.push(text)
    break
  }
  // The directories hold the same certificates one by one on most systems; they matter where the user named them.
  if (env['SSL_CERT_DIR'] || texts.length === 0) texts.push(...(await readDirectories(plan.directories, files)))
  texts.push(...systemStore(platform))
  const extra = env['NODE_EXTRA_CA_CERTS']
  const extraText = extra ? await files.readText(extra).catch(() => undefined) : undefined
  if (extraText !== undefined) texts.push(extraText)
  const certificates = texts.flatMap(text => text.match(CERTIFICATE) ?? [])
  if (certificates.length === 0) return undefined
  // Where the list is not the system's own (a user's one file), go trusts that file alone, and so do we.
  const complete = platform === 'linux' || platform === 'freebsd'
  return [...new Set(complete ? certificates : [...tls.rootCertificates, ...certificates])]
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g
/** More certificate files than this in one directory are not a directory of authorities. */
const MAX_FILES = 2_000

async function readDirectories(directories: readonly string[], files: Files): Promise<readonly string[]> {
  const texts: string[] = []
  for (const directory of directories) {
    const entries = await files.list(directory).catch(() => [])
    for (const entry of entries.slice(0, MAX_FILES)) {
      if (entry.kind === 'directory') continue
      const text = await files.readText(join(directory, entry.name)).catch(() => undefined)
      if (text !== undefined) texts.push(text)
    }
  }
  return texts
}

/** The stores of macOS and Windows, readable since Node 22.19 and 24.5. */
function systemStore(platform: NodeJS.Platform): readonly string[] {
  if (platform !== 'darwin' && platform !== 'win32') return []
  return typeof tls.getCACertificates === 'function' ? tls.getCACertificates('system') : []
}
