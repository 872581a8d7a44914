import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parseRoute } from '../../../src/gateway/serving/route.ts'
import { objectPath } from '../../../src/go/escape.ts'
import { anyText } from '../../support/builders/text.ts'

const SECRET = '0123456789abcdef0123456789abcdef'
const parse = (path: string) => parseRoute(`/${SECRET}/${path}`, SECRET)

describe('what go asks for', () => {
  const understood: Readonly<Record<string, object>> = {
    'example.com/m/@v/list': { kind: 'list', path: 'example.com/m', target: 'example.com/m/@v/list' },
    'example.com/m/@latest': { kind: 'latest', path: 'example.com/m', target: 'example.com/m/@latest' },
    'example.com/m/@v/v1.0.0.info': { kind: 'info', module: { path: 'example.com/m', version: 'v1.0.0' } },
    'example.com/m/@v/v1.0.0.mod': { kind: 'mod', target: 'example.com/m/@v/v1.0.0.mod' },
    'example.com/m/@v/v1.0.0-20240102030405-0123456789ab.zip': { kind: 'zip' },
    'github.com/!burnt!sushi/toml/@v/v1.4.0.zip': { module: { path: 'github.com/BurntSushi/toml', version: 'v1.4.0' } },
    'github.com/%21burnt%21sushi/toml/@v/v1.4.0.zip': { target: 'github.com/!burnt!sushi/toml/@v/v1.4.0.zip' },
    'example.com/m/@v/v1.0.0%2Bincompatible.zip': { module: { path: 'example.com/m', version: 'v1.0.0+incompatible' } },
    'golang.org/toolchain/@v/v0.0.1-go1.27.3.linux-amd64.zip': { kind: 'zip' },
    'sumdb/sum.golang.org/supported': { kind: 'sumdb', name: 'sum.golang.org', request: 'supported' },
    'sumdb/sum.example.com/team/a/supported': { kind: 'sumdb', name: 'sum.example.com/team/a', request: 'supported' },
    'sumdb/sum.example.com/db/lookup/example.com/lookup/m@v1.0.0': {
      name: 'sum.example.com/db',
      request: 'lookup/example.com/lookup/m@v1.0.0',
      target: 'sumdb/sum.example.com/db/lookup/example.com/lookup/m@v1.0.0',
    },
    'sumdb/sum.golang.org/latest': { kind: 'sumdb', request: 'latest' },
    'sumdb/sum.golang.org/lookup/github.com/%21burnt%21sushi/toml@v1.4.0': {
      request: 'lookup/github.com/!burnt!sushi/toml@v1.4.0',
    },
    'sumdb/sum.golang.org/tile/8/0/x001/234': { request: 'tile/8/0/x001/234' },
    'sumdb/sum.golang.org/tile/8/1/005.p/17': { request: 'tile/8/1/005.p/17' },
    'sumdb/sum.golang.org/tile/8/data/x001/x234/067': { kind: 'sumdb' },
  }
  test.each(Object.entries(understood))('%s', (path, route) => {
    expect(parse(path)).toMatchObject(route)
  })
})

describe('what is none of the protocol goes nowhere', () => {
  test.each([
    '',
    'example.com/m',
    'example.com/m/',
    'example.com/m/@v/',
    'example.com/m/@v/list/',
    'example.com/m/@v/v1.0.0.exe',
    'example.com/m/@v/.zip',
    'example.com/m/@v/v1/x.zip',
    'example.com/m/@v/v1.0.0.zip?x=1',
    'example.com/m/@v/v1.0.0.zip#x',
    'example.com/M/@v/list',
    'example.com//m/@v/list',
    '../example.com/m/@v/list',
    'example.com/../m/@v/list',
    'example.com/%2e%2e/m/@v/list',
    'example.com/%2E./m/@v/list',
    'example.com%2fm/@v/list',
    'example.com%2Fm/@v/list',
    'example.com/m%5cx/@v/list',
    'example.com/m%00/@v/list',
    'example.com/m%252f/@v/list',
    'example.com/m%0d%0ahost:x/@v/list',
    'example.com/m%E0%A4%A/@v/list',
    'example.com/!!m/@v/list',
    'example.com/m/@v/../../x/@v/v1.0.0.zip',
    'example.com/m/@v/v1..0.zip',
    'example.com/m/@v/@v/v1.0.0.zip',
    'http://evil.example/m/@v/list',
    'sumdb/sum.golang.org',
    'sumdb/sum.golang.org/other',
    'sumdb/sum.golang.org/lookup/example.com/m',
    'sumdb/sum.golang.org/lookup/example.com/m@v1.0.0@v2.0.0',
    'sumdb/sum.golang.org/lookup/../m@v1.0.0',
    'sumdb/sum.golang.org/tile/8/0/../x001/234',
    'sumdb/sum.golang.org/tile/8/0/1',
    'sumdb/sum golang/supported',
    'sumdb//supported',
    'sumdb/supported',
    'sumdb/sum.golang.org//supported',
    'sumdb/sum.golang.org/../other/supported',
    'sumdb/sum.golang.org/lookup/m@v1.0.0/latest',
    'sumdb/../latest',
    'sumdb/./supported',
    'sumdb/%2e%2e/latest',
    'sumdb/sum.golang.org/lookup/./m@v1.0.0',
  ])('%j', path => {
    expect(parse(path)).toBeUndefined()
  })

  test('nor without the secret, with a part of it, or with more than a request needs', () => {
    const path = 'example.com/m/@v/list'
    expect(parseRoute(`/${path}`, SECRET)).toBeUndefined()
    expect(parseRoute(`/${SECRET.slice(1)}/${path}`, SECRET)).toBeUndefined()
    expect(parseRoute(`/${SECRET}x/${path}`, SECRET)).toBeUndefined()
    expect(parseRoute(`//${SECRET}/${path}`, SECRET)).toBeUndefined()
    expect(parse(`${'a/'.repeat(2_500)}@v/list`)).toBeUndefined()
  })
})

/** Everything that a route may ask an upstream for. */
const TARGET =
  /^(([a-z0-9!._~-]+\/)+(@v\/(list|[a-z0-9!._+~-]+\.(info|mod|zip))|@latest)|sumdb\/[A-Za-z0-9.-]+\/[A-Za-z0-9!._~+@/-]+)$/

describe('whatever is asked', () => {
  const hostile = fc.oneof(
    anyText({ maxLength: 200 }),
    fc
      .array(
        fc.oneof(
          fc.constantFrom('@v', '@latest', 'list', 'sumdb', 'lookup', 'tile', '..', '.', '', '%2e%2e', '%2f', '%00'),
          fc.constantFrom('example.com', '!m', '!!', 'M', 'v1.0.0.zip', 'v1.0.0.mod', 'x@v1.0.0', '%21m', '\\', '%5c'),
          fc.string({ maxLength: 8 }),
        ),
        { maxLength: 10 },
      )
      .map(parts => parts.join('/')),
  )

  test('it is of the grammar or goes nowhere, and never throws', () => {
    fc.assert(
      fc.property(hostile, path => {
        const route = parse(path)
        if (route === undefined) return
        expect(route.target).toMatch(TARGET)
        expect(route.target.split('/')).not.toContain('..')
      }),
      { numRuns: 10_000 },
    )
  })

  test('a module’s file is found again under the name it has below a proxy, escaped either way', () => {
    const element = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,8}$/)
    const version = fc.stringMatching(/^v\d{1,3}\.\d{1,3}\.\d{1,3}(-[A-Za-z0-9]{1,6})?(\+incompatible)?$/)
    fc.assert(
      fc.property(
        fc.array(element, { minLength: 1, maxLength: 4 }),
        version,
        fc.constantFrom('info', 'mod', 'zip'),
        (elements, v, kind) => {
          const module = { path: `example.com/${elements.join('/')}`, version: v }
          const target = objectPath(module, kind)
          if (target === undefined) return
          const expected = { kind, module, target }
          expect(parse(target)).toEqual(expected)
          expect(parse(target.replaceAll('!', '%21').replaceAll('+', '%2B'))).toEqual(expected)
        },
      ),
    )
  })
})
