import { describe, expect, test } from '@jest/globals'
import type { Candidates } from '../../src/candidates/candidate.ts'
import { findCandidates, secretsInGoproxy } from '../../src/candidates/find.ts'
import type { ProxySpec } from '../../src/inputs/inputs.ts'
import { PRESETS } from '../../src/inputs/presets.ts'
import type { SettingOrigin } from '../../src/settings/settings.ts'
import { goSettings } from '../support/builders/settings.ts'

const OFFICIAL = 'https://proxy.golang.org'
const CN = 'https://goproxy.cn'
const IO = 'https://goproxy.io'
const CORP = 'https://athens.corp.example'
const DEFAULT = 'https://proxy.golang.org,direct'

const url = (text: string, preset?: string): ProxySpec => ({ kind: 'url', url: text, preset })
const current: ProxySpec = { kind: 'current' }

function find(proxies: readonly ProxySpec[], goproxy: string, from: SettingOrigin = 'environment') {
  return findCandidates({ proxies, privateProxy: undefined }, goSettings({ GOPROXY: { value: goproxy, from } }))
}

function found(proxies: readonly ProxySpec[], goproxy: string, from?: SettingOrigin): Candidates {
  const result = find(proxies, goproxy, from)
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  return result.value
}

/** `name trust start`, with `*` for the incumbent. */
function brief({ mode, list }: Candidates) {
  const lines = list.map(c => `${c.name} ${c.trust} ${c.starts}${c.incumbent ? ' *' : ''}`)
  return [mode, ...lines]
}

const OFFICIAL_ALONE = [
  'default',
  `${OFFICIAL} official at once *`,
  `${CN} mirror standby`,
  `${IO} mirror standby`,
] as const

describe('without `proxies`', () => {
  const rows: readonly (readonly [name: string, goproxy: string, from: SettingOrigin, expected: readonly string[]])[] =
    [
      ['nothing is set: the official proxy starts alone, mirrors stand by', DEFAULT, 'default', OFFICIAL_ALONE],
      ['Go’s default written out in the environment is still Go’s default', DEFAULT, 'environment', OFFICIAL_ALONE],
      [
        'Go’s default written with spaces means the same',
        ' https://proxy.golang.org , direct',
        'go env -w',
        OFFICIAL_ALONE,
      ],
      ['one proxy in the environment is policy', CORP, 'environment', ['policy', `${CORP} own at once *`]],
      ['one from `go env -w` is policy', `${CORP},direct`, 'go env -w', ['policy', `${CORP},direct own at once *`]],
      [
        'one from the distribution’s go.env is policy',
        `${CORP},off`,
        'go.env',
        ['policy', `${CORP},off own at once *`],
      ],
      [
        'a chain is one candidate with its order and separators, as trusted as its least trusted proxy',
        `${CN}|${CORP},direct`,
        'environment',
        ['policy', `${CN}|${CORP},direct mirror at once *`],
      ],
      [
        'the official proxy with another separator was chosen by someone: policy',
        `${OFFICIAL}|direct`,
        'environment',
        ['policy', `${OFFICIAL}|direct official at once *`],
      ],
      ['the official proxy without `direct`: policy', OFFICIAL, 'go.env', ['policy', `${OFFICIAL} official at once *`]],
      ['a mirror: policy, and the only candidate', CN, 'go env -w', ['policy', `${CN} mirror at once *`]],
      ['`off` is obeyed', 'off', 'environment', ['none']],
      ['`direct` is obeyed', 'direct', 'go env -w', ['none']],
      ['what follows `off` counts for nothing, as for go', `off,${CN}`, 'environment', ['none']],
      ['what follows `direct` counts for nothing, as for go', `direct|${CN}`, 'environment', ['none']],
    ]
  test.each(rows)('%s', (_, goproxy, from, expected) => {
    expect(brief(found([], goproxy, from))).toEqual(expected)
  })

  test('a policy keeps its list exactly', () => {
    const [only] = found([], `${CORP}|${CN},off`).list
    expect(only?.list.entries.map(entry => entry.text + (entry.separator ?? ''))).toEqual([`${CORP}|`, `${CN},`])
    expect(only?.list.ending).toBe('off')
    expect([only?.configured, only?.from]).toEqual([true, 'environment'])
  })

  test('the user named neither the official proxy nor its mirrors', () => {
    expect(found([], DEFAULT, 'default').list.map(c => c.from)).toEqual(['default', 'default', 'default'])
  })

  test.each([
    ['a bare word', 'corp', 'GOPROXY_SYNTAX'],
    ['only commas', ',,', 'GOPROXY_EMPTY'],
    ['a scheme go does not speak', 'ftp://corp.example', 'GOPROXY_SYNTAX'],
  ])('%s in GOPROXY is refused, with its origin', (_, goproxy, code) => {
    const result = find([], goproxy, 'go env -w')
    expect(result.ok).toBe(false)
    if (result.ok) return
    expect(result.problems.map(problem => problem.code)).toEqual([code])
    expect(result.problems[0]?.message).toContain('go env -w')
  })
})

describe('with `proxies`', () => {
  const rows: readonly (readonly [string, readonly ProxySpec[], string, readonly string[]])[] = [
    ['a URL is the user’s own, whatever GOPROXY says', [url(CORP)], DEFAULT, ['named', `${CORP} own at once`]],
    [
      'named mirrors start at once',
      PRESETS.public.map(one => url(one, 'public')),
      DEFAULT,
      ['named', `${OFFICIAL} official at once *`, `${CN} mirror at once`, `${IO} mirror at once`],
    ],
    [
      'trust goes by host: a mirror named by its URL is a mirror',
      [url('https://goproxy.cn/'), url('https://mirrors.aliyun.com/goproxy')],
      DEFAULT,
      ['named', 'https://goproxy.cn/ mirror at once', 'https://mirrors.aliyun.com/goproxy mirror at once'],
    ],
    [
      'the official host over plain http could be anyone',
      [url('http://proxy.golang.org')],
      DEFAULT,
      ['named', 'http://proxy.golang.org mirror at once'],
    ],
    [
      '`current` is GOPROXY as one candidate',
      [current, url(OFFICIAL)],
      `${CORP}|${CN},direct`,
      ['named', `${CORP}|${CN},direct mirror at once *`, `${OFFICIAL} official at once`],
    ],
    [
      '`current` of Go’s default is the official proxy, once',
      [current, url(OFFICIAL), url(CN)],
      DEFAULT,
      ['named', `${OFFICIAL} official at once *`, `${CN} mirror at once`],
    ],
    [
      'the same proxy twice counts once, in the place of the first; case and slashes do not matter',
      [url(CN), url(OFFICIAL), url('https://GOPROXY.cn/')],
      DEFAULT,
      ['named', `${CN} mirror at once`, `${OFFICIAL} official at once *`],
    ],
    [
      'the first proxy of GOPROXY is the incumbent',
      [url(OFFICIAL), url(CN)],
      `${CN},${OFFICIAL},direct`,
      ['named', `${OFFICIAL} official at once`, `${CN} mirror at once *`],
    ],
    ['named proxies are used although GOPROXY is off', [url(CORP)], 'off', ['named', `${CORP} own at once`]],
  ]
  test.each(rows)('%s', (_, proxies, goproxy, expected) => {
    expect(brief(found(proxies, goproxy))).toEqual(expected)
  })

  test.each(['off', 'direct'])('`current` adds nothing while GOPROXY is %s, which is said', goproxy => {
    const candidates = found([current, url(CN)], goproxy)
    expect(brief(candidates)).toEqual(['named', `${CN} mirror at once`])
    expect(candidates.warnings.map(warning => warning.code)).toEqual(['CANDIDATES_NO_CURRENT'])
  })

  test('names are unique', () => {
    const { list } = found([current, ...PRESETS.china.map(one => url(one)), current], `${CN},direct`)
    expect(new Set(list.map(candidate => candidate.name)).size).toBe(list.length)
  })
})

describe('a public mirror in GOPROXY', () => {
  test('is obeyed, and said', () => {
    const { warnings, mode } = found([], `${CORP},https://u:p4ssword@goproxy.cn,direct`)
    expect([mode, warnings.map(({ code }) => code)]).toEqual([
      'policy',
      ['CANDIDATES_CREDENTIALS_IN_URL', 'CANDIDATES_MIRROR_CONFIGURED'],
    ])
    expect(warnings[1]?.message).toMatch(/^GOPROXY \(from \S+\) names a public mirror, https:\/\/\*\*\*@goproxy\.cn: /)
  })

  test('is not said of one that is named, nor of others', () => {
    expect(found([current], `${CN},direct`).warnings).toEqual([])
    expect(found([], `${CORP},direct`).warnings).toEqual([])
  })
})

describe('credentials in GOPROXY', () => {
  const goproxy = 'https://robot:s3cret%2Fvalue@athens.corp.example,https://t0ken@goproxy.corp.example,direct'

  test.each([
    ['policy', [] as ProxySpec[]],
    ['current', [current]],
  ])('are warned of and shown nowhere (%s)', (_, proxies) => {
    const candidates = found(proxies, goproxy)
    expect(candidates.warnings.map(warning => warning.code)).toEqual(['CANDIDATES_CREDENTIALS_IN_URL'])
    const shown = JSON.stringify([candidates.warnings, candidates.list.map(candidate => candidate.name)])
    expect(shown).not.toMatch(/s3cret|t0ken/)
    expect(shown).toContain('https://***@athens.corp.example')
  })

  test('are named as written and as meant, to be masked; a token may stand alone as the user', () => {
    expect(secretsInGoproxy(goproxy)).toEqual(['s3cret%2Fvalue', 's3cret/value', 't0ken'])
  })

  test('a broken value is told with its origin, in one sentence', () => {
    const result = findCandidates({ proxies: [], privateProxy: undefined }, goSettings({ GOPROXY: 'corp' }))
    expect(!result.ok && result.problems.map(({ message }) => message)).toEqual([
      'GOPROXY entry corp: the scheme is missing (https://…) (from environment).',
    ])
  })

  test('a broken value with a password does not print it', () => {
    const result = find([], 'ftp://u:hunter2@corp.example')
    expect(JSON.stringify(result)).not.toContain('hunter2')
  })
})
