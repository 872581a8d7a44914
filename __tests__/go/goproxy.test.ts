import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  type GoproxyList,
  goproxyEntry,
  normalizeProxyUrl,
  parseGoproxy,
  printGoproxy,
  redactUrl,
} from '../../src/go/goproxy.ts'
import { anyText } from '../support/builders/text.ts'
import { runGo } from '../support/worlds/go-command.ts'
import { createProject, goEnvironment, type TestProject } from '../support/worlds/project.ts'

/** One server for each way to answer; `direct` is seen as a CONNECT at a server that HTTPS_PROXY names. */
const ANSWERS = { found: 200, absent: 404, gone: 410, forbidden: 403, broken: 500 } as const
type Answer = keyof typeof ANSWERS
const NAMES = Object.keys(ANSWERS) as Answer[]

let project: TestProject
let asked: string[] = []
const servers = new Map<string, Server>()
const urls = new Map<string, string>()

async function listen(name: string, server: Server): Promise<void> {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  servers.set(name, server)
  urls.set(name, `http://127.0.0.1:${(server.address() as AddressInfo).port}`)
}

beforeAll(async () => {
  project = createProject({})
  for (const name of NAMES) {
    const server = createServer((req, res) => {
      // What follows an .info that was found says nothing new.
      if (req.url?.endsWith('.info')) asked.push(name)
      if (ANSWERS[name] === 200) res.end('{"Version":"v1.0.0","Time":"2024-01-02T03:04:05Z"}')
      else res.writeHead(ANSWERS[name], { 'content-type': 'text/plain' }).end('no\n')
    })
    await listen(name, server)
  }
  const gate = createServer()
  gate.on('connect', (_, socket) => {
    asked.push('direct')
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
  })
  await listen('gate', gate)
})

afterAll(async () => {
  for (const server of servers.values()) {
    server.closeAllConnections()
    await new Promise(resolve => server.close(resolve))
  }
  project.remove()
})

let modules = 0

/** Which servers the real go asks for one object of a module that it does not know yet. */
async function askGo(goproxy: string) {
  asked = []
  const env = goEnvironment(project, {
    GOPROXY: goproxy,
    GOSUMDB: 'off',
    HTTPS_PROXY: urls.get('gate') ?? '',
    HTTP_PROXY: '',
  })
  const { exitCode, stderr } = await runGo(['list', '-m', `example.com/m${modules++}@v1.0.0`], {
    cwd: project.directory,
    env,
  })
  // go remembers what an entry answered, and `direct` tries several addresses.
  return { asked: [...new Set(asked)], found: exitCode === 0, stderr }
}

/** Which servers our reading of the list says that go will ask. */
function expectAsked(list: GoproxyList) {
  const names = new Set<string>()
  for (const { url, separator } of list.entries) {
    const name = NAMES.find(one => urls.get(one) === normalizeProxyUrl(url)) as Answer
    names.add(name)
    if (name === 'found') return { asked: [...names], found: true }
    if (name !== 'absent' && name !== 'gone' && separator !== '|') return { asked: [...names], found: false }
  }
  if (list.ending === 'direct') names.add('direct')
  return { asked: [...names], found: false }
}

/** `@absent|@found` with the servers' real URLs. */
function fill(template: string): string {
  return template.replace(/@(\w+)/g, (_, name: string) => urls.get(name) ?? name)
}

function parsed(text: string): GoproxyList {
  const result = parseGoproxy(text)
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  return result.value
}

describe('the servers that the real go asks', () => {
  test.each([
    '@found',
    '@absent,@found',
    '@gone,@found',
    '@absent|@found',
    '@forbidden,@found',
    '@forbidden|@found',
    '@broken,@found',
    '@broken|@found',
    '@broken|@forbidden|@absent,@found',
    '@broken|@forbidden,@found',
    '@absent,direct',
    '@broken,direct',
    '@broken|direct',
    '@forbidden|direct,@found',
    '@absent,off',
    '@absent,off,@found',
    '@absent|off|@found',
    'direct',
    'direct,@found',
    'off',
    'off|@found',
    ' @absent , @found ',
    ',,@absent,,|@found,',
    '|@absent|@found|',
    '@broken|,@found',
    '@broken,|@found',
    '@absent, direct ,@found',
    '@absent,@broken|@found',
  ])('%s', async template => {
    const goproxy = fill(template)
    const real = await askGo(goproxy)
    expect({ asked: real.asked, found: real.found }).toEqual(expectAsked(parsed(goproxy)))
  })

  test('for lists put together at random', async () => {
    const part = fc.constantFrom(
      ...NAMES.map(name => `@${name}`),
      ...NAMES.map(name => `@${name}`),
      'direct',
      'off',
      '',
      ' ',
    )
    const list = fc
      .array(fc.tuple(part, fc.constantFrom(',', '|', ' ,', '| ')), { minLength: 2, maxLength: 6 })
      .map(parts => parts.flat().join(''))
    for (const template of fc.sample(list, 40)) {
      const goproxy = fill(template)
      const ours = parseGoproxy(goproxy)
      const real = await askGo(goproxy)
      const expected = ours.ok ? expectAsked(ours.value) : { asked: [], found: false }
      expect([template, real.asked, real.found]).toEqual([template, expected.asked, expected.found])
    }
  }, 120_000)
})

describe('values that go refuses', () => {
  test.each([',', '|', ' , ', 'corp', '/srv/proxy', 'ftp://127.0.0.1/x', 'corp,direct', '@absent,corp'])(
    '%s is a Problem here too',
    async template => {
      const goproxy = fill(template)
      const real = await askGo(goproxy)
      expect(real.stderr).toMatch(/GOPROXY|invalid proxy URL/)
      const result = parseGoproxy(goproxy)
      expect(result.ok).toBe(false)
      if (!result.ok) expect(result.problems[0]?.hint).toContain('https://')
    },
  )

  test('a list is refused for what stands behind its end no more than go does', async () => {
    const real = await askGo(fill('@found,off,corp'))
    expect([real.found, parseGoproxy(fill('@found,off,corp')).ok]).toEqual([true, true])
  })
})

describe('entries without a scheme', () => {
  test.each([
    ['goproxy.cn', 'https://goproxy.cn'],
    ['localhost:8400', 'https://localhost:8400'],
    ['corp.example/path', 'https://corp.example/path'],
    ['file:///srv/proxy', 'file:///srv/proxy'],
    ['HTTPS://goproxy.cn', 'HTTPS://goproxy.cn'],
  ])('%s is %s', (text, url) => expect(parsed(text).entries[0]?.url).toBe(url))

  test('https:// is what the real go adds', async () => {
    const address = (urls.get('found') ?? '').replace('http://', '')
    const { stderr } = await askGo(address)
    expect(stderr).toContain(parsed(address).entries[0]?.url)
  })
})

test.each([
  ['', 'https://proxy.golang.org,direct'],
  ['https://a.example|https://b.example,off', 'https://a.example|https://b.example,off'],
  [' https://a.example , ,|direct', 'https://a.example,direct'],
  ['https://a.example,off,https://b.example', 'https://a.example,off'],
  ['https://a.example|', 'https://a.example'],
  ['direct|x', 'direct'],
])('%p is printed as %s', (text, printed) => expect(printGoproxy(parsed(text))).toBe(printed))

describe('for any list', () => {
  const entry = fc.constantFrom('https://a.example', 'b.example/x', ' http://c.example ', 'direct', 'off', '', 'bad')
  const lists = fc
    .array(fc.tuple(entry, fc.constantFrom(',', '|')), { maxLength: 7 })
    .map(parts => parts.flat().join(''))

  test('what is printed reads the same', () => {
    fc.assert(
      fc.property(lists, text => {
        const first = parseGoproxy(text)
        if (!first.ok) return
        const again = parsed(printGoproxy(first.value))
        const urlsOf = (list: GoproxyList) =>
          list.entries.map((one, i) => [one.url, i < list.entries.length - 1 && one.separator])
        expect([urlsOf(again), again.ending]).toEqual([urlsOf(first.value), first.value.ending])
      }),
      { numRuns: 2_000 },
    )
  })

  test('any text gives a list or a Problem that holds no password', () => {
    fc.assert(
      fc.property(anyText(), lists, (noise, text) => {
        const result = parseGoproxy(`${text},https://u:hunter2@x.example/${noise},ftp://u:hunter2@y.example`)
        if (!result.ok) expect(JSON.stringify(result.problems)).not.toContain('hunter2')
      }),
      { numRuns: 2_000 },
    )
  })
})

test('goproxyEntry is an entry as it would be read', () => {
  expect(goproxyEntry('https://a.example', '|')).toEqual(parsed('https://a.example|https://b.example').entries[0])
})

test.each([
  ['https://A.Example/', 'https://a.example'],
  ['https://a.example:443/x/', 'https://a.example/x'],
  ['http://a.example:443', 'http://a.example:443'],
  ['https://u:p@a.example/x', 'https://a.example/x'],
  ['https://a.example/x?y', 'https://a.example/x?y'],
  ['no url/', 'no url'],
])('normalizeProxyUrl %s is %s', (url, normal) => expect(normalizeProxyUrl(url)).toBe(normal))

test.each([
  ['https://u:p@a.example/x', 'https://***@a.example/x'],
  ['https://token@a.example,https://b.example', 'https://***@a.example,https://b.example'],
  ['Get "https://s.example/x?X-Goog-Signature=abc": EOF', 'Get "https://s.example/x?***": EOF'],
  ['https://a.example/@v/v1.0.0.mod', 'https://a.example/@v/v1.0.0.mod'],
  ['https://u:p@ss@a.example/x', 'https://***@a.example/x'],
  ['HTTPS://u:p@a.example', 'HTTPS://***@a.example'],
])('redactUrl %s', (text, shown) => expect(redactUrl(text)).toBe(shown))
