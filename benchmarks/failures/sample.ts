/**
 * The failures that CI plays, a sixth of all: what users meet most, and one of each kind, none of which waits for a
 * deadline.
 */
export const SAMPLE: readonly string[] = [
  'module-typo',
  'version-missing',
  'go-sum-wrong-line',
  'go-sum-lacks-lines',
  'retagged',
  'go-mod-conflict',
  'go-line-too-new',
  'work-missing-directory',
  'no-go-mod',
  'private-without-anything',
  'private-401',
  'private-404',
  'private-path-case',
  'private-secret-empty',
  'private-proxy-401',
  'ssh-wrong-key',
  'ssh-refused',
  'proxy-404',
  'proxy-403',
  'proxy-lies',
  'proxy-portal',
  'http-proxy-wants-login',
  'input-several-wrong',
  'input-credentials-swapped',
  'command-variable-typo',
  'exec-not-found',
  'bench-none-works',
]
