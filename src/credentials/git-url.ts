import { sanitizeLine } from '../text/sanitiser.ts'

/** What git is given for a remote, or the beginning of it. */
export interface GitUrl {
  readonly over: 'https' | 'ssh'
  /** Whom ssh logs in as; undefined over https, whose user may be a secret. */
  readonly user: string | undefined
  /** Lower case. */
  readonly host: string
  readonly port: number | undefined
  /** As written behind the first slash, or behind the colon of `host:path`; perhaps the beginning of a name. */
  readonly path: string
  /** `host:path`, whose path begins at the home directory. */
  readonly isScpLike: boolean
}

/** undefined: http, files and whatever else is reached without our credentials. Source: git-clone(1), GIT URLS. */
export function parseGitUrl(text: string): GitUrl | undefined {
  const [, scheme, userinfo, host, port, path = ''] =
    /^(https|ssh|git\+ssh):\/\/(?:([^@/]*)@)?([\w.-]+|\[[\da-fA-F:]+\])(?::(\d{1,5}))?\/(.*)$/.exec(text) ?? []
  if (host !== undefined) {
    const over = scheme === 'https' ? 'https' : 'ssh'
    const user = over === 'https' ? undefined : userinfo?.split(':')[0] || undefined
    return {
      over,
      user,
      host: host.toLowerCase(),
      port: port === undefined || (over === 'https' && port === '443') ? undefined : Number(port),
      path,
      isScpLike: false,
    }
  }
  const [, user, name, rest = ''] = /^(?:([^@/:]+)@)?([\w.-]+):(?!\/\/)(.*)$/.exec(text) ?? []
  if (name === undefined) return undefined
  return { over: 'ssh', user, host: name.toLowerCase(), port: undefined, path: rest, isScpLike: true }
}

/** What a message may say of it: without a user, who may be a secret. */
export function showGitUrl({ over, host, port, path }: GitUrl): string {
  return `${over}://${host}${port === undefined ? '' : `:${port}`}/${sanitizeLine(path)}`
}
