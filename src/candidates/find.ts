import { failed, ok, type Problem, type Result } from '../errors.ts'
import {
  DEFAULT_GOPROXY,
  type GoproxyList,
  goproxyEntry,
  loginsIn,
  normalizeProxyUrl,
  parseGoproxy,
  printGoproxy,
  redactGoproxy,
} from '../go/goproxy.ts'
import type { Inputs } from '../inputs/inputs.ts'
import { OFFICIAL_PROXY, STANDBY_MIRRORS, trustOfProxy } from '../inputs/presets.ts'
import type { GoSettings, SettingOrigin } from '../settings/settings.ts'
import type { Candidate, Candidates, Trust } from './candidate.ts'

/**
 * Where modules could come from. A private proxy is the only candidate. Named proxies race each other. Where none is
 * named, a GOPROXY other than Go's default is policy and the only candidate; `off` and `direct` alone are obeyed;
 * otherwise the official proxy starts alone and the mirrors stand by.
 */
export function findCandidates(
  inputs: Pick<Inputs, 'proxies' | 'privateProxy'>,
  settings: Pick<GoSettings, 'GOPROXY'>,
): Result<Candidates> {
  // No other proxy may stand in a list that is asked for private modules.
  if (inputs.privateProxy !== undefined) return ok(privateCandidate(inputs.privateProxy, inputs.proxies.length > 0))
  const { value, from } = settings.GOPROXY
  const parsed = parseGoproxy(value)
  if (!parsed.ok)
    return failed(
      ...parsed.problems.map(one => ({ ...one, message: `${one.message.replace(/\.$/, '')} (from ${from}).` })),
    )
  const current = parsed.value
  if (inputs.proxies.length > 0) return ok(namedCandidates(inputs, current, from))
  if (current.entries.length === 0) return ok({ list: [], mode: 'none', warnings: [] })
  if (!isDefault(current))
    return ok({
      list: [configuredCandidate(current, from)],
      mode: 'policy',
      warnings: [...credentialWarnings(current, from), ...mirrorWarnings(current, from)],
    })
  return ok({ list: defaultCandidates(), mode: 'default', warnings: [] })
}

function isDefault(list: GoproxyList): boolean {
  return printGoproxy(list) === DEFAULT_GOPROXY
}

function defaultCandidates(): readonly Candidate[] {
  const official = urlCandidate(OFFICIAL_PROXY, 'default')
  return [
    { ...official, incumbent: true },
    ...STANDBY_MIRRORS.map(url => ({ ...urlCandidate(url, 'default'), starts: 'standby' as const })),
  ]
}

function privateCandidate(url: string, others: boolean): Candidates {
  const warning = {
    code: 'CANDIDATES_PRIVATE_PROXY_ALONE',
    message: '`proxies` is ignored: `private-proxy` serves every module.',
    hint: 'Remove `proxies`. Or remove `private-proxy` if private modules come from their own hosts.',
  }
  return { list: [urlCandidate(url, 'input')], mode: 'named', warnings: others ? [warning] : [] }
}

/** Duplicates by URL count once, in the place of the first. */
function namedCandidates(inputs: Pick<Inputs, 'proxies'>, current: GoproxyList, from: SettingOrigin): Candidates {
  const incumbent = current.entries[0] && normalizeProxyUrl(current.entries[0].url)
  const candidates = new Map<string, Candidate>()
  const warnings: Problem[] = []
  for (const spec of inputs.proxies) {
    if (spec.kind === 'current') {
      if (current.entries.length === 0) warnings.push(nothingCurrent(current))
      else if (isDefault(current))
        add(candidates, OFFICIAL_PROXY, { ...urlCandidate(OFFICIAL_PROXY, from), incumbent: true })
      else {
        const candidate = configuredCandidate(current, from)
        add(candidates, candidate.name, candidate)
        warnings.push(...credentialWarnings(current, from))
      }
    } else {
      const key = normalizeProxyUrl(spec.url)
      add(candidates, key, { ...urlCandidate(spec.url, 'input'), incumbent: key === incumbent })
    }
  }
  return { list: [...candidates.values()], mode: 'named', warnings }
}

function add(candidates: Map<string, Candidate>, key: string, candidate: Candidate): void {
  if (!candidates.has(key)) candidates.set(key, candidate)
}

function urlCandidate(url: string, from: SettingOrigin): Candidate {
  return {
    name: url,
    list: { entries: [goproxyEntry(url, undefined)], ending: undefined },
    configured: false,
    trust: trustOfProxy(url),
    from,
    incumbent: false,
    starts: 'at once',
  }
}

/** GOPROXY as it stands. Only as trusted as its least trusted proxy. */
function configuredCandidate(list: GoproxyList, from: SettingOrigin): Candidate {
  const trusts = list.entries.map(entry => trustOfProxy(entry.url))
  const trust: Trust = trusts.includes('mirror')
    ? 'mirror'
    : trusts.every(one => one === 'official')
      ? 'official'
      : 'own'
  return {
    name: redactGoproxy(printGoproxy(list)),
    list,
    configured: true,
    trust,
    from,
    incumbent: true,
    starts: 'at once',
  }
}

function nothingCurrent(list: GoproxyList): Problem {
  return {
    code: 'CANDIDATES_NO_CURRENT',
    message: `proxies: \`current\` adds nothing, because GOPROXY is ${list.ending}.`,
    hint: 'Remove `current`, or set GOPROXY.',
  }
}

/** Passwords in GOPROXY are shown by `go env` and in every later step's log header. */
function credentialWarnings(list: GoproxyList, from: SettingOrigin): readonly Problem[] {
  const carrying = list.entries.filter(entry => URL.canParse(entry.url) && new URL(entry.url).username !== '')
  if (carrying.length === 0) return []
  return [
    {
      code: 'CANDIDATES_CREDENTIALS_IN_URL',
      message: `GOPROXY (from ${from}) carries credentials: ${carrying.map(entry => redactGoproxy(entry.text)).join(', ')}.`,
      hint: 'Logs show GOPROXY in full. Put the credentials into the input `credentials` or a netrc file instead.',
    },
  ]
}

/** It is obeyed, but the user may not know that it is a public mirror. */
function mirrorWarnings(list: GoproxyList, from: SettingOrigin): readonly Problem[] {
  const mirrors = list.entries.filter(({ url }) => trustOfProxy(url) === 'mirror')
  if (mirrors.length === 0) return []
  const names = mirrors.map(({ text }) => redactGoproxy(text)).join(', ')
  return [
    {
      code: 'CANDIDATES_MIRROR_CONFIGURED',
      message: `GOPROXY (from ${from}) names a public mirror, ${names}: it learns the name of every module that is not marked as private.`,
      hint: 'To confirm it, and to measure it against the official proxy, set `proxies: current official`.',
    },
  ]
}

/**
 * The secrets that a GOPROXY value carries, to be masked before anything is printed: a token may stand alone as the
 * user. As written, as go sends it, and as a URL parser writes it.
 */
export function secretsInGoproxy(value: string): readonly string[] {
  return loginsIn(value).flatMap(login => {
    const colon = login.indexOf(':')
    const secret = colon < 0 ? login : login.slice(colon + 1)
    return secret === '' ? [] : [...new Set([secret, decoded(secret), encodeURIComponent(decoded(secret))])]
  })
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
