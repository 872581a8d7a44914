import { describe, expect, test } from '@jest/globals'
import { findRisks } from '../../src/settings/risks.ts'
import { goSettings, type SettingsOverrides } from '../support/builders/settings.ts'

const risks = (settings: SettingsOverrides, privateDomains: readonly string[] = []) =>
  findRisks(goSettings(settings), privateDomains)

describe('what the user’s settings switch off', () => {
  test.each<[string, SettingsOverrides, readonly string[], RegExp]>([
    [
      'everything private',
      { GOPRIVATE: '*' },
      [],
      /^GOPRIVATE \(from environment\) has \*: all modules are fetched without a proxy and checked only against go\.sum\.$/,
    ],
    ['everything with a host', { GOPRIVATE: '*/*' }, [], /has \*\/\*: all modules /],
    [
      'a whole public host',
      { GOPRIVATE: 'git.corp.example,github.com' },
      [],
      /has github\.com: all modules of github\.com /,
    ],
    ['every repository of one', { GOPRIVATE: 'github.com/*' }, [], /has github\.com\/\*: all modules of github\.com /],
    ['several', { GOPRIVATE: '*.com/' }, [], /all modules of github\.com, gitlab\.com, gitee\.com /],
    ['nothing is looked up', { GONOSUMDB: '*' }, [], /^GONOSUMDB .*: all modules are checked only against go\.sum\.$/],
    ['half of it', { GOPRIVATE: '*', GONOSUMDB: 'none' }, [], /has \*: all modules are fetched without a proxy\.$/],
    ['the input', {}, ['gitlab.com'], /^private-domains has gitlab\.com: /],
    [
      'no certificates',
      { GOINSECURE: 'git.corp.example' },
      [],
      /^GOINSECURE .* is git\.corp\.example: go accepts these hosts/,
    ],
    ['a variable of long ago', { env: { GONOSUMCHECK: '1' } }, [], /^GONOSUMCHECK /],
    ['a flag of long ago', { GOFLAGS: '-v -insecure' }, [], /^GOFLAGS .* -insecure/],
    ['go.mod and go.sum are written', { GOFLAGS: '--mod=mod -modcacherw' }, [], /^GOFLAGS .* -mod=mod: /],
    [
      'a scheme',
      { GOPRIVATE: 'https://git.corp.example/,github.com/my-org' },
      [],
      /^GOPRIVATE \(from environment\) has patterns that match no module, so they keep nothing private: `https:\/\/git\.corp\.example\/` \(a pattern has no scheme\)\.$/,
    ],
    ['a space after a comma', { GONOPROXY: 'a.example, b.example' }, [], /^GONOPROXY .*: ` b\.example` \(white space/],
    ['what cannot be seen', { GONOSUMDB: '\u200ba.example' }, [], /: `<U\+200B>a\.example` \(it contains U\+200B/],
    ['a password', { GOPRIVATE: 'https://u:hunter2@a.example/x' }, [], /: `\*\*\*@a\.example\/x` \(a pattern has no/],
  ])('%s', (_, settings, domains, says) => {
    const found = risks(settings, domains)
    expect(found.map(({ message }) => message)).toEqual([expect.stringMatching(says)])
    expect(found[0]?.hint).not.toBe('')
  })

  test.each<[string, SettingsOverrides]>([
    ['nothing set', {}],
    ['an organisation', { GOPRIVATE: 'github.com/my-org,github.com/my-org*,gitlab.com/group/sub' }],
    ['a host of one’s own', { GOPRIVATE: '*.corp.example,git.corp.example' }],
    ['none', { GOPRIVATE: 'github.com/my-org', GONOSUMDB: 'none' }],
    ['a trailing comma', { GOPRIVATE: 'github.com/my-org,', GONOPROXY: 'none' }],
    ['one that decides nothing', { GOPRIVATE: '*', GONOSUMDB: 'none', GONOPROXY: 'none' }],
    ['other flags', { GOFLAGS: '-modcacherw -mod=readonly -tags=insecure' }],
  ])('no word about %s', (_, settings) => {
    expect(risks(settings)).toEqual([])
  })
})
