/** Google's module mirror: what go asks by default. */
export const OFFICIAL_PROXY = 'https://proxy.golang.org'

/** Names for groups of well-known public proxies, as `proxies` takes them. They are asked in this order. */
export const PRESETS = {
  official: [OFFICIAL_PROXY],
  public: [OFFICIAL_PROXY, 'https://goproxy.cn', 'https://goproxy.io'],
  china: [
    'https://goproxy.cn',
    'https://goproxy.io',
    'https://mirrors.aliyun.com/goproxy',
    'https://mirrors.tencent.com/go',
    'https://repo.huaweicloud.com/repository/goproxy',
    'https://repo.nju.edu.cn/go',
    OFFICIAL_PROXY,
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>

export type PresetName = keyof typeof PRESETS

/** The mirrors that stand by for the official proxy when the user named no proxy. */
export const STANDBY_MIRRORS: readonly string[] = PRESETS.public.filter(url => url !== OFFICIAL_PROXY)

const OFFICIAL_HOST = hostOf(OFFICIAL_PROXY)
const MIRROR_HOSTS: ReadonlySet<string | undefined> = new Set(
  Object.values<readonly string[]>(PRESETS)
    .flat()
    .map(hostOf)
    .filter(host => host !== OFFICIAL_HOST),
)

/**
 * How far a proxy is trusted goes by its host, however it was named: Google's own, a public mirror of the presets, or
 * everything else, which a user named or configured and so answers for. Over plain http anyone on the way could speak
 * for Google's host, so there it counts as a mirror: only what is verified comes from it.
 */
export function trustOfProxy(url: string): 'official' | 'mirror' | 'own' {
  const host = hostOf(url)
  if (host === OFFICIAL_HOST) return new URL(url).protocol === 'https:' ? 'official' : 'mirror'
  return MIRROR_HOSTS.has(host) ? 'mirror' : 'own'
}

/** Lower case, without a final dot, which names the same host. */
function hostOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).hostname.replace(/\.$/, '') : undefined
}
