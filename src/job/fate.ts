import type { Problem } from '../errors.ts'
import { type WrongSender, warnOfSender } from '../gateway/telling/events.ts'
import { normalizeProxyUrl, parseGoproxy, redactUrl } from '../go/goproxy.ts'
import type { Story } from '../report/story.ts'

/** Warns of each proxy that sent wrong content, and says whether later steps use it. */
export function warnOfSenders(
  senders: readonly WrongSender[],
  { choice, exported }: Pick<Story, 'choice' | 'exported'>,
): readonly Problem[] {
  const setting = choice?.settings.find(({ name }) => name === 'GOPROXY')
  if (setting === undefined || !exported) return senders.map(one => warnOfSender(one))
  const list = parseGoproxy(setting.value)
  const urls = list.ok ? list.value.entries.map(({ url }) => normalizeProxyUrl(redactUrl(url))) : []
  return senders.map(one => {
    const stays = urls.includes(normalizeProxyUrl(one.name))
    return warnOfSender(
      one,
      stays ? 'Later steps still use it, because GOPROXY names it.' : 'Later steps do not use it.',
    )
  })
}
