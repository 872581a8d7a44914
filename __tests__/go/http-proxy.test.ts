import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { isLoopbackAddress, proxyFor } from '../../src/go/http-proxy.ts'
import { anyText } from '../support/builders/text.ts'
import { openGoOracle } from '../support/worlds/go-oracle.ts'

const go = openGoOracle()

type Row = readonly [url: string, noProxy: string]
const HTTP = 'http://plain.proxy.example:3128'
const HTTPS = 'http://secure.proxy.example:3128'

function ours(url: string, noProxy: string): string {
  const proxy = proxyFor(new URL(url), { HTTP_PROXY: HTTP, HTTPS_PROXY: HTTPS, NO_PROXY: noProxy })
  return proxy === undefined ? 'direct' : `= ${proxy.url.replace('http://', '')}`
}

function disagreements(rows: readonly Row[]) {
  const answers = go.ask(rows.map(([a, d]) => ({ ask: 'httpProxy', a, b: HTTP, c: HTTPS, d })))
  return rows.flatMap(([url, noProxy], i) => {
    const theirs = answers[i] === 'direct' ? 'direct' : `= ${answers[i]?.replace('http://', '')}`
    return ours(url, noProxy) === theirs ? [] : [{ url, noProxy, ours: ours(url, noProxy), theirs }]
  })
}

const URLS = [
  'https://goproxy.cn/x',
  'http://goproxy.cn/x',
  'https://goproxy.cn:8443/x',
  'https://a.goproxy.cn/x',
  'https://xgoproxy.cn/x',
  'https://GOPROXY.cn/x',
  'https://athens.corp.example',
  'https://corp.example',
  'https://corp.example:8443',
  'http://corp.example',
  'https://localhost/x',
  'https://localhost:3000/x',
  'https://sub.localhost/x',
  'https://127.0.0.1/x',
  'https://127.8.9.1/x',
  'https://[::1]/x',
  'https://10.1.2.3/x',
  'https://10.1.2.3:8443/x',
  'https://10.2.2.3/x',
  'https://192.168.1.1/x',
  'https://[fd00::1]/x',
  'https://[fd00::1]:8443/x',
  'https://[2001:db8::1]/x',
]

const NO_PROXIES = [
  '',
  '*',
  ' * ',
  'x,*',
  'goproxy.cn',
  '.goproxy.cn',
  '*.goproxy.cn',
  'GOPROXY.CN',
  ' goproxy.cn ',
  'goproxy.cn:443',
  'goproxy.cn:8443',
  '.goproxy.cn:443',
  ':8443',
  'corp.example,.cn',
  'cn',
  '.cn',
  'example',
  '10.0.0.0/8',
  '10.1.0.0/16',
  '10.1.2.3',
  '10.1.2.3:443',
  '10.1.2.3:8443',
  '10.1.2.3/33',
  '10.1.2/16',
  '10.*',
  'fd00::/8',
  'fd00::1',
  '[fd00::1]',
  '[fd00::1]:8443',
  '[fd00::1]:443',
  '2001:db8::/32',
  '0.0.0.0/0',
  '::/0',
  ',,',
  'goproxy.cn;corp.example',
  'goproxy.cn corp.example',
  'https://goproxy.cn',
  '**',
  '*.',
  '.',
  'localhost',
]

describe('which HTTP proxy go uses', () => {
  test('each URL with each NO_PROXY', () => {
    const rows = NO_PROXIES.flatMap(noProxy => URLS.map((url): Row => [url, noProxy]))
    expect(disagreements(rows).slice(0, 8)).toEqual([])
  })

  test('lists put together at random', () => {
    const list = fc.array(fc.constantFrom(...NO_PROXIES), { maxLength: 3 }).map(parts => parts.join(','))
    const rows = fc.sample(fc.tuple(fc.constantFrom(...URLS), list), 2_000)
    expect(disagreements(rows).slice(0, 8)).toEqual([])
  })

  test('loopback never goes through one, whatever NO_PROXY says', () => {
    for (const url of URLS.filter(one => /\/(localhost|127\.|\[::1)/.test(one))) expect(ours(url, '')).toBe('direct')
  })
})

describe('the variables', () => {
  const target = new URL('https://goproxy.cn/x')
  test.each<[string, Record<string, string>, string | undefined]>([
    ['upper case', { HTTPS_PROXY: 'http://a.example:1' }, 'http://a.example:1'],
    ['lower case', { https_proxy: 'http://a.example:1' }, 'http://a.example:1'],
    [
      'upper case before lower case',
      { HTTPS_PROXY: 'http://a.example', https_proxy: 'http://b.example' },
      'http://a.example',
    ],
    ['empty is unset', { HTTPS_PROXY: '', https_proxy: 'http://b.example' }, 'http://b.example'],
    ['without a scheme', { HTTPS_PROXY: 'a.example:3128' }, 'http://a.example:3128'],
    ['HTTP_PROXY is for http only', { HTTP_PROXY: 'http://a.example' }, undefined],
    ['ALL_PROXY is nothing that go knows', { ALL_PROXY: 'http://a.example' }, undefined],
    ['lower-case no_proxy', { HTTPS_PROXY: 'http://a.example', no_proxy: 'goproxy.cn' }, undefined],
    ['none', {}, undefined],
  ])('%s', (_, env, proxy) => expect(proxyFor(target, env)?.url).toBe(proxy))

  test('values, as go parses them', () => {
    const hosts = [
      'p.example',
      'p.example:1080',
      'P.example',
      '127.0.0.1:3128',
      '[::1]:1080',
      '[::1]',
      'p.example:',
      'bücher.example',
      'p_q',
      'a b',
      ':80',
      '',
    ]
    const logins = [
      '',
      'u@',
      'u:p@',
      ':p@',
      'u:@',
      'u%40:p%3a%2F@',
      'u:p:q@',
      'a@b:c@',
      'u:%zz@',
      'u:p^@',
      'u:ö@',
      'u:%C3%B6@',
      'u:p|@',
      'u:a+b@',
    ]
    const schemes = [
      '',
      'http://',
      'https://',
      'socks5://',
      'socks5h://',
      'SOCKS5://',
      'socks4://',
      'socks://',
      'ftp://',
      '//',
    ]
    const values = schemes.flatMap(scheme => logins.flatMap(login => hosts.map(host => `${scheme}${login}${host}`)))
    const answers = go.ask(values.map(c => ({ ask: 'httpProxy', a: target.href, b: '', c, d: '' })))
    const wrong = values.flatMap((value, i) => {
      const proxy = proxyFor(target, { HTTPS_PROXY: value })
      const login = proxy?.login === undefined ? '' : `${proxy.login.user}|${proxy.login.password}@`
      const mine = proxy === undefined ? 'direct' : proxy.url.replace('://', `://${login}`)
      // Without a host go fails, whatever else it found.
      const theirs = /^\w*:\/\/(.*@)?(:\d*)?$/.test(answers[i] ?? '') ? '' : answers[i]
      return mine === theirs ? [] : [{ value, mine, go: answers[i] }]
    })
    expect(wrong.slice(0, 40)).toEqual([])
  })

  test.each([
    ['socks5h://u:p%40@[::1]', { protocol: 'socks5', host: '::1', port: 1080, login: { user: 'u', password: 'p@' } }],
    ['https://p.example', { protocol: 'https', host: 'p.example', port: 443, login: undefined }],
    ['p.example', { protocol: 'http', host: 'p.example', port: 80, login: undefined }],
    ['socks4://p.example:1', { protocol: 'http', host: 'p.example', port: 1, login: undefined }],
  ])('%s', (value, proxy) => expect(proxyFor(target, { HTTPS_PROXY: value })).toMatchObject(proxy))

  test('in a CGI program HTTP_PROXY is a request’s header', () => {
    const env = { HTTP_PROXY: 'http://evil.example' }
    expect(proxyFor(new URL('http://a.example'), env)?.host).toBe('evil.example')
    expect(proxyFor(new URL('http://a.example'), { ...env, REQUEST_METHOD: 'GET' })).toBeUndefined()
  })

  test('no text makes it throw', () => {
    fc.assert(
      fc.property(anyText(), anyText(), (proxy, noProxy) => {
        proxyFor(target, { HTTPS_PROXY: proxy, NO_PROXY: noProxy })
      }),
    )
  })
})

test.each([
  ['127.0.0.1', true],
  ['127.255.0.9', true],
  ['127.0.0.256', false],
  ['128.0.0.1', false],
  ['::1', true],
  ['0:0:0:0:0:0:0:1', true],
  ['::2', false],
  ['::ffff:7f00:1', false],
  ['localhost', false],
])('isLoopbackAddress %s: %s', (address, is) => expect(isLoopbackAddress(address)).toBe(is))
