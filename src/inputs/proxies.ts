import { failed, ok, type Result } from '../errors.ts'
import { normalizeProxyUrl } from '../go/goproxy.ts'
import { describeCharacter } from '../text/characters.ts'
import { didYouMean, type Given, inputProblem, splitWords, type Word } from './given.ts'
import type { ProxySpec } from './inputs.ts'
import { parseWords, type WordRules } from './lists.ts'
import { findNearest } from './nearest.ts'
import { PRESETS, type PresetName, trustOfProxy } from './presets.ts'

/** Candidates in the order given, presets resolved, each once. */
export function parseProxies(given: Given, allowInsecure: boolean): Result<readonly ProxySpec[]> {
  const parsed = parseWords(given, rulesOf(given, allowInsecure))
  if (!parsed.ok) return parsed
  const specs = new Map<string, ProxySpec>()
  for (const spec of parsed.value.flat()) {
    const key = spec.kind === 'url' ? normalizeProxyUrl(spec.url) : spec.kind
    if (!specs.has(key)) specs.set(key, spec)
  }
  return ok([...specs.values()])
}

function rulesOf(given: Given, allowInsecure: boolean): WordRules<readonly ProxySpec[]> {
  return { parse: word => parseWord(given, word, allowInsecure), correct: correctProxy }
}

/** Schemes that are one or two letters away from ours and stand for nothing else. */
const NEAR_SCHEME = /^(h+t+p+s*|ht?ps?|hptts?|hpts|htt?s|ttps?|https?s|shttp):?\/*(?=[^/])/i

/** What a URL that is refused was probably meant to be, best first. */
export function correctProxy(text: string): readonly string[] {
  const plain = text
    .replace(/^[A-Za-z_-]+=/, '')
    .replaceAll('\\', '/')
    .replace(/[.,;:!]+$/, '')
  const near = NEAR_SCHEME.exec(plain)?.[0]
  return [
    plain,
    // `https//host`, `https:/host`, `htps://host`
    ...(near !== undefined && /[:/]/.test(near) && near !== 'http://' ? [`https://${plain.slice(near.length)}`] : []),
    plain.replace(/^:?\/+/, 'https://'),
    plain.replace(/[?#].*/, ''),
    plain.toLowerCase(),
  ]
}

/** The one URL of `private-proxy`. A public proxy cannot serve private modules. */
export function parsePrivateProxy(given: Given, allowInsecure: boolean): Result<string> {
  const parsed = parseWords(given, rulesOf(given, allowInsecure))
  if (!parsed.ok) return parsed
  const [word, second] = splitWords(given.text)
  if (word === undefined || second !== undefined) {
    return failed(inputProblem(given, 'PRIVATE_PROXY', 'it must be one URL'))
  }
  const [spec] = parsed.value.flat()
  if (spec?.kind === 'url' && spec.preset === undefined) {
    if (trustOfProxy(spec.url) === 'own') return ok(spec.url)
    return failed(
      inputProblem(
        given,
        'PRIVATE_PROXY',
        `\`${word.shown}\` is a public proxy, which must not learn the names of private modules`,
      ),
    )
  }
  return failed(inputProblem(given, 'PRIVATE_PROXY', `\`${word.shown}\` is a preset, not the URL of your own proxy`))
}

function parseWord(given: Given, word: Word, allowInsecure: boolean): Result<readonly ProxySpec[]> {
  const { text } = word
  if (text === 'current') return ok([{ kind: 'current' }])
  if (isPreset(text)) return ok(PRESETS[text].map(url => ({ kind: 'url', url, preset: text })))
  // As go does for an entry of GOPROXY without a scheme.
  const url = /[.:/]/.test(text) && !text.includes(':/') ? `https://${text}` : text
  const fault =
    text.includes(':/') || url !== text ? findUrlFault(url, word, allowInsecure) : findNameFault(given, word)
  if (fault === undefined) return ok([{ kind: 'url', url, preset: undefined }])
  return failed(inputProblem(given, fault.code, fault.what, { line: word.line, advice: fault.advice }))
}

function isPreset(text: string): text is PresetName {
  return Object.hasOwn(PRESETS, text)
}

/** What is wrong with a URL. */
export interface ProxyFault {
  readonly code: string
  readonly what: string
  readonly advice?: string | undefined
}

function findNameFault(given: Given, { text, shown }: Word): ProxyFault {
  if (text === 'direct' || text === 'off') {
    return { code: 'PROXY_ENDING', what: `\`${text}\` is not a proxy`, advice: `Write \`fallback: ${text}\` instead.` }
  }
  if (text.includes('@')) return userinfoFault(shown)
  const advice = didYouMean(given, findNearest(text, ['current', ...Object.keys(PRESETS)]))
  return { code: 'PRESET_UNKNOWN', what: `there is no preset \`${shown}\``, advice }
}

/** @param allowInsecure whether it may be an http URL of another machine */
export function findUrlFault(url: string, { shown, hidden }: Word, allowInsecure: boolean): ProxyFault | undefined {
  // Anywhere: a password with a slash in it would make a path of itself.
  if (url.includes('@')) return userinfoFault(shown)
  if (url.includes('|')) {
    const parts = url.split('|').filter(part => part !== '' && part !== 'direct' && part !== 'off')
    return {
      code: 'URL_SEPARATOR',
      what: `${shown} contains a |`,
      advice: `List each proxy separately, with commas, spaces or line ends between them.${hidden || url.includes('?') ? '' : ` Write \`${parts.join(', ')}\` instead.`}`,
    }
  }
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase()
  if (scheme !== 'https' && scheme !== 'http') {
    return {
      code: 'URL_SCHEME',
      what: `${shown} begins neither with https:// nor with http://`,
      advice: 'Set other proxies, such as file://, as GOPROXY and use the preset `current`.',
    }
  }
  // `https//host`, of which a scheme put before it makes a host.
  if (/^https:\/\/https?[:/]/i.test(url)) return { code: 'URL_SYNTAX', what: `${shown} is not a URL` }
  // What the URL standard corrects by guessing, go refuses or takes for something else.
  if (!/^https?:\/\/[^/\\]/i.test(url) || /[^!-~]|[\\"<>^`{};']/.test(url) || !URL.canParse(url)) {
    const strange = /[^!-~]|[\\"<>^`{};']/u.exec(url)?.[0]
    const why = strange === undefined ? '' : `: it contains ${describeCharacter(strange)}`
    return { code: 'URL_SYNTAX', what: `${shown} is not a URL${why}` }
  }
  const { search, hash, hostname, port } = new URL(url)
  if (!/^(\[[0-9a-f:.]+\]|[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*\.?)$/.test(hostname)) {
    return { code: 'URL_SYNTAX', what: `${shown} is not a URL: its host is not a name` }
  }
  if (port === '0') return { code: 'URL_SYNTAX', what: `${shown} is not a URL: there is no port 0` }
  if (search !== '' || hash !== '' || /[?#]/.test(url)) {
    return {
      code: 'URL_QUERY',
      what: `${shown.replace(/[?#].*/, '')} has a query or fragment, which proxies do not use and logs would show`,
      advice: 'Remove the ? or # and everything after it.',
    }
  }
  if (scheme === 'http' && !allowInsecure && !isLoopback(hostname)) {
    return {
      code: 'URL_INSECURE',
      what: `${shown} is not encrypted: anyone on the network path can read and change what it sends`,
      advice: 'Use https://, or set `allow-insecure: true` if you know this network.',
    }
  }
  return undefined
}

function userinfoFault(shown: string): ProxyFault {
  return {
    code: 'URL_USERINFO',
    what: `${shown} contains a user name or password, and URLs appear in logs`,
    advice:
      'Remove everything before the @ from the URL, and give user and password in `credentials` or a netrc file (NETRC).',
  }
}

/** As the URL parser prints it: `127.1` and `0x7f000001` have become 127.0.0.1. */
function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)
}
