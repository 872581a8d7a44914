/**
 * What the known hosts take as user beside a token, where a line names none. docs/credentials.md has this table for
 * users. @param server GITHUB_SERVER_URL
 */
export function userOf(host: string, server: string | undefined): string {
  if (host === 'github.com' || host.endsWith('.ghe.com') || host === hostOf(server)) return 'x-access-token'
  if (host === 'bitbucket.org') return 'x-token-auth'
  // GitLab takes any user beside its own tokens, and this one beside those of OAuth; Gitea and Forgejo take any.
  return 'oauth2'
}

function hostOf(url: string | undefined): string | undefined {
  return url !== undefined && URL.canParse(url) ? new URL(url).hostname : undefined
}

/** go knows the repositories of these from the module's path and never asks them over HTTP. Source: cmd/go, vcsPaths. */
const WITHOUT_DISCOVERY = ['github.com', 'bitbucket.org']

/** Whether go asks this host for `?go-get=1` pages, or it may be a module proxy. */
export function needsDiscovery(host: string): boolean {
  return !WITHOUT_DISCOVERY.includes(host)
}
