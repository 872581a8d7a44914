/**
 * Where the go command finds the certificates it trusts, so that the same connections succeed here.
 * Source: crypto/x509 root_unix.go, root_linux.go, root_bsd.go.
 */
export interface RootCertificatePlan {
  /** The first of these that can be read is used. */
  readonly files: readonly string[]
  /** Every file in these counts too. */
  readonly directories: readonly string[]
}

/** SSL_CERT_FILE replaces the list of files and SSL_CERT_DIR (split at `:`) the directories; not on macOS and Windows. */
export function planRootCertificates(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
): RootCertificatePlan {
  if (platform === 'darwin' || platform === 'win32') return { files: [], directories: [] }
  return {
    files: env['SSL_CERT_FILE'] ? [env['SSL_CERT_FILE']] : LINUX_FILES,
    directories: env['SSL_CERT_DIR'] ? env['SSL_CERT_DIR'].split(':') : LINUX_DIRECTORIES,
  }
}

const LINUX_FILES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/pki/tls/cacert.pem',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/cert.pem',
]

const LINUX_DIRECTORIES = ['/etc/ssl/certs', '/etc/pki/tls/certs']
