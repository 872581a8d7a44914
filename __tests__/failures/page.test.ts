import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import type { Failure } from '../../benchmarks/failures/failure.ts'
import { difference, GO_VERSIONS, minorOf, readPage, writePage } from '../../benchmarks/failures/page.ts'
import { deviation } from '../../benchmarks/failures/play.ts'
import { FAILURES } from '../../benchmarks/failures/rows/all.ts'
import { SECRETS } from '../../benchmarks/failures/rows/secrets.ts'
import { SAMPLE } from '../../benchmarks/failures/sample.ts'
import { GO_MINORS } from '../../benchmarks/options.mjs'

const names = FAILURES.map(({ name }) => name)
const files = readdirSync(import.meta.dirname).filter(file => file.endsWith('.md'))
const pages = files.map(file => [file, readFileSync(join(import.meta.dirname, file), 'utf8')] as const)

describe('the table', () => {
  test('has at least sixty failures, each with a name, a title and a file of its own', () => {
    expect(new Set(names).size).toBe(names.length)
    expect(new Set(FAILURES.map(({ title }) => title)).size).toBe(names.length)
    expect(names.length).toBeGreaterThanOrEqual(60)
    expect(files).toEqual(names.map(name => `${name}.md`).sort())
  })

  test('has each failure that CI plays', () => {
    expect(SAMPLE.filter(name => !names.includes(name))).toEqual([])
    expect(new Set(SAMPLE).size).toBe(SAMPLE.length)
  })

  test('is read with five versions of Go', () => {
    expect(GO_VERSIONS.map(minorOf)).toEqual(GO_MINORS)
  })
})

describe('no page has', () => {
  test.each<[string, RegExp]>([
    ['a value that was not there', /\b(undefined|null|NaN)\b|\[object /],
    ['a path of this machine', /\/tmp\/(?!is used)\w|job-\w{6}/],
    ['a workflow command', /^(::|##\[)/m],
    ['a secret', new RegExp(SECRETS.join('|'))],
    ['a path of our temporary directory', /go-proxy-setup-XXXXXX|\bgateway\/\S+@v/],
    ['one of several things', /\b1 (requests|warnings|modules|lines|files|proxies|candidates|attempts)\b/],
    ['an empty hint', /^> \*\*What to do:\*\*\s*$|^(Error|Warning): .*[^.?] \[[A-Z_]+\]$/],
    ['go’s mark before what go says', /go says: go: /],
    ['a sentence twice in one line', /([A-Z][^.]{20,}\.) .*\1/],
  ])('%s', (_, pattern) => {
    const found = pages.flatMap(([file, text]) =>
      [...belowCall(text).matchAll(new RegExp(pattern, 'gm'))].map(([one]) => `${file}: ${one}`),
    )
    expect(found).toEqual([])
  })
})

test('nothing is said twice once the download is over', () => {
  const found = pages.flatMap(([file, text]) => {
    const [, log = ''] = /^▸ .*\n(?!▸)([\s\S]*?)\n```/m.exec(belowCall(text)) ?? []
    const sentences = log.split(/(?<=[.?]) |\n/).filter(one => one.length > 30)
    return sentences.filter((one, i) => sentences.indexOf(one) < i).map(one => `${file}: ${one}`)
  })
  expect(found).toEqual([])
})

/** What the user gave stands there as he gave it. */
function belowCall(page: string): string {
  return page.slice(page.indexOf('## The log'))
}

test('a difference that is told of, and is no more, is one', () => {
  const page = { text: '# A\n\nb\n', otherwise: new Map([['1.22', '-b\n+c']]) }
  const played = (goVersion: string, text: string) => ({ failure: FAILURES[0] as Failure, goVersion, text })
  expect(deviation(played('1.22.12', '# A\n\nc\n'), page)).toBe('')
  expect(deviation(played('1.22.12', page.text), page)).toContain('-b\n+c')
  expect(deviation(played('1.26.8', page.text), page)).toBe('')
})

describe('what another version of Go says otherwise', () => {
  test.each([
    ['a\nb\nc', 'a\nc', '-b'],
    ['a\nb', 'a\nx\nb', '+x'],
    ['a\nb\nc', 'a\ny\nc', '-b\n+y'],
    ['', 'a', '-\n+a'],
    ['same', 'same', ''],
  ])('%j and %j', (before, after, lines) => expect(difference(before, after)).toBe(lines))

  test('stands below the page, once for all versions that say it', () => {
    const page = {
      text: '# A\n',
      otherwise: new Map([
        ['1.22', '-a\n+b'],
        ['1.23', '-a\n+b'],
        ['1.24', '-a\n+c'],
        ['1.25', ''],
      ]),
    }
    const file = writePage(page)
    expect(file).toContain('\n## With Go 1.22, 1.23\n\n```diff\n-a\n+b\n```\n')
    expect(readPage(file)).toEqual({ text: page.text, otherwise: new Map([...page.otherwise].slice(0, 3)) })
  })
})
