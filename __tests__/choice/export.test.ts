import { describe, expect, test } from '@jest/globals'
import { DEFAULT_GOPROXY } from '../../src/go/goproxy.ts'
import {
  ALIYUN,
  type Case,
  CN,
  CORP,
  choiceOf,
  codesOf,
  DECEIVABLE_GO,
  IO,
  OFFICIAL,
  SUMDB,
  SUMDB_ALIAS,
  settingValue,
  WEAK_TOOLCHAIN_GO,
} from './facts.ts'

interface Row {
  readonly when: string
  readonly given: Case
  readonly goproxy: string
  readonly warnings?: readonly string[]
}

const JOINED = 'the official proxy sent nothing within 1 s'
const INTERNAL = 'git.acme.internal/billing'

/** Every rule of what may be exported, as a row. */
const rows: readonly Row[] = [
  // The user named no proxy.
  {
    when: 'the user named no proxy and the official one is good: nothing changes',
    given: { ranking: { [OFFICIAL]: 5 } },
    goproxy: DEFAULT_GOPROXY,
  },
  {
    when: 'the official proxy failed: the fastest mirror, with a warning',
    given: { ranking: { [CN]: 4, [IO]: 6 }, joined: JOINED },
    goproxy: `${CN}|${IO},direct`,
    warnings: ['MIRROR_INSTEAD_OF_OFFICIAL'],
  },
  {
    when: 'a mirror that the user did not name saves 30 % and 2 s: it goes before the official proxy, with a warning',
    given: { ranking: { [CN]: 7, [OFFICIAL]: 10 }, joined: JOINED },
    goproxy: `${CN}|${OFFICIAL},direct`,
    warnings: ['MIRROR_INSTEAD_OF_OFFICIAL'],
  },
  {
    when: 'it saves 2 s but not 30 %: the official proxy stays',
    given: { ranking: { [CN]: 7.1, [OFFICIAL]: 10 }, joined: JOINED },
    goproxy: DEFAULT_GOPROXY,
  },
  {
    when: 'it saves 30 % but not 2 s: the official proxy stays',
    given: { ranking: { [CN]: 1, [OFFICIAL]: 2.9 }, joined: JOINED },
    goproxy: DEFAULT_GOPROXY,
  },
  {
    when: 'there was no benchmark: mirrors on standby are not used',
    given: {},
    goproxy: DEFAULT_GOPROXY,
  },
  {
    when: 'the official proxy misbehaved in the download and mirrors were measured',
    given: { ranking: { [CN]: 9.5, [OFFICIAL]: 10 }, joined: JOINED, excluded: [OFFICIAL] },
    goproxy: `${CN},direct`,
    warnings: ['MIRROR_INSTEAD_OF_OFFICIAL'],
  },
  {
    when: 'nothing works: what the user had',
    given: { ranking: {}, joined: JOINED },
    goproxy: DEFAULT_GOPROXY,
  },
  // Named candidates.
  {
    when: 'named: the fastest wins, the next best stands behind it, no more',
    given: { proxies: [OFFICIAL, CN, IO], ranking: { [CN]: 2, [IO]: 3, [OFFICIAL]: 4 } },
    goproxy: `${CN}|${IO},direct`,
  },
  {
    when: 'named: within 10 % the more trusted wins',
    given: { proxies: [CN, OFFICIAL], ranking: { [CN]: 2, [OFFICIAL]: 2.2 } },
    goproxy: `${OFFICIAL}|${CN},direct`,
  },
  {
    when: 'named: beyond 10 % the faster wins',
    given: { proxies: [CN, OFFICIAL], ranking: { [CN]: 2, [OFFICIAL]: 2.21 } },
    goproxy: `${CN}|${OFFICIAL},direct`,
  },
  {
    when: 'named: within 10 % the user’s own proxy is more trusted than a mirror',
    given: { proxies: [CN, CORP], ranking: { [CN]: 2, [CORP]: 2.1 } },
    goproxy: `${CORP},${CN},direct`,
  },
  {
    when: 'named: among equals in trust the incumbent wins',
    given: {
      proxies: [CN, IO],
      settings: { GOPROXY: `${IO},direct` },
      ranking: { [CN]: 2, [IO]: 2.1 },
    },
    goproxy: `${IO}|${CN},direct`,
  },
  {
    when: 'named: the incumbent does not win beyond 10 %',
    given: {
      proxies: [CN, IO],
      settings: { GOPROXY: `${IO},direct` },
      ranking: { [CN]: 2, [IO]: 2.3 },
    },
    goproxy: `${CN}|${IO},direct`,
  },
  {
    when: 'named: an incumbent among mirrors does not stretch the 10 % to a slower own proxy',
    given: {
      proxies: [CN, IO, CORP],
      settings: { GOPROXY: `${IO},direct` },
      ranking: { [CN]: 10, [IO]: 10.9, [CORP]: 11.9 },
    },
    goproxy: `${IO}|${CN},direct`,
  },
  {
    when: 'named: without incumbent the official proxy wins among the trusted',
    given: {
      proxies: [CORP, OFFICIAL],
      settings: { GOPROXY: `${CN},direct` },
      ranking: { [CORP]: 2, [OFFICIAL]: 2.1 },
    },
    goproxy: `${OFFICIAL}|${CORP},direct`,
  },
  {
    when: 'named: wrong content, and what cannot do it, is never exported',
    given: { proxies: [CN, IO, OFFICIAL], ranking: { [CN]: 'tampered', [IO]: 'bogus', [OFFICIAL]: 9 } },
    goproxy: `${OFFICIAL},direct`,
  },
  {
    when: 'named: who misbehaved in the download is not exported',
    given: { proxies: [CN, IO, OFFICIAL], ranking: { [CN]: 2, [IO]: 3, [OFFICIAL]: 4 }, excluded: [CN] },
    goproxy: `${IO}|${OFFICIAL},direct`,
  },
  {
    when: 'named: none can do it: what the user had',
    given: { proxies: [CN, IO], ranking: {} },
    goproxy: DEFAULT_GOPROXY,
    warnings: ['NO_CANDIDATE_EXPORTED'],
  },
  {
    when: 'named, and none can do it, but GOPROXY is the user’s own: it stays',
    given: { proxies: [CN, IO], ranking: {}, settings: { GOPROXY: `${CORP},direct` }, fallback: 'off' },
    goproxy: CORP,
    warnings: ['NO_CANDIDATE_EXPORTED'],
  },
  {
    when: 'named, and none can do it: `off` where the input says so',
    given: { proxies: [CN, IO], ranking: {}, fallback: 'off' },
    goproxy: 'off',
    warnings: ['NO_CANDIDATE_EXPORTED'],
  },
  {
    when: 'named: none could be measured, and modules came from one all the same',
    given: { proxies: [CN, IO], ranking: {}, fallback: 'off', answered: [IO] },
    goproxy: IO,
  },
  {
    when: 'named: who lied is not exported although modules came from it',
    given: { proxies: [CN, IO], ranking: { [CN]: 'tampered' }, answered: [CN, IO] },
    goproxy: `${IO},direct`,
  },
  {
    when: 'not measured: who answered, in the order given, two at most',
    given: { proxies: [CN, IO, ALIYUN, OFFICIAL, CORP], answered: [OFFICIAL, IO, CORP] },
    goproxy: `${IO}|${OFFICIAL},direct`,
  },
  {
    when: 'not measured, and none answered: what the user had',
    given: { proxies: [CN, IO], answered: [] },
    goproxy: DEFAULT_GOPROXY,
    warnings: ['NO_CANDIDATE_EXPORTED'],
  },
  {
    when: 'not measured, and none answered: `off` where the input says so',
    given: { proxies: [CN, IO], answered: [], fallback: 'off' },
    goproxy: 'off',
    warnings: ['NO_CANDIDATE_EXPORTED'],
  },
  {
    when: 'ordered: the order given, without what does not work',
    given: {
      proxies: [IO, CN, CORP, OFFICIAL],
      selection: 'ordered',
      ranking: { [CN]: 9, [OFFICIAL]: 1, [CORP]: 5 },
    },
    goproxy: `${CN}|${CORP},direct`,
  },
  {
    when: 'not measured: the order given, three at most',
    given: { proxies: [CN, IO, ALIYUN, OFFICIAL, CORP] },
    goproxy: `${CN}|${IO}|${ALIYUN},direct`,
  },
  // A mirror of the checksum database that fails, of which go would die.
  {
    when: 'the fastest has a broken mirror of the checksum database: it is not exported',
    given: { proxies: [CORP, CN, IO], ranking: { [CORP]: 1, [CN]: 5, [IO]: 6 }, brokenSumdbs: [CORP] },
    goproxy: `${CN}|${IO},direct`,
    warnings: ['SUMDB_MIRROR_BROKEN'],
  },
  {
    when: 'nor second: go asks it when the first has no mirror of the database',
    given: { proxies: [CORP, CN, IO], ranking: { [CN]: 1, [CORP]: 5, [IO]: 6 }, brokenSumdbs: [CORP] },
    goproxy: `${CN}|${IO},direct`,
    warnings: ['SUMDB_MIRROR_BROKEN'],
  },
  {
    when: 'the 10 % count from the fastest that may be exported',
    given: { proxies: [CN, IO, OFFICIAL], ranking: { [CN]: 1, [IO]: 5, [OFFICIAL]: 5.2 }, brokenSumdbs: [CN] },
    goproxy: `${OFFICIAL}|${IO},direct`,
    warnings: ['SUMDB_MIRROR_BROKEN'],
  },
  {
    when: 'a GOSUMDB with a URL asks no proxy: the fastest is exported',
    given: {
      proxies: [CORP, CN],
      sumdb: `sum.golang.org ${SUMDB}`,
      ranking: { [CORP]: 1, [CN]: 5 },
      brokenSumdbs: [CORP],
    },
    goproxy: `${CORP},${CN},direct`,
  },
  {
    when: 'the alias, which is a URL, asks no proxy either',
    given: {
      proxies: [CORP, CN],
      ranking: { [CORP]: 1, [CN]: 5 },
      brokenSumdbs: [CORP],
      answering: [SUMDB_ALIAS],
    },
    goproxy: `${CORP},${CN},direct`,
  },
  {
    when: 'with GOSUMDB off no proxy is asked',
    given: { proxies: [CORP], settings: { GOSUMDB: 'off' }, ranking: { [CORP]: 1 }, brokenSumdbs: [CORP] },
    goproxy: `${CORP},direct`,
    warnings: ['SUMDB_OFF'],
  },
  {
    when: 'all have a broken one: the named ones, for nothing else was named',
    given: { proxies: [CORP, CN], ranking: { [CORP]: 1, [CN]: 5 }, brokenSumdbs: [CORP, CN] },
    goproxy: `${CORP},${CN},direct`,
    warnings: ['SUMDB_MIRROR_BROKEN'],
  },
  {
    when: 'the official proxy has a broken one and mirrors joined: a mirror',
    given: { ranking: { [OFFICIAL]: 1, [CN]: 5 }, joined: JOINED, brokenSumdbs: [OFFICIAL] },
    goproxy: `${CN},direct`,
    warnings: ['SUMDB_MIRROR_BROKEN', 'MIRROR_INSTEAD_OF_OFFICIAL'],
  },
  {
    when: 'the official proxy has a broken one and no other works: it stays',
    given: { ranking: { [OFFICIAL]: 1 }, brokenSumdbs: [OFFICIAL] },
    goproxy: DEFAULT_GOPROXY,
    warnings: ['SUMDB_MIRROR_BROKEN'],
  },
  // Separators and endings.
  {
    when: '`,` stands behind an own proxy, so that its refusal leads nowhere',
    given: { proxies: [CORP, CN, OFFICIAL], selection: 'ordered', ranking: { [CORP]: 5, [CN]: 3, [OFFICIAL]: 4 } },
    goproxy: `${CORP},${CN},direct`,
  },
  {
    when: 'a configured chain keeps its separators and gets `,` behind it',
    given: {
      proxies: ['current', OFFICIAL],
      settings: { GOPROXY: `${IO}|${CN},direct` },
      ranking: { [`${IO}|${CN},direct`]: 3, [OFFICIAL]: 4 },
    },
    goproxy: `${IO}|${CN},${OFFICIAL},direct`,
  },
  {
    when: 'a proxy that a configured chain repeats is asked once, and `,` still ends the list',
    given: {
      proxies: [IO, CN, 'current'],
      settings: { GOPROXY: `${IO}/,off` },
      selection: 'ordered',
    },
    goproxy: `${IO}|${CN}`,
  },
  {
    when: '`fallback: off` prints no ending',
    given: { proxies: [OFFICIAL, CN], fallback: 'off', ranking: { [OFFICIAL]: 1, [CN]: 2 } },
    goproxy: `${OFFICIAL}|${CN}`,
  },
  {
    when: 'the ending is the one it had: a list that ended in `off` ends at its last proxy',
    given: { proxies: [OFFICIAL], settings: { GOPROXY: `${CORP},off` }, ranking: { [OFFICIAL]: 1 } },
    goproxy: OFFICIAL,
  },
  {
    when: 'a list without an ending gets `direct` where the input says so',
    given: {
      proxies: [OFFICIAL],
      settings: { GOPROXY: CORP },
      fallback: 'direct',
      ranking: { [OFFICIAL]: 1 },
    },
    goproxy: `${OFFICIAL},direct`,
  },
  {
    when: 'the input changes only the ending where nothing else changes',
    given: { fallback: 'off', ranking: { [OFFICIAL]: 5 } },
    goproxy: OFFICIAL,
  },
  // Policy.
  {
    when: 'a configured GOPROXY stays as it is',
    given: { settings: { GOPROXY: `${CORP}|${CN},off` } },
    goproxy: `${CORP}|${CN},off`,
  },
  {
    when: 'a configured GOPROXY gets the ending that the input says',
    given: { settings: { GOPROXY: `${CORP}|${OFFICIAL}` }, fallback: 'direct' },
    goproxy: `${CORP}|${OFFICIAL},direct`,
  },
  { when: '`off` is obeyed', given: { settings: { GOPROXY: 'off' } }, goproxy: 'off' },
  {
    when: '`direct` is obeyed, whatever ends a chain',
    given: { settings: { GOPROXY: 'direct' }, fallback: 'off' },
    goproxy: 'direct',
  },
  // What a mirror may not do.
  {
    when: 'GOSUMDB=off in the environment: no mirror, although named',
    given: {
      proxies: [CN, OFFICIAL],
      settings: { GOSUMDB: 'off' },
      ranking: { [CN]: 1, [OFFICIAL]: 9 },
    },
    goproxy: `${OFFICIAL},direct`,
    warnings: ['SUMDB_OFF', 'MIRROR_WITHOUT_SUMDB'],
  },
  {
    when: '`sumdb: off`: no mirror, although the official proxy failed',
    given: { sumdb: 'off', ranking: { [CN]: 1 }, joined: JOINED },
    goproxy: DEFAULT_GOPROXY,
    warnings: ['SUMDB_OFF', 'MIRROR_WITHOUT_SUMDB'],
  },
  {
    when: 'GONOSUMDB exempts modules that proxies are asked for: no mirror',
    given: {
      proxies: [CN, OFFICIAL],
      settings: { GONOSUMDB: 'github.com/acme' },
      ranking: { [CN]: 1, [OFFICIAL]: 9 },
    },
    goproxy: `${OFFICIAL},direct`,
    warnings: ['MIRROR_UNCHECKED_MODULES'],
  },
  {
    when: 'GONOPROXY=none sends private modules to proxies: only to the user’s own',
    given: {
      proxies: [CN, OFFICIAL, CORP],
      settings: { GOPRIVATE: '*.acme.test', GONOPROXY: 'none' },
      ranking: { [CN]: 1, [OFFICIAL]: 2, [CORP]: 9 },
    },
    goproxy: `${CORP},direct`,
    warnings: ['PUBLIC_PRIVATE_MODULES'],
  },
  {
    when: 'GONOPROXY=none with private-domains: likewise',
    given: {
      proxies: [CN, CORP],
      privateDomains: ['*.acme.test'],
      settings: { GONOPROXY: 'none', GONOSUMDB: 'none' },
      ranking: { [CN]: 1, [CORP]: 9 },
    },
    goproxy: `${CORP},direct`,
    warnings: ['PUBLIC_PRIVATE_MODULES'],
  },
  {
    when: 'GONOPROXY narrower than GOPRIVATE: no mirror that the user did not name',
    given: {
      settings: { GOPRIVATE: 'github.com/acme', GONOPROXY: 'github.com/acme/secret' },
      ranking: { [CN]: 1 },
      joined: JOINED,
    },
    goproxy: DEFAULT_GOPROXY,
    warnings: ['PUBLIC_PRIVATE_MODULES'],
  },
  {
    when: 'GONOSUMDB is no wider than private-domains: the mirror may',
    given: {
      proxies: [CN, OFFICIAL],
      privateDomains: ['github.com/acme'],
      settings: { GONOSUMDB: 'github.com/acme/,github.com/acme/secret' },
      ranking: { [CN]: 1, [OFFICIAL]: 9 },
    },
    goproxy: `${CN}|${OFFICIAL},direct`,
  },
  {
    when: 'a Go that a proxy can deceive, and no database answers: no mirror',
    given: {
      proxies: [CN, OFFICIAL],
      settings: { version: DECEIVABLE_GO },
      ranking: { [CN]: 1, [OFFICIAL]: 9 },
      answering: [],
    },
    goproxy: `${OFFICIAL},direct`,
    warnings: ['MIRROR_VULNERABLE_GO'],
  },
  {
    when: 'a Go that a proxy can deceive, and no database was asked: no mirror',
    given: { proxies: [CN], settings: { version: DECEIVABLE_GO }, ranking: { [CN]: 1 } },
    goproxy: DEFAULT_GOPROXY,
    warnings: ['MIRROR_VULNERABLE_GO', 'NO_CANDIDATE_EXPORTED'],
  },
  {
    when: 'a Go that a proxy can deceive, and the database answers: the mirror may',
    given: {
      proxies: [CN, OFFICIAL],
      settings: { version: DECEIVABLE_GO },
      ranking: { [CN]: 1, [OFFICIAL]: 9 },
      answering: [SUMDB, SUMDB_ALIAS],
    },
    goproxy: `${CN}|${OFFICIAL},direct`,
  },
  {
    when: 'the Go that go.mod switches to can be deceived: no mirror either',
    given: {
      proxies: [CN, OFFICIAL],
      toolchain: DECEIVABLE_GO,
      ranking: { [CN]: 1, [OFFICIAL]: 9 },
      answering: [],
    },
    goproxy: `${OFFICIAL},direct`,
    warnings: ['MIRROR_VULNERABLE_GO'],
  },
  {
    when: 'what looks private can go nowhere but to proxies: no mirror',
    given: {
      proxies: [CN, CORP],
      modules: [INTERNAL],
      fallback: 'off',
      ranking: { [CN]: 1, [CORP]: 9 },
    },
    goproxy: CORP,
    warnings: ['MIRROR_PRIVATE_MODULES'],
  },
  {
    when: 'a toolchain is needed whose check is weak, and can only come from proxies: no mirror',
    given: {
      proxies: [CN, OFFICIAL],
      settings: { version: WEAK_TOOLCHAIN_GO },
      toolchain: 'go1.27.3',
      fallback: 'off',
      ranking: { [CN]: 1, [OFFICIAL]: 9 },
    },
    goproxy: OFFICIAL,
    warnings: ['MIRROR_TOOLCHAIN', 'TOOLCHAIN_CHECK_WEAK'],
  },
  {
    when: 'a mirror that the user configured stays where nothing checks it, and that is said',
    given: { settings: { GOPROXY: `${CN},direct`, GOSUMDB: 'off' } },
    goproxy: `${CN},direct`,
    warnings: ['SUMDB_OFF', 'MIRROR_WITHOUT_SUMDB'],
  },
]

describe('what may be exported', () => {
  test.each(rows.map(row => [row.when, row] as const))('%s', (_, { given, goproxy, warnings = [] }) => {
    const choice = choiceOf(given)
    expect(settingValue(choice, 'GOPROXY')).toBe(goproxy)
    expect(codesOf(choice)).toEqual(warnings)
  })

  test('a warning about what was left out names it and says what to do', () => {
    const choice = choiceOf({ proxies: [CN, OFFICIAL], sumdb: 'off', ranking: { [OFFICIAL]: 1 } })
    const warning = choice.warnings.find(({ code }) => code === 'MIRROR_WITHOUT_SUMDB')
    expect(warning?.message).toContain(CN)
    expect(warning?.hint).not.toBe('')
  })

  test('a warning about a configured mirror does not claim that it was left out', () => {
    const choice = choiceOf({ settings: { GOPROXY: `${CN},direct`, GOSUMDB: 'off' } })
    expect(choice.warnings.at(-1)?.message).toMatch(/stays, because GOPROXY names it/)
  })
})

describe('a proxy whose mirror of the checksum database fails', () => {
  const choice = choiceOf({ proxies: [CORP, CN], ranking: { [CORP]: 1, [CN]: 5 }, brokenSumdbs: [CORP] })
  test('serves the gateway, where it may be the fastest, and stands in no chain that go reads', () => {
    expect(choice.upstreams.map(({ name }) => name)).toEqual([CORP, CN])
    expect([choice.proxy, ...choice.rounds, choice.tail, choice.lastTry].join(' ')).not.toContain(CORP)
    expect(choice.warnings[0]?.message).toMatch(new RegExp(`^${CORP}: .*Later steps do not use it`))
  })

  test('is used and exported where no other was named, and that is said', () => {
    const alone = choiceOf({ proxies: [CORP], ranking: { [CORP]: 1 }, brokenSumdbs: [CORP] })
    expect([alone.usable, alone.rounds]).toEqual([true, [`${CORP},direct`]])
    expect(settingValue(alone, 'GOPROXY')).toBe(`${CORP},direct`)
    expect(alone.warnings[0]?.message).toMatch(/Later steps still get it/)
  })

  test('stays, and that is said, where GOPROXY is not changed', () => {
    const kept = choiceOf({ ranking: { [OFFICIAL]: 1 }, brokenSumdbs: [OFFICIAL] })
    expect(kept.warnings[0]?.message).toMatch(/Later steps keep it/)
  })
})

test('Go’s default is not handed to later steps as if it had been named', () => {
  const scope = (one: Case) => choiceOf(one).settings.find(({ name }) => name === 'GOPROXY')?.scope
  expect(scope({ proxies: [CN, IO], answered: [] })).toBe('download')
  expect(scope({ proxies: [CN, IO], answered: [], fallback: 'off' })).toBe('job')
  expect(scope({ proxies: [CN, IO], answered: [], settings: { GOPROXY: CORP } })).toBe('job')
  expect(scope({ ranking: { [OFFICIAL]: 1 } })).toBe('job')
})

describe('why', () => {
  test.each<[string, Case, RegExp]>([
    ['the fastest', { proxies: [CN, IO], ranking: { [CN]: 1, [IO]: 2 } }, /^goproxy\.cn is the fastest measured$/],
    ['no other', { proxies: [CN, IO], ranking: { [CN]: 1 } }, /^goproxy\.cn is the only one that works$/],
    [
      'as fast, and more trusted',
      { proxies: [CN, CORP], ranking: { [CN]: 1, [CORP]: 1.05 } },
      /^athens\.corp\.example is as fast as the fastest within 10 %, and it is more trusted$/,
    ],
    [
      'as fast, and official',
      { proxies: [CN, OFFICIAL], ranking: { [CN]: 1, [OFFICIAL]: 1.05 }, settings: { GOPROXY: `${IO},direct` } },
      /within 10 %, and it is the official one$/,
    ],
    [
      'as fast, and what GOPROXY said',
      { proxies: [CN, OFFICIAL], ranking: { [CN]: 1, [OFFICIAL]: 1.05 } },
      /within 10 %, and GOPROXY named it before$/,
    ],
    [
      'as fast, and where the download has begun',
      { proxies: [CN, IO], ranking: { [CN]: 1, [IO]: 1.05 }, begun: IO },
      /^goproxy\.io is as fast as the fastest within 10 %, and the download has begun with it$/,
    ],
    [
      'the faster one may not be exported',
      { proxies: [CN, IO], ranking: { [CN]: 1, [IO]: 5 }, brokenSumdbs: [CN] },
      /^goproxy\.io is the fastest that later steps may use$/,
    ],
    [
      'the faster one misbehaved since',
      { proxies: [CN, IO], ranking: { [CN]: 1, [IO]: 5 }, excluded: [CN] },
      /^goproxy\.io is the fastest that later steps may use$/,
    ],
    [
      'none could be measured',
      { proxies: [CN], ranking: {}, answered: [CN] },
      /^modules came from goproxy\.cn, although it failed when measured$/,
    ],
    ['`off`, where none answered', { proxies: [CN], ranking: {}, fallback: 'off' }, /fallback is off$/],
    ['the user named none, and nothing was measured', {}, /nothing was measured$/],
    [
      'a mirror joined and is not worth it',
      { ranking: { [OFFICIAL]: 5, [CN]: 4 }, joined: JOINED },
      /good enough here: no mirror saves 30 % and 2 s$/,
    ],
    [
      'mirrors joined and none can be used either',
      { ranking: {}, joined: JOINED, answered: [OFFICIAL] },
      /^none that was measured can be used, so it stays as it was$/,
    ],
    [
      'the official one has a broken mirror of the database',
      { ranking: { [OFFICIAL]: 1 }, brokenSumdbs: [OFFICIAL] },
      /^no other was named$/,
    ],
    ['ordered', { proxies: [CN], selection: 'ordered', ranking: { [CN]: 1 } }, /^goproxy\.cn is the first that works$/],
    ['not measured', { proxies: [CN] }, /^the candidates in the order given$/],
    ['not measured, but asked', { proxies: [CN, IO], answered: [IO] }, /^those that answered, in the order given$/],
    ['named and the same as before', { proxies: ['current'], settings: { GOPROXY: `${CORP},direct` } }, /order given/],
    ['the official proxy is good', { ranking: { [OFFICIAL]: 1 } }, /official proxy is good/],
    ['nothing works', { ranking: {} }, /no candidate can be used/],
    ['policy', { settings: { GOPROXY: CORP } }, /configured/],
    ['off', { settings: { GOPROXY: 'off' } }, /names no proxy/],
    ['only the ending', { fallback: 'off', ranking: { [OFFICIAL]: 1 } }, /fallback sets its last entry/],
  ])('%s', (_, given, why) => {
    const setting = choiceOf(given).settings.find(({ name }) => name === 'GOPROXY')
    expect(setting?.why).toMatch(why)
  })

  test('a chain is named by its entries, a single proxy by its host; neither shows credentials', () => {
    const goproxy = 'https://u:hunter2@athens.corp.example,direct'
    const choice = choiceOf({
      proxies: ['current'],
      settings: { GOPROXY: goproxy },
      ranking: { 'https://***@athens.corp.example,direct': 1 },
      fallback: 'off',
    })
    expect(choice.settings[0]?.why).not.toContain('hunter2')
    expect(choice.proxy).not.toContain('hunter2')
  })
})

describe('rounds', () => {
  test('each begins with the next of the ranking, and all of the ranking comes round', () => {
    const choice = choiceOf({ proxies: [OFFICIAL, CN, IO], ranking: { [CN]: 2, [IO]: 3, [OFFICIAL]: 4 } })
    expect(choice.rounds).toEqual([`${CN}|${IO},direct`, `${IO}|${OFFICIAL},direct`, `${OFFICIAL}|${CN},direct`])
    expect(choice.proxy).toBe(CN)
  })

  test('a policy chain only repeats: its 401 or 403 is final, no public candidate hears of it', () => {
    const choice = choiceOf({ settings: { GOPROXY: `${CORP},direct` } })
    expect([choice.rounds, choice.lastTry]).toEqual([[`${CORP},direct`], `${CORP},direct`])
  })

  test('no usable candidate: no rounds, straight to the last try with the named ones in their order', () => {
    const choice = choiceOf({ proxies: [IO, OFFICIAL, CN], ranking: { [IO]: 'blocked', [OFFICIAL]: 'missing' } })
    expect([choice.usable, choice.rounds]).toEqual([false, []])
    expect(choice.lastTry).toBe(`${IO}|${OFFICIAL}|${CN},direct`)
  })

  test('the last try asks no one who was caught with wrong content', () => {
    const choice = choiceOf({
      proxies: [IO, CN, OFFICIAL, CORP],
      ranking: { [IO]: 'tampered', [CN]: 'bogus', [OFFICIAL]: 3 },
      excluded: [CORP],
    })
    expect(choice.lastTry).toBe(`${OFFICIAL},direct`)
  })

  test('the last try with no candidate left asks no proxy, and so does what stands behind a gateway', () => {
    const one: Case = { proxies: [IO], ranking: { [IO]: 'tampered' } }
    const [direct, off] = [choiceOf(one), choiceOf({ ...one, fallback: 'off' })]
    expect([direct.lastTry, direct.tail, off.lastTry, off.tail]).toEqual(['direct', 'direct', 'off', ''])
  })

  test('the last try with no candidate left is what the user had', () => {
    const choice = choiceOf({ proxies: [IO], ranking: { [IO]: 'tampered' }, settings: { GOPROXY: `${CORP},direct` } })
    expect(choice.lastTry).toBe(`${CORP},direct`)
  })

  test('no mirror that the user did not name stands behind a gateway that stays: go asks it for what that does not have', () => {
    const [unnamed, named] = [
      choiceOf({ ranking: { [CN]: 1 }, joined: JOINED }),
      choiceOf({ proxies: [CN, OFFICIAL], ranking: { [CN]: 1, [OFFICIAL]: 2 } }),
    ]
    expect([settingValue(unnamed, 'GOPROXY')?.startsWith(CN), unnamed.laterTail]).toEqual([true, DEFAULT_GOPROXY])
    expect(named.laterTail).toBe(settingValue(named, 'GOPROXY'))
  })

  test('without named proxies the last try is what the user had', () => {
    expect(choiceOf({ ranking: { [CN]: 1 }, joined: JOINED }).lastTry).toBe(DEFAULT_GOPROXY)
  })
})
