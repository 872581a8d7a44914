import { describe, expect, test } from '@jest/globals'
import { findCandidates } from '../../src/candidates/find.ts'
import { loginsFor, usesNetrc, withoutLogin } from '../../src/candidates/logins.ts'
import { parseNetrc } from '../../src/go/netrc.ts'
import { showPlace } from '../../src/places/place.ts'
import { goSettings } from '../support/builders/settings.ts'

const CORP = 'https://athens.corp.example'

function found(netrc: string, proxies: readonly string[], version = 'go1.26.8'): readonly string[] {
  const specs = proxies.map(url => ({ kind: 'url' as const, url, preset: undefined }))
  const candidates = findCandidates({ proxies: specs, privateProxy: undefined }, goSettings())
  if (!candidates.ok) throw new Error('no candidates')
  return loginsFor(candidates.value.list, parseNetrc(netrc), { version }).map(
    login => `${showPlace(login)} ${login.user}:${login.token}`,
  )
}

const entry = (machine: string) => `machine ${machine} login u password p`

describe('the user’s netrc for a candidate', () => {
  test.each<[string, string, string, readonly string[]]>([
    ['the same host', entry('athens.corp.example'), CORP, ['athens.corp.example u:p']],
    ['another host', entry('corp.example'), CORP, []],
    [
      'the port is part of the name',
      entry('athens.corp.example:8443'),
      `${CORP}:8443`,
      ['athens.corp.example:8443 u:p'],
    ],
    ['a port that the URL has and the file has not', entry('athens.corp.example'), `${CORP}:8443`, []],
    ['port 443, which the URL does not name', entry('athens.corp.example:443'), CORP, []],
    ['not without encryption', entry('127.0.0.1:80'), 'http://127.0.0.1:80', []],
    ['the official proxy gets none', entry('proxy.golang.org'), 'https://proxy.golang.org', []],
    ['nor does a public mirror', entry('goproxy.cn'), 'https://goproxy.cn', []],
    ['a path, from Go 1.25', entry('athens.corp.example/team'), `${CORP}/team`, ['athens.corp.example/team u:p']],
  ])('%s', (_, netrc, url, expected) => {
    expect(found(netrc, [url])).toEqual(expected)
  })

  test.each([
    ['go1.24.0', ['athens.corp.example u:p']],
    ['go1.23.12', []],
  ])('a URL for the machine means something from Go 1.24: %s', (version, expected) => {
    expect(found(entry('https://athens.corp.example'), [CORP], version)).toEqual(expected)
  })

  test('a path means nothing to a Go before 1.25', () => {
    expect(found(entry('athens.corp.example/team'), [`${CORP}/team`], 'go1.24.13')).toEqual([])
  })

  test('the first of several for one host stands first', () => {
    expect(
      found(`${entry('athens.corp.example')}\n${entry('athens.corp.example').replace(' u ', ' v ')}`, [CORP]),
    ).toEqual(['athens.corp.example u:p', 'athens.corp.example v:p'])
  })
})

test.each([
  ['netrc', true],
  ['netrc;git /home/u', true],
  ['/usr/bin/helper; netrc', true],
  ['off', false],
  ['/usr/bin/netrc-helper', false],
])('GOAUTH=%s: %s', (goauth, uses) => expect(usesNetrc({ goauth })).toBe(uses))

test.each<[string, string, boolean]>([
  ['of the user’s own', CORP, true],
  ['with its scheme in capitals, which go takes too', 'HTTPS://athens.corp.example', true],
  ['over http, where go sends no login', 'http://athens.corp.example', false],
  ['with a login in the URL', 'https://u:p@athens.corp.example', false],
  ['that the world uses', 'https://proxy.golang.org', false],
])('a command of GOAUTH may have the login of a proxy %s: %s %s', (_, url, isAsked) => {
  const candidates = findCandidates({ proxies: [], privateProxy: undefined }, goSettings({ GOPROXY: `${url},off` }))
  const [candidate] = candidates.ok ? candidates.value.list : []
  expect(candidate && withoutLogin(candidate, []).map(entry => entry.url)).toEqual(isAsked ? [url] : [])
})
