import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  escapeModulePath,
  escapeVersion,
  isModulePath,
  objectPath,
  unescapeModulePath,
  unescapeVersion,
} from '../../src/go/escape.ts'
import { anyText } from '../support/builders/text.ts'
import { openGoOracle } from '../support/worlds/go-oracle.ts'

const go = openGoOracle()

const element = fc.oneof(
  { weight: 5, arbitrary: fc.stringMatching(/^[A-Za-z0-9._~-]{1,8}$/) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('..', '.', '', 'CON', 'aux.txt', 'a~1', 'a!b', 'ä', 'a b', 'nul', '-x', 'a.'),
  },
)
const path = fc.array(element, { minLength: 1, maxLength: 5 }).map(elements => elements.join('/'))
const version = fc.oneof(
  fc.stringMatching(/^v[0-9]{1,2}\.[0-9]\.[0-9](-[A-Za-z0-9.-]{1,6})?(\+incompatible)?$/),
  fc.stringMatching(/^[A-Za-z0-9._+~!-]{0,10}$/),
  fc.stringMatching(/^[ -~]{0,6}$/),
  fc.constantFrom('con', 'nul.x', 'v1.', 'v1~1', '..', 'a/b', 'lpt1', '-x'),
)

const sample = <T>(arbitrary: fc.Arbitrary<T>) => fc.sample(arbitrary, 3_000)
const textOf = (answer: string | undefined) => (answer?.startsWith('= ') ? answer.slice(2) : undefined)

describe('as in the go command', () => {
  test('what is a module path', () => {
    const paths = sample(path)
    const answers = go.ask(paths.map(a => ({ ask: 'importPath', a })))
    // An import path may hold a plus sign, and an element of it may begin with a dot; a module path may not.
    const expected = (text: string, i: number) => answers[i] === 'true' && !/\+|(^|\/)\./.test(text)
    expect(paths.filter((text, i) => isModulePath(text) !== expected(text, i))).toEqual([])
  })

  test('module paths are escaped alike', () => {
    const paths = sample(path)
    const answers = go.ask(paths.map(a => ({ ask: 'escapePath', a })))
    // Go refuses more (a first element without a dot, a wrong major version), which replaced modules may have.
    const wrong = paths.filter((text, i) => {
      const want = textOf(answers[i])
      return want !== undefined && escapeModulePath(text) !== want
    })
    expect(wrong.slice(0, 5)).toEqual([])
  })

  test('versions are escaped alike, and none that go refuses', () => {
    const versions = sample(version)
    const answers = go.ask(versions.map(a => ({ ask: 'escapeVersion', a })))
    const wrong = versions.filter((text, i) => {
      const ours = escapeVersion(text)
      return ours !== undefined && ours !== textOf(answers[i])
    })
    expect(wrong.slice(0, 5)).toEqual([])
  })

  test.each([
    ['v1.4.0', 'v1.4.0'],
    ['v2.0.0+incompatible', 'v2.0.0+incompatible'],
    ['v0.0.0-20200101000000-abcdefABCDEF', 'v0.0.0-20200101000000-abcdef!a!b!c!d!e!f'],
    ['v0.0.1-go1.27.3.linux-amd64', 'v0.0.1-go1.27.3.linux-amd64'],
  ])('version %s', (text, escaped) => {
    expect(escapeVersion(text)).toBe(escaped)
    expect(go.ask([{ ask: 'escapeVersion', a: text }])).toEqual([`= ${escaped}`])
  })

  test('unescaping, of anything', () => {
    const texts = sample(fc.oneof(path, version, fc.stringMatching(/^[a-z!A-Z./]{0,8}$/)))
    const [paths, versions] = ['unescapePath', 'unescapeVersion'].map(ask => go.ask(texts.map(a => ({ ask, a }))))
    const wrong = texts.filter((text, i) => {
      const want = [textOf(paths?.[i]), textOf(versions?.[i])]
      const ours = [unescapeModulePath(text), unescapeVersion(text)]
      return (want[0] !== undefined && want[0] !== ours[0]) || (ours[1] !== undefined && ours[1] !== want[1])
    })
    expect(wrong.slice(0, 5)).toEqual([])
  })
})

describe('round trip', () => {
  test('unescape undoes escape', () => {
    fc.assert(
      fc.property(path, version, (a, b) => {
        const [escapedPath, escapedVersion] = [escapeModulePath(a), escapeVersion(b)]
        if (escapedPath !== undefined) expect(unescapeModulePath(escapedPath)).toBe(a)
        if (escapedVersion !== undefined) expect(unescapeVersion(escapedVersion)).toBe(b)
      }),
      { numRuns: 2_000 },
    )
  })

  test('no two paths share an escaped form, even where case does not count', () => {
    fc.assert(
      fc.property(path, path, (a, b) => {
        const [x, y] = [escapeModulePath(a), escapeModulePath(b)]
        if (x !== undefined && y !== undefined && x.toLowerCase() === y.toLowerCase()) expect(a).toBe(b)
      }),
    )
  })
})

describe('objectPath', () => {
  test('is below the proxy’s URL', () => {
    expect(objectPath({ path: 'github.com/BurntSushi/toml', version: 'v1.4.0' }, 'zip')).toBe(
      'github.com/!burnt!sushi/toml/@v/v1.4.0.zip',
    )
  })

  test('no module name leaves it, whatever a go.mod says', () => {
    fc.assert(
      fc.property(anyText(), anyText(), (a, b) => {
        const object = objectPath({ path: a, version: b }, 'mod')
        if (object === undefined) return
        expect(new URL(object, 'https://proxy.example/base/').pathname).toBe(`/base/${object}`)
        expect(object).toMatch(/^[a-z0-9._~!/+@-]+$/)
      }),
      { numRuns: 2_000 },
    )
  })

  test.each([
    ['../../etc', 'v1.0.0'],
    ['a.com/../b', 'v1.0.0'],
    ['/a.com', 'v1.0.0'],
    ['a.com', '../v1.0.0'],
    ['a.com', 'v1/../../x'],
    ['a.com\\b', 'v1.0.0'],
    ['a.com?x', 'v1.0.0'],
    ['a.com%2f', 'v1.0.0'],
    ['a.com', 'v1.0.0#x'],
    ['a.com', ''],
    ['', 'v1.0.0'],
    ['a'.repeat(2_000), 'v1.0.0'],
  ])('%p %p is refused', (a, b) => expect(objectPath({ path: a, version: b }, 'mod')).toBeUndefined())
})
