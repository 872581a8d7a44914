import type { Layer } from './finding.ts'

/** The layer of each code of the catalogue of go's messages, and of the problems that other rooms tell. The first that fits counts. */
const LAYER_OF: readonly (readonly [RegExp, Layer])[] = [
  [/^DNS_/, 'name lookup'],
  [/^CONNECTION_(REFUSED|TIMEOUT|UNREACHABLE)$/, 'TCP'],
  [/^(TLS_|HTTP_WRONG_SCHEME$)/, 'TLS'],
  [/^HTTP_PROXY_/, 'HTTP proxy'],
  [/^(HTTP_UNAUTHORIZED$|CREDENTIALS_|GOAUTH_)/, 'credentials'],
  [
    /^(HTTP_NOT_FOUND|HTTP_ABSENT_FAILED|GO_BAD_CONTENT|GO_CHECKSUM_MISMATCH|GO_REVISION_UNKNOWN|GO_FILE_PROXY_LACKS)$/,
    'module protocol',
  ],
  [/^(HTTP_|CONNECTION_CUT$)/, 'HTTP'],
  [/^(GO_SUMDB_|GO_CHECKSUM_MISSING$|GO_TOOLCHAIN_UNVERIFIED$|SUMDB_|GOSUMDB_)/, 'checksum database'],
  [/^GIT_/, 'git'],
  [/^GO_DISK_FULL$/, 'disk'],
  [/^(GO_CACHE_|SETTINGS_MODULE_CACHE)/, 'caches'],
  [/^(SETTINGS_|GOPROXY_|GO_FLAGS_|GO_MODULES_DISABLED$|GO_LOOKUP_DISABLED$|CANDIDATES_|INPUT_)/, 'settings'],
  [/^(GO_NOT_FOUND|GO_HANGS|GO_ENV_FAILED|GO_TOO_OLD|GO_TOO_OLD_FOR_US|GO_TOOLCHAIN_)/, 'Go'],
  [/^(TOOL_|GO_)/, 'project'],
]

/** Where to look for what a code is about. */
export function layerOf(code: string): Layer {
  return LAYER_OF.find(([pattern]) => pattern.test(code))?.[1] ?? 'project'
}
