import { describe, expect, test } from '@jest/globals'
import { type Case, CORP, choiceOf, settingValue } from './facts.ts'

const PRIVATE = {
  privateProxy: CORP,
  privateDomains: ['corp.example'],
  modules: ['corp.example/a', 'github.com/pkg/errors'],
}

describe('a private proxy', () => {
  test.each([
    ['as it is', {}],
    ['when it sent wrong content', { excluded: [CORP] }],
    [
      'when the user’s GOPROXY is public',
      { settings: { GOPROXY: { value: 'https://goproxy.cn,direct', from: 'environment' } } },
    ],
    ['when GOPROXY is off', { settings: { GOPROXY: { value: 'off', from: 'environment' } } }],
    ['when others are named', { proxies: ['https://goproxy.cn', 'https://goproxy.io'] }],
    ['with GONOPROXY of the user’s own', { settings: { GONOPROXY: { value: 'other.example', from: 'environment' } } }],
    ['without checksum database', { sumdb: 'off' }],
  ] as const)('stands alone with the ending in every list that go is ever given: %s', (_, change) => {
    for (const fallback of ['direct', 'off', undefined] as const) {
      const choice = choiceOf({ ...PRIVATE, ...change, fallback } as Case)
      const lists = [settingValue(choice, 'GOPROXY') ?? '', ...choice.rounds, choice.lastTry, choice.tail]
      for (const list of lists) expect(['', CORP, `${CORP},direct`]).toContain(list)
      expect(choice.upstreams.every(({ name }) => name === CORP)).toBe(true)
      expect(settingValue(choice, 'GONOPROXY')).toBe('none')
      expect(settingValue(choice, 'GOPRIVATE')).toBe('corp.example')
    }
  })
})
