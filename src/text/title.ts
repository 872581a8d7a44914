/**
 * A problem's code as the title of an annotation: `PROXY_SENT_WRONG_CONTENT` is “Proxy sent wrong content”. Codes whose
 * words say too little have a title of their own.
 */
export function titleOf(code: string): string {
  const own = TITLES[code]
  if (own !== undefined) return own
  const words = code
    .toLowerCase()
    .replace(/^go_(mod|sum|work)(?=_|$)/, 'go.$1')
    .split('_')
    .map(
      (word, i) =>
        NAMES[word] ?? (i === 0 && !word.includes('.') ? word.replace(/^./, first => first.toUpperCase()) : word),
    )
  return words.join(' ')
}

const NAMES: Readonly<Record<string, string>> = {
  go: 'go',
  goauth: 'GOAUTH',
  goproxy: 'GOPROXY',
  gosumdb: 'GOSUMDB',
  http: 'HTTP',
  ssh: 'SSH',
  sumdb: 'checksum database',
  url: 'URL',
}

const TITLES: Readonly<Record<string, string>> = {
  CACHE_KEPT_BY_RUNNER: 'Module cache kept by the runner',
  CACHE_SETUP_GO: 'Modules cached twice',
  BUILD_CACHE_SETUP_GO: 'Build results cached twice',
  CREDENTIALS_CASE: 'Path written in another case',
  CREDENTIALS_KEY_UNUSED: 'SSH key without use',
  DOWNLOAD_SLOW: 'Slow download',
  GO_FAILED: 'go failed',
  GO_HANGS: 'go hangs',
  GO_SUM_LINE_WRONG: 'Wrong line in go.sum',
  GO_SUM_MORE_LINES: 'Lines missing from go.sum',
  GO_SUM_MISSING_ENTRY: 'Line missing from go.sum',
  GO_CHECKSUM_MISMATCH: 'Checksum mismatch',
  HTTP_FORBIDDEN: 'A proxy refuses',
  HTTP_NOT_FOUND: 'Module not found',
  HTTP_SERVER_ERROR: 'A proxy fails',
  HTTP_TOO_MANY_REQUESTS: 'A proxy limits requests',
  HTTP_UNAUTHORIZED: 'A proxy wants a login',
  MODULE_DEPRECATED: 'Deprecated module',
  MODULE_RETAGGED: 'Version changed after it was published',
  MODULE_RETRACTED: 'Retracted version',
  OPEN_FILES_FEW: 'Few open files allowed',
  PRIVATE_UNCOVERED: 'Module looks private and is not covered',
  RUNNER_COMMAND_FILE: 'Not passed to the runner',
  SETTINGS_MOD_MOD: '-mod=mod in GOFLAGS',
  SETTINGS_PATTERN_VAIN: 'Pattern matches no module',
  SETTINGS_PATTERN_WIDE: 'Pattern covers too much',
  SUMDB_LOOKUP: 'Checksum database look-up failed',
  SUMDB_MIRROR_BROKEN: 'Mirror of the checksum database is broken',
  SUMDB_OFF: 'Checksum database is off',
  UNEXPECTED: 'Unexpected error',
  WARNINGS: 'More warnings',
}
