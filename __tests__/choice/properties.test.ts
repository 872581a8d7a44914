import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Choice } from '../../src/choice/choice.ts'
import { type GoproxyList, parseGoproxy } from '../../src/go/goproxy.ts'
import { matchesPatterns } from '../../src/go/patterns.ts'
import { findVulnerabilities } from '../../src/go/version.ts'
import { trustOfProxy } from '../../src/inputs/presets.ts'
import {
  ALIYUN,
  type Case,
  CN,
  CORP,
  choiceOf,
  DECEIVABLE_GO,
  IO,
  OFFICIAL,
  SOUND_GO,
  SUMDB,
  SUMDB_ALIAS,
  settingValue,
  WEAK_TOOLCHAIN_GO,
} from './facts.ts'

const CORP2 = 'https://goproxy.corp.example/path'
const verdict = fc.constantFrom('missing', 'blocked', 'unhealthy', 'bogus', 'tampered', 'unreachable' as const)
const result = fc.oneof({ weight: 3, arbitrary: fc.double({ min: 0.1, max: 60, noNaN: true }) }, verdict)
const seconds = (urls: readonly string[]) =>
  fc.record(Object.fromEntries(urls.map(url => [url, result])), { requiredKeys: [] })
const CONFIGURED = `${CORP}|${CN},direct`

/** Anything a user and a network can come up with. */
const cases: fc.Arbitrary<Case> = fc.record(
  {
    proxies: fc.uniqueArray(fc.constantFrom(OFFICIAL, CN, IO, ALIYUN, CORP, CORP2, 'current'), { maxLength: 7 }),
    ranking: fc.option(seconds([OFFICIAL, CN, IO, ALIYUN, CORP, CORP2, CONFIGURED]), { nil: undefined }),
    selection: fc.constantFrom('fastest', 'ordered' as const),
    fallback: fc.constantFrom('direct', 'off' as const),
    joined: fc.constant('the official proxy fails here'),
    sumdb: fc.constantFrom('auto', 'off', 'sum.golang.org', 'sum.golang.google.cn'),
    privateDomains: fc.subarray(['github.com/acme', '*.corp.example']),
    modules: fc.subarray([
      'github.com/pkg/errors',
      'github.com/acme/secret',
      'git.acme.internal/x',
      'a.corp.example/y',
    ]),
    toolchain: fc.constantFrom(DECEIVABLE_GO, 'go1.28.0'),
    answering: fc.subarray([SUMDB, SUMDB_ALIAS]),
    excluded: fc.subarray([OFFICIAL, CN, CORP]),
    settings: fc.record(
      {
        version: fc.constantFrom(SOUND_GO, DECEIVABLE_GO, WEAK_TOOLCHAIN_GO, 'go1.24.13'),
        GOPROXY: fc.constantFrom('https://proxy.golang.org,direct', CONFIGURED, `${CORP},off`, CN, 'off', 'direct'),
        GOPRIVATE: fc.constantFrom('', 'github.com/acme', '*'),
        GONOPROXY: fc.constantFrom('none', 'github.com/acme'),
        GONOSUMDB: fc.constantFrom('none', 'github.com/acme', '*', 'github.com'),
        GOSUMDB: fc.constantFrom('off', 'sum.golang.org', 'sum.golang.google.cn'),
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Case>

const runs = { numRuns: 1_000 }

function listOf(goproxy: string): GoproxyList {
  const parsed = parseGoproxy(goproxy)
  if (!parsed.ok) throw new Error(goproxy)
  return parsed.value
}

/** Every chain that go may be given by us: the user's own value unchanged is not ours. */
function ours(given: Case, choice: Choice): readonly string[] {
  const before = given.settings?.GOPROXY ?? 'https://proxy.golang.org,direct'
  const hosts = (text: string) =>
    listOf(text)
      .entries.map(entry => entry.url)
      .join()
  return [settingValue(choice, 'GOPROXY') as string, ...choice.rounds, choice.lastTry].filter(
    goproxy => hosts(goproxy) !== hosts(before as string),
  )
}

function mirrorsIn(goproxies: readonly string[]): readonly string[] {
  return goproxies.flatMap(text =>
    listOf(text)
      .entries.filter(entry => trustOfProxy(entry.url) === 'mirror')
      .map(entry => entry.url),
  )
}

const split = (text: string | undefined) => (text ?? '').split(',').filter(Boolean)

describe('whatever the user, the network and the candidates do', () => {
  test('the values are what go accepts, and the same facts give the same choice', () => {
    fc.assert(
      fc.property(cases, given => {
        const choice = choiceOf(given)
        for (const goproxy of [settingValue(choice, 'GOPROXY') as string, ...choice.rounds, choice.lastTry])
          expect(parseGoproxy(goproxy).ok).toBe(true)
        expect(choiceOf(given)).toEqual(choice)
      }),
      runs,
    )
  })

  test('an unnamed mirror never displaces a working official proxy unless it saves 30 % and 2 s', () => {
    fc.assert(
      fc.property(cases, given => {
        const choice = choiceOf({ ...given, proxies: [], settings: {}, sumdb: 'auto', excluded: [] })
        const first = listOf(settingValue(choice, 'GOPROXY') as string).entries[0]?.url ?? ''
        const [official, mirror] = [given.ranking?.[OFFICIAL], given.ranking?.[first]]
        if (trustOfProxy(first) !== 'mirror' || typeof official !== 'number' || typeof mirror !== 'number') return
        expect(official - mirror).toBeGreaterThanOrEqual(2)
        expect(official - mirror).toBeGreaterThanOrEqual(0.3 * official)
      }),
      runs,
    )
  })

  test('no mirror of ours where nothing checks it: GOSUMDB off, or modules that proxies get unchecked', () => {
    fc.assert(
      fc.property(cases, given => {
        const choice = choiceOf(given)
        if (mirrorsIn(ours(given, choice)).length === 0) return
        expect(settingValue(choice, 'GOSUMDB')).not.toBe('off')
        const goprivate = settingValue(choice, 'GOPRIVATE') ?? ''
        const noProxy = settingValue(choice, 'GONOPROXY') ?? goprivate
        for (const pattern of split(settingValue(choice, 'GONOSUMDB') ?? goprivate))
          expect(pattern === 'none' || split(noProxy).includes(pattern) || matchesPatterns(noProxy, pattern)).toBe(true)
      }),
      runs,
    )
  })

  test('no mirror of ours for a Go that it could deceive, unless the database is asked without it', () => {
    fc.assert(
      fc.property(cases, given => {
        const choice = choiceOf(given)
        if (mirrorsIn(ours(given, choice)).length === 0) return
        const versions = [given.settings?.version ?? SOUND_GO, given.toolchain ?? SOUND_GO]
        if (!versions.flatMap(findVulnerabilities).some(hole => hole.kind === 'sumdb')) return
        expect(settingValue(choice, 'GOSUMDB')).toMatch(/ https:|^sum\.golang\.google\.cn$/)
      }),
      runs,
    )
  })

  test('wrong content is never exported again, nor asked of in any round', () => {
    fc.assert(
      fc.property(cases, given => {
        const choice = choiceOf(given)
        const bad = Object.entries(given.ranking ?? {}).filter(([, r]) => r === 'tampered' || r === 'bogus')
        // The same URL inside of a configured chain was judged as part of that chain.
        for (const goproxy of ours(given, choice))
          for (const [url] of bad)
            if (!given.proxies?.includes('current'))
              expect(listOf(goproxy).entries.map(entry => entry.url)).not.toContain(url)
      }),
      runs,
    )
  })

  test('who misbehaved in the download stands in nothing of ours', () => {
    fc.assert(
      fc.property(cases, given => {
        const choice = choiceOf(given)
        for (const goproxy of ours({ ...given }, choice))
          for (const url of given.excluded ?? [])
            if (!given.proxies?.includes('current'))
              expect(listOf(goproxy).entries.map(entry => entry.url)).not.toContain(url)
      }),
      runs,
    )
  })

  test('behind an own proxy stands no `|` that the user did not write, and none before `direct`', () => {
    fc.assert(
      fc.property(cases, given => {
        const written = given.settings?.GOPROXY === CONFIGURED && given.proxies?.includes('current')
        for (const goproxy of ours(given, choiceOf(given))) {
          const { entries, ending } = listOf(goproxy)
          for (const entry of entries) {
            if (trustOfProxy(entry.url) === 'own' && !(written && entry.url === CORP))
              expect(entry.separator).not.toBe('|')
          }
          if (ending === 'direct' && entries.length > 0) expect(entries.at(-1)?.separator).toBe(',')
        }
      }),
      runs,
    )
  })

  test('between public proxies stands `|`, no proxy twice, and no `off` in print', () => {
    fc.assert(
      fc.property(cases, given => {
        const choice = choiceOf(given)
        for (const goproxy of ours(given, choice).filter(one => !one.includes(CORP))) {
          const { entries, ending } = listOf(goproxy)
          // Alone it stands for nothing that was named and can be used.
          if (ending === 'off') expect(goproxy).toBe('off')
          expect(new Set(entries.map(entry => entry.url)).size).toBe(entries.length)
          const isPublic = (i: number) => trustOfProxy(entries[i]?.url ?? '') !== 'own'
          if (given.proxies?.includes('current')) continue
          for (let i = 0; i + 1 < entries.length; i++) if (isPublic(i)) expect(entries[i]?.separator).toBe('|')
        }
      }),
      runs,
    )
  })

  test('what is private by its pattern reaches no public proxy that is our choice', () => {
    fc.assert(
      fc.property(cases, given => {
        const choice = choiceOf(given)
        const hosts = ours(given, choice).flatMap(one => listOf(one).entries.map(entry => trustOfProxy(entry.url)))
        if (hosts.every(trust => trust === 'own')) return
        const goprivate = settingValue(choice, 'GOPRIVATE') ?? ''
        const noProxy = settingValue(choice, 'GONOPROXY') ?? goprivate
        for (const path of ['github.com/acme/secret', 'a.corp.example/y'])
          if (matchesPatterns(goprivate, path)) expect(matchesPatterns(noProxy, path)).toBe(true)
      }),
      runs,
    )
  })

  test('what looks private reaches no mirror of ours', () => {
    fc.assert(
      fc.property(cases, given => {
        const choice = choiceOf({ ...given, modules: ['git.acme.internal/x'] })
        if (mirrorsIn(ours(given, choice)).length === 0) return
        const noProxy = settingValue(choice, 'GONOPROXY') ?? settingValue(choice, 'GOPRIVATE') ?? ''
        expect(matchesPatterns(noProxy, 'git.acme.internal/x')).toBe(true)
      }),
      runs,
    )
  })

  test('a toolchain that is not checked well comes from no mirror of ours', () => {
    fc.assert(
      fc.property(cases, given => {
        const weak = { ...given, settings: { ...given.settings, version: WEAK_TOOLCHAIN_GO }, toolchain: 'go1.28.0' }
        const choice = choiceOf(weak)
        if (mirrorsIn(ours(weak, choice)).length === 0) return
        const noProxy = settingValue(choice, 'GONOPROXY') ?? settingValue(choice, 'GOPRIVATE') ?? ''
        expect(matchesPatterns(noProxy, 'golang.org/toolchain')).toBe(true)
      }),
      runs,
    )
  })

  test('where proxies are named, none is exported nor tried that was neither named nor set by the user', () => {
    fc.assert(
      fc.property(cases, given => {
        if (given.proxies === undefined || given.proxies.length === 0 || given.proxies.includes('current')) return
        const { GOPROXY: _, ...settings } = given.settings ?? {}
        const choice = choiceOf({ ...given, settings })
        const goproxy = choice.settings.find(({ name }) => name === 'GOPROXY')
        const used = [
          ...(goproxy?.scope === 'job' ? [goproxy.value] : []),
          ...choice.rounds,
          choice.lastTry,
          choice.tail,
        ]
        for (const text of used.filter(Boolean))
          for (const { url } of listOf(text).entries) expect(given.proxies).toContain(url)
      }),
      runs,
    )
  })

  test('policy, off and direct: never a proxy that the user’s GOPROXY does not name', () => {
    fc.assert(
      fc.property(cases, fc.constantFrom(CONFIGURED, `${CORP},off`, CN, 'off', 'direct'), (given, goproxy) => {
        const one = { ...given, proxies: [], settings: { ...given.settings, GOPROXY: goproxy } }
        const choice = choiceOf(one)
        expect(ours(one, choice)).toEqual([])
        expect(new Set(choice.rounds).size).toBe(1)
      }),
      runs,
    )
  })

  test('GOSUMDB is never weakened: off only where the user said so', () => {
    fc.assert(
      fc.property(cases, given => {
        const wanted = given.sumdb === undefined || given.sumdb === 'auto' ? given.settings?.GOSUMDB : given.sumdb
        expect(settingValue(choiceOf(given), 'GOSUMDB') === 'off').toBe(wanted === 'off')
      }),
      runs,
    )
  })

  test('private-domains always apply', () => {
    fc.assert(
      fc.property(cases, given => {
        const goprivate = settingValue(choiceOf(given), 'GOPRIVATE')
        for (const domain of given.privateDomains ?? []) expect(split(goprivate)).toContain(domain)
      }),
      runs,
    )
  })
})
