import { describe, expect, test } from '@jest/globals'
import type { SettingName } from '../../src/choice/choice.ts'
import {
  type Case,
  CN,
  CORP,
  choiceOf,
  codesOf,
  DECEIVABLE_GO,
  OFFICIAL,
  SUMDB,
  SUMDB_ALIAS,
  settingValue,
  WEAK_TOOLCHAIN_GO,
} from './facts.ts'

type Expected = Partial<Record<SettingName, string | undefined>>

/** Only what is named in `expected` is compared; undefined: not among the settings at all. */
function check(given: Case, expected: Expected) {
  const choice = choiceOf(given)
  const names = Object.keys(expected) as SettingName[]
  expect(Object.fromEntries(names.map(name => [name, settingValue(choice, name)]))).toEqual(expected)
}

const MIRROR: Case = { proxies: [CN, OFFICIAL], ranking: { [CN]: 1, [OFFICIAL]: 9 } }

describe('GOSUMDB', () => {
  test.each<[string, Case, string]>([
    ['is kept', MIRROR, 'sum.golang.org'],
    ['is kept while none was asked', { ...MIRROR, settings: { version: DECEIVABLE_GO } }, 'sum.golang.org'],
    ['is kept where both answer', { ...MIRROR, answering: [SUMDB, SUMDB_ALIAS] }, 'sum.golang.org'],
    ['is kept where none answers', { ...MIRROR, answering: [] }, 'sum.golang.org'],
    ['is its own alias where only that answers', { ...MIRROR, answering: [SUMDB_ALIAS] }, 'sum.golang.google.cn'],
    [
      'gets its URL on a Go that a proxy could deceive',
      { ...MIRROR, settings: { version: DECEIVABLE_GO }, answering: [SUMDB] },
      `sum.golang.org ${SUMDB}`,
    ],
    [
      'needs none where no mirror is a candidate',
      { proxies: [OFFICIAL], ranking: { [OFFICIAL]: 1 }, settings: { version: DECEIVABLE_GO }, answering: [SUMDB] },
      'sum.golang.org',
    ],
    [
      'of the user’s own is kept, whatever answers',
      { ...MIRROR, settings: { GOSUMDB: 'sum.corp.example+0a1b2c3d+AAAA' }, answering: [SUMDB_ALIAS] },
      'sum.corp.example+0a1b2c3d+AAAA',
    ],
    ['as the input says', { ...MIRROR, sumdb: 'sum.golang.google.cn', answering: [SUMDB] }, 'sum.golang.google.cn'],
    ['off in the input is obeyed', { ...MIRROR, sumdb: 'off' }, 'off'],
    ['off in the environment is obeyed', { ...MIRROR, settings: { GOSUMDB: 'off' } }, 'off'],
  ])('%s', (_, given, value) => check(given, { GOSUMDB: value }))

  test('the alias lets a mirror serve a Go that a proxy could deceive, for it bypasses proxies', () => {
    check(
      { ...MIRROR, settings: { version: DECEIVABLE_GO }, answering: [SUMDB_ALIAS] },
      { GOSUMDB: 'sum.golang.google.cn', GOPROXY: `${CN}|${OFFICIAL},direct` },
    )
  })
})

describe('GOPRIVATE and its kin', () => {
  test.each<[string, Case, Expected]>([
    ['nothing where nothing is private', MIRROR, { GOPRIVATE: undefined, GONOPROXY: undefined, GONOSUMDB: undefined }],
    [
      'private-domains alone are GOPRIVATE; the other two follow it unset',
      { ...MIRROR, privateDomains: ['*.corp.example', 'github.com/acme'] },
      { GOPRIVATE: '*.corp.example,github.com/acme', GONOPROXY: undefined, GONOSUMDB: undefined },
    ],
    [
      'private-domains join what is set, without repeats',
      { ...MIRROR, privateDomains: ['b.example', 'a.example'], settings: { GOPRIVATE: 'a.example' } },
      { GOPRIVATE: 'a.example,b.example', GONOPROXY: undefined, GONOSUMDB: undefined },
    ],
    [
      'set ones get the domains too, for set they follow nothing',
      {
        ...MIRROR,
        privateDomains: ['b.example'],
        settings: { GOPRIVATE: 'a.example', GONOPROXY: 'a.example', GONOSUMDB: 'a.example' },
      },
      { GOPRIVATE: 'a.example,b.example', GONOPROXY: 'a.example,b.example', GONOSUMDB: 'a.example,b.example' },
    ],
    [
      '`none` is a decision and stays',
      { proxies: [CORP], ranking: { [CORP]: 1 }, privateDomains: ['b.example'], settings: { GONOPROXY: 'none' } },
      { GOPRIVATE: 'b.example', GONOPROXY: 'none', GONOSUMDB: undefined },
    ],
  ])('%s', (_, given, expected) => check(given, expected))

  test('each value says whether and why it changed', () => {
    const { settings } = choiceOf({ privateDomains: ['b.example'], settings: { GONOSUMDB: 'b.example' } })
    const brief = Object.fromEntries(settings.map(({ name, from, changed, why }) => [name, [from, changed, why]]))
    expect(brief).toMatchObject({
      GOPRIVATE: ['go-proxy-setup', true, 'with private-domains'],
      GONOSUMDB: ['environment', false, 'as it was'],
      GOSUMDB: ['default', false, 'as it was'],
    })
  })
})

describe('what a mirror shall not hear of or serve goes direct', () => {
  const INTERNAL = 'git.acme.internal/billing'

  test.each<[string, Case, string | undefined]>([
    ['a module that looks private, by its exact path', { ...MIRROR, modules: [INTERNAL] }, INTERNAL],
    [
      'with what GOPRIVATE covers, which GONOPROXY no longer follows',
      { ...MIRROR, modules: [INTERNAL], privateDomains: ['github.com/acme'] },
      `github.com/acme,${INTERNAL}`,
    ],
    [
      'also where a mirror stands in the last try only',
      { proxies: [CN, OFFICIAL], ranking: { [OFFICIAL]: 9 }, modules: [INTERNAL] },
      INTERNAL,
    ],
    [
      'not where no mirror is asked',
      { proxies: [OFFICIAL], ranking: { [OFFICIAL]: 9 }, modules: [INTERNAL] },
      undefined,
    ],
    [
      'not where the user named none and the official proxy is good',
      { ranking: { [OFFICIAL]: 9 }, modules: [INTERNAL] },
      undefined,
    ],
    ['not where the user’s GOPROXY names the mirror', { settings: { GOPROXY: CN }, modules: [INTERNAL] }, undefined],
    [
      'a toolchain whose check is weak',
      { ...MIRROR, settings: { version: WEAK_TOOLCHAIN_GO }, toolchain: 'go1.27.3' },
      'golang.org/toolchain',
    ],
    ['no toolchain where none is needed', { ...MIRROR, settings: { version: WEAK_TOOLCHAIN_GO } }, undefined],
    ['no toolchain where its check is sound', { ...MIRROR, toolchain: 'go1.28.0' }, undefined],
    [
      'no toolchain where a mirror is only named, and works in no round',
      {
        proxies: [CN, OFFICIAL],
        ranking: { [OFFICIAL]: 9 },
        settings: { version: WEAK_TOOLCHAIN_GO },
        toolchain: 'go1.27.3',
      },
      undefined,
    ],
  ])('%s', (_, given, gonoproxy) => check(given, { GONOPROXY: gonoproxy }))

  test('then the last try has no mirror in it either', () => {
    const choice = choiceOf({
      proxies: [CN, OFFICIAL],
      ranking: { [OFFICIAL]: 9 },
      settings: { version: WEAK_TOOLCHAIN_GO },
      toolchain: 'go1.27.3',
    })
    expect(choice.lastTry).toBe(`${OFFICIAL},direct`)
    expect(codesOf(choice)).toEqual(['TOOLCHAIN_CHECK_WEAK'])
  })
})

describe('GO111MODULE', () => {
  test('=off is overridden for the download only, and said', () => {
    const { settings } = choiceOf({ settings: { GO111MODULE: 'off' } })
    expect(settings.find(({ name }) => name === 'GO111MODULE')).toMatchObject({ value: 'on', scope: 'download' })
  })

  test.each(['', 'on', 'auto'])('=%s stays', value => {
    expect(settingValue(choiceOf({ settings: { GO111MODULE: value } }), 'GO111MODULE')).toBeUndefined()
  })
})
