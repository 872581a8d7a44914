/** Where the user has named proxies: what to change depends on it. */
export type ProxySetup = 'private-proxy' | 'proxies' | 'GOPROXY' | 'default' | 'plain go'

const ADVICE: Readonly<Record<ProxySetup, { readonly another: string; readonly remove: string }>> = {
  'private-proxy': {
    another: 'ask the operator of `private-proxy`',
    remove: 'ask the operator of `private-proxy`',
  },
  proxies: { another: 'add another proxy to `proxies`', remove: 'take it out of `proxies`' },
  GOPROXY: { another: 'ask the operator of the proxy in GOPROXY', remove: 'take it out of GOPROXY' },
  default: { another: 'set `proxies: public`', remove: 'name other proxies in `proxies`' },
  // Without this program: what go alone obeys.
  'plain go': {
    another: 'name another proxy in GOPROXY (`go-proxy-setup bench --proxies public` measures some)',
    remove: 'take it out of GOPROXY',
  },
}

/** A hint of the catalogue, with what this user can do in the place of `{another}`, `{remove}` and `{private}`. @param pattern for the module */
export function fitHint(hint: string, setup: ProxySetup, pattern?: string): string {
  const { another, remove } = ADVICE[setup]
  const ofPrivate =
    setup === 'private-proxy'
      ? 'If it is private, may the login of `private-proxy` read it?'
      : setup === 'plain go'
        ? `If it is private, add ${pattern ?? 'its pattern'} to GOPRIVATE (\`go env -w GOPRIVATE=…\`), and give git a login for its host.`
        : `If it is private, set ${pattern === undefined ? 'its pattern in `private-domains`' : `\`private-domains: ${pattern}\``}, and add a token for its host to \`credentials\`.`
  return hint.replaceAll('{another}', another).replaceAll('{remove}', remove).replaceAll('{private}', ofPrivate)
}
