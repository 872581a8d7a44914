import type { Problem } from '../errors.ts'
import { normalizeProxyUrl, parseGoproxy, redactUrl } from '../go/goproxy.ts'
import type { Story } from '../report/story.ts'

/** Adds to each warning about a proxy that sent wrong content whether later steps use that proxy. */
export function tellFate(
  warnings: readonly Problem[],
  { choice, exported }: Pick<Story, 'choice' | 'exported'>,
): readonly Problem[] {
  const setting = choice?.settings.find(({ name }) => name === 'GOPROXY')
  if (setting === undefined || !exported) return warnings
  const list = parseGoproxy(setting.value)
  const urls = list.ok ? list.value.entries.map(({ url }) => normalizeProxyUrl(redactUrl(url))) : []
  return warnings.map(warning => {
    const [, name] = /^(\S+) sent /.exec(warning.message) ?? []
    if (warning.code !== 'PROXY_SENT_WRONG_CONTENT' || name === undefined) return warning
    const stays = urls.includes(normalizeProxyUrl(name))
    const fate = stays ? 'Later steps still use it, because GOPROXY names it.' : 'Later steps do not use it.'
    return { ...warning, message: `${warning.message} ${fate}` }
  })
}
