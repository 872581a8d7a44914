import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { renderPage } from '../../src/report/page.ts'
import { buildReport, type CandidateReport, type Report } from '../../src/report/report.ts'
import { fullStory, request } from '../support/builders/story.ts'
import { anyText } from '../support/builders/text.ts'

const report = buildReport(fullStory())

/** The report in the page, as a browser's script would read it. */
function reportIn(page: string): unknown {
  const [, json = ''] = /<script type="application\/json" id="report">([\s\S]*?)<\/script/.exec(page) ?? []
  return JSON.parse(json)
}

/** Start tags of the page with their attributes, the script's content left out. */
function tagsIn(page: string): readonly { readonly name: string; readonly attributes: string }[] {
  const markup = page.replace(/(<script[^>]*>)[\s\S]*?(<\/script)/g, '$1$2')
  return [...markup.matchAll(/<([a-z!][a-z0-9]*)([^<>]*)>/gi)].map(([, name = '', attributes = '']) => ({
    name,
    attributes,
  }))
}

const textIn = (page: string) => page.replace(/<style>.*?<\/style>|<script[\s\S]*?<\/script>|<[^>]*>/g, ' ')

/** How often each class of bars is there. */
function barsIn(page: string, strip: string): number {
  const [, svg = ''] = new RegExp(`<svg class="time" id="${strip}"[^>]*>(.*?)</svg>`, 's').exec(page) ?? []
  return tagsIn(svg).filter(({ name }) => name === 'rect').length
}

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
    // Phases and go's run; each request until its first byte and from then on.
    expect([barsIn(page, 'steps'), barsIn(page, 'requests')]).toEqual([3 + 1, 2 * 4])
    expect(page.replace(/ href="https:\/\/pkg\.go\.dev\/[^"]*"/g, '')).not.toMatch(
      /\b(src|href|on[a-z]+)="|@import|url\(/,
    )
  })

  test('allows its own script and style by their hash, and nothing else', () => {
    const [, policy = ''] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page) ?? []
    const hashOf = (tag: string) => {
      const [, text = ''] = new RegExp(`<${tag}>(.*?)</${tag}>`, 's').exec(page) ?? []
      return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
    }
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      `script-src ${hashOf('script')}`,
      `style-src ${hashOf('style')}`,
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
      "base-uri 'none'",
      "form-action 'none'",
    ])
  })

  test('has the script and the style that src/browser builds now', () => {
    execFileSync(process.execPath, ['scripts/page-assets.mjs', '--check'], { encoding: 'utf8' })
  })

  test('only what a public proxy sent is a link', () => {
    const proxies = {
      official: 'https://proxy.golang.org',
      mirror: 'https://mirror.example',
      own: 'https://own.example',
    }
    const [candidate] = report.candidates
    const shown = renderPage({
      ...report,
      slowest: [],
      candidates: Object.entries(proxies).map(([trust, url]) => ({ ...candidate, trust, url }) as CandidateReport),
      requests: [
        ...Object.entries(proxies).map(([trust, proxy]) => request({ module: `example.com/${trust}`, proxy })),
        request({ module: 'example.com/refused', proxy: proxies.official, outcome: 'absent' }),
        request({ module: 'example.com/odd"', proxy: proxies.official }),
      ],
    })
    expect([...shown.matchAll(/<a href="([^"]*)"/g)].map(([, address]) => address)).toEqual([
      'https://pkg.go.dev/example.com/official@v1.0.0',
      'https://pkg.go.dev/example.com/mirror@v1.0.0',
    ])
    expect(textIn(shown)).toContain('example.com/own@v1.0.0')
  })

  test('has the report inside', () => {
    expect(reportIn(page)).toEqual(JSON.parse(JSON.stringify(report)))
  })

  test('has headings, captions and labels', () => {
    const names = tagsIn(page).map(({ name }) => name)
    expect([names.filter(name => name === 'h1').length, names.includes('main')]).toEqual([1, true])
    expect(page).toMatch(/<html lang="en">/)
    expect(names.filter(name => name === 'caption')).toHaveLength(names.filter(name => name === 'table').length)
    // What scrolls can be reached by keys, and has a name.
    const regions = tagsIn(page).filter(({ attributes }) => /class="(frame|chart)"/.test(attributes))
    expect(regions).toHaveLength(4)
    for (const { attributes } of regions) expect(attributes).toMatch(/tabindex="0" role="region" aria-label="[^"]+"/)
    expect(page).toMatch(/<div id="plot" class="plot" role="img" aria-label="4 requests [^"]+"/)
  })

  test('of a report in which nothing happened is a page all the same', () => {
    const nothing = { ...report, phases: [], candidates: [], warnings: [], requests: [], download: null, go: null }
    expect(textIn(renderPage(nothing))).toMatch(/requests\s+0/)
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
    expect(barsIn(large, 'requests')).toBe(10_000)
    expect(large.split('\n').filter(line => line.startsWith('<tr><td>github.com/'))).toHaveLength(5_000)
    // As many lines of 7 pixels as there were requests at a time, and one as a distance.
    expect(large).toContain(`id="requests" height="${65 * 7}"`)
  })
})

test('no text of others can be more than text', () => {
  const hostile = fc.oneof(
    anyText(),
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
  const failing = (text: string): Partial<Report> => ({
    failure: { code: 'X', message: text, hint: text },
    download: report.download && { ...report.download, said: [text] },
  })
  const missing = { ...report, ...failing('a\nb'), requests: [request({ outcome: 'absent' })] }
  const known = new Set([report, missing].flatMap(one => tagsIn(renderPage(one))).map(({ name }) => name))
  fc.assert(
    fc.property(fc.array(some, { maxLength: 5 }), hostile, (changes, text) => {
      const [candidate] = report.candidates
      const evil: Report = {
        ...report,
        requests: changes.map(change => request(change)),
        phases: [{ name: text, startMs: 0, ms: 5 }],
        candidates: candidate === undefined ? [] : [{ ...candidate, url: text, verdict: 'slow', reason: text }],
        warnings: [{ code: 'X', message: text, hint: text }],
        ...failing(text),
        choice: report.choice && { ...report.choice, proxy: text },
        go: { version: text, os: text, arch: text },
      }
      const page = renderPage(evil)
      expect(reportIn(page)).toEqual(JSON.parse(JSON.stringify(evil)))
      expect(tagsIn(page).filter(({ name }) => !known.has(name))).toEqual([])
      // Attributes are of our own words.
      const ATTRIBUTES = /^( [a-z0-9-]+(="[^"<>]*")?)*\/?$/i
      expect(
        tagsIn(page).filter(({ name, attributes }) => name !== '!doctype' && !ATTRIBUTES.test(attributes)),
      ).toEqual([])
      expect(page).not.toMatch(/\bon[a-z]+="|[^\n\t\P{Cc}]|[\p{Zl}\p{Zp}\p{Cf}]|##\[/u)
      expect(page.match(/<\/script/g)).toHaveLength(2)
    }),
  )
})
