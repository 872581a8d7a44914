import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { renderPage } from '../../src/report/page.ts'
import { buildReport, type Report } from '../../src/report/report.ts'
import { fullStory, request } from '../support/builders/story.ts'

const report = buildReport(fullStory())

/** The report in the page, as a browser's script would read it. */
function reportIn(page: string): unknown {
  const [, json = ''] = /<script type="application\/json" id="report">([\s\S]*?)<\/script/.exec(page) ?? []
  return JSON.parse(json)
}

/** Start tags of the page with their attributes, the script's content left out. */
function tagsIn(page: string): readonly { readonly name: string; readonly attributes: string }[] {
  const markup = page.replace(/(<script[^>]*>)[\s\S]*?(<\/script)/, '$1$2')
  return [...markup.matchAll(/<([a-z!][a-z0-9]*)([^<>]*)>/gi)].map(([, name = '', attributes = '']) => ({
    name,
    attributes,
  }))
}

const textIn = (page: string) => page.replace(/<style>.*?<\/style>|<script[\s\S]*?<\/script>|<[^>]*>/g, ' ')

describe('the page', () => {
  const page = renderPage(report)

  test('shows phases, requests, candidates, modules and warnings without scripts or network', () => {
    const text = textIn(page)
    for (const told of [
      'proxy.example, 3 modules',
      'benchmark: 520 ms',
      'example.com/b@v1.0.0',
      'tampered',
      'Remove it.',
    ])
      expect(text).toContain(told)
    expect(text).toMatch(/example\.com\/a@v1\.0\.0 zip, other\.example: wrong content, 200 ms/)
    expect(tagsIn(page).filter(({ name }) => name === 'rect')).toHaveLength(3 + 4)
    expect(page).toContain("default-src 'none'")
    expect(page).not.toMatch(/\b(src|href|on[a-z]+)=|@import|url\(/)
  })

  test('has the report inside', () => {
    expect(reportIn(page)).toEqual(JSON.parse(JSON.stringify(report)))
  })

  test('has headings, captions and labels', () => {
    const names = tagsIn(page).map(({ name }) => name)
    expect([names.filter(name => name === 'h1').length, names.includes('main')]).toEqual([1, true])
    expect(page).toMatch(/<html lang="en">/)
    expect(names.filter(name => name === 'caption')).toHaveLength(names.filter(name => name === 'table').length)
    const pictures = tagsIn(page).filter(({ name }) => name === 'svg')
    expect(pictures.every(({ attributes }) => /role="img" aria-label="[^"]+"/.test(attributes))).toBe(true)
  })

  test('of a report in which nothing happened is a page all the same', () => {
    const nothing = { ...report, phases: [], candidates: [], warnings: [], requests: [], download: null, go: null }
    expect(textIn(renderPage(nothing))).toContain('0 requests')
  })

  test('of 5,000 modules has less than 6 MB, with a table of all and no bar lost', () => {
    const requests = Array.from({ length: 10_000 }, (_, i) =>
      request({
        module: `github.com/some-organisation/some-repository/module${i >> 1}`,
        file: i % 2 === 0 ? 'mod' : 'zip',
        startMs: 100 * Math.floor(i / 64),
        ms: 100 - (i % 7),
      }),
    )
    const large = renderPage({ ...report, requests })
    expect(Buffer.byteLength(large)).toBeLessThan(6_000_000)
    const names = tagsIn(large).map(({ name }) => name)
    expect(names.filter(name => name === 'rect')).toHaveLength(10_003)
    expect(large.split('\n').filter(line => line.startsWith('<tr><td>github.com/'))).toHaveLength(5_000)
    // As many lines as there were requests at a time.
    expect(large).toContain('viewBox="0 0 1000 336" role="img" aria-label="10000 requests')
  })
})

test('no text of others can be more than text', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '</script>',
      '<!--',
      '<img src=x>',
      '" onload="x',
      "'",
      '&lt;',
      '\u2028',
      '</svg><script>',
      '##[group]',
      '\ud800',
    ),
  )
  const some = fc.record({ module: hostile, version: fc.option(hostile), proxy: hostile, outcome: hostile })
  const known = new Set(tagsIn(renderPage(report)).map(({ name }) => name))
  fc.assert(
    fc.property(fc.array(some, { maxLength: 5 }), hostile, (changes, text) => {
      const [candidate] = report.candidates
      const evil: Report = {
        ...report,
        requests: changes.map(change => request(change)),
        phases: [{ name: text, startMs: 0, ms: 5 }],
        candidates: candidate === undefined ? [] : [{ ...candidate, url: text, verdict: 'slow', reason: text }],
        warnings: [{ code: 'X', message: text, hint: text }],
        choice: report.choice && { ...report.choice, proxy: text },
        go: { version: text, os: text, arch: text },
      }
      const page = renderPage(evil)
      expect(reportIn(page)).toEqual(JSON.parse(JSON.stringify(evil)))
      expect(tagsIn(page).filter(({ name }) => !known.has(name))).toEqual([])
      // Attributes are of our own words.
      const ATTRIBUTES = /^( [a-z0-9-]+="[^"<>]*")*\/?$/i
      expect(
        tagsIn(page).filter(({ name, attributes }) => name !== '!doctype' && !ATTRIBUTES.test(attributes)),
      ).toEqual([])
      expect(page).not.toMatch(/\bon[a-z]+="|[^\n\t\P{Cc}]|[\p{Zl}\p{Zp}\p{Cf}]|##\[/u)
      expect(page.match(/<\/script/g)).toHaveLength(1)
    }),
  )
})
