import type { Environment } from '../effects.ts'

/** Credentials of the runner and of this action, which no child of ours has a use for. */
const NOT_FOR_CHILDREN =
  /^(INPUT_|STATE_|GO_PROXY_SETUP_|ACTIONS_RUNTIME_TOKEN$|ACTIONS_ID_TOKEN_|ACTIONS_CACHE_URL$|ACTIONS_RESULTS_URL$|GITHUB_TOKEN$)/

/** The environment without what a go command must not know. */
export function withoutSecrets(env: Environment): Environment {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !NOT_FOR_CHILDREN.test(name.toUpperCase())))
}
