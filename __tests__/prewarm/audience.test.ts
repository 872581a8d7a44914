import { describe, expect, test } from '@jest/globals'
import { goproxyEntry } from '../../src/go/goproxy.ts'
import type { WantedObject } from '../../src/objects/wanted.ts'
import { findTargets, mayHear } from '../../src/prewarm/audience.ts'
import { createCandidate } from '../support/builders/candidate.ts'

const chain = (...urls: readonly string[]) =>
  createCandidate({
    name: urls.join(','),
    list: { entries: urls.map(url => goproxyEntry(url, ',')), ending: 'direct' },
    configured: true,
  })
const OWN = 'https://user:s3cret@goproxy.corp.example'

describe('which proxies are asked', () => {
  test('each of the user’s own, once and by itself; no public one, no directory, none that stands by', () => {
    const { targets, leftOut } = findTargets(
      [
        chain(OWN, 'https://second.corp.example', 'https://proxy.golang.org'),
        createCandidate({ name: 'https://second.corp.example/' }),
        createCandidate({ name: 'file:///srv/modules' }),
        createCandidate({ name: 'https://goproxy.io', starts: 'standby' }),
      ],
      false,
    )
    expect(targets.map(({ name, behind }) => [name, behind])).toEqual([
      ['https://***@goproxy.corp.example', ['https://second.corp.example', 'https://proxy.golang.org']],
      ['https://second.corp.example', ['https://proxy.golang.org']],
    ])
    expect(leftOut).toEqual([
      { name: 'https://proxy.golang.org', why: 'it is public' },
      { name: 'file:///srv/modules', why: 'it is a directory' },
    ])
  })

  test('public ones only where the user wants that', () => {
    const { targets } = findTargets([chain('https://proxy.golang.org', 'https://goproxy.cn')], true)
    expect(targets.map(({ trust }) => trust)).toEqual(['official', 'mirror'])
  })
})

describe('which modules they hear of', () => {
  const file = (path: string, kind: WantedObject['kind'] = 'mod'): WantedObject => ({
    module: { path, version: 'v1.0.0' },
    kind,
    target: `${path}/@v/v1.0.0.${kind}`,
  })
  const audience = {
    noProxy: 'secret.example',
    isSheltered: (path: string) => path.startsWith('secret.example') || path.startsWith('inner.example'),
    sums: new Map([
      ['public.example/a v1.0.0', 'h1:x='],
      ['public.example/a v1.0.0/go.mod', 'h1:x='],
    ]),
  }

  test.each([
    ['secret.example/a', 'own', false],
    ['inner.example/a', 'own', true],
    ['inner.example/a', 'official', false],
    ['inner.example/a', 'mirror', false],
    ['public.example/a', 'mirror', true],
    ['public.example/b', 'mirror', false],
    ['public.example/b', 'official', true],
  ] as const)('%s from a proxy that is %s: %s', (path, trust, expected) => {
    for (const kind of ['mod', 'info', 'zip'] as const)
      expect(mayHear({ trust }, file(path, kind), audience)).toBe(expected)
  })
})
