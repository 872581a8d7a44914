import { describe, expect, test } from '@jest/globals'
import { PRESETS, STANDBY_MIRRORS, trustOfProxy } from '../../src/inputs/presets.ts'

describe('presets', () => {
  test('each URL is https, without a final slash, once in its preset', () => {
    for (const urls of Object.values<readonly string[]>(PRESETS)) {
      for (const url of urls) expect(url).toMatch(/^https:\/\/[^?#@]*[^/]$/)
      expect(new Set(urls).size).toBe(urls.length)
    }
  })

  test('the standbys are public mirrors', () => {
    expect(STANDBY_MIRRORS).toEqual(['https://goproxy.cn', 'https://goproxy.io'])
  })

  test.each([
    ['https://proxy.golang.org', 'official'],
    ['https://PROXY.golang.org./', 'official'],
    ['http://proxy.golang.org', 'mirror'],
    ['https://goproxy.cn', 'mirror'],
    ['https://mirrors.aliyun.com/goproxy/', 'mirror'],
    ['https://mirrors.aliyun.com', 'mirror'],
    ['https://proxy.golang.org.corp.example', 'own'],
    ['https://athens.corp.example', 'own'],
    ['not a url', 'own'],
  ])('%s is %s', (url, trust) => {
    expect(trustOfProxy(url)).toBe(trust)
  })
})
