import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, jest, test } from '@jest/globals'
import fc from 'fast-check'
import { BENCH } from '../../src/cli/verbs/bench.ts'
import { RUN } from '../../src/cli/verbs/run.ts'
import { renderBench, renderBenchMarkdown } from '../../src/report/bench.ts'
import { compareReports } from '../../src/report/compare.ts'
import { renderComparison, renderComparisonMarkdown } from '../../src/report/compare-text.ts'
import { renderJson, renderReport } from '../../src/report/json.ts'
import { readKeptReport } from '../../src/report/kept.ts'
import { planOutputs } from '../../src/report/outputs.ts'
import { renderPage } from '../../src/report/page.ts'
import { redactReport } from '../../src/report/redact.ts'
import { buildReport, type Report } from '../../src/report/report.ts'
import { plainScreen } from '../../src/report/screen.ts'
import { VIEWS } from '../../src/report/show.ts'
import { renderRefusal, renderSummary } from '../../src/report/summary.ts'
import { tell } from '../../src/report/tell.ts'
import { renderTrace } from '../../src/report/trace.ts'
import { actionsLog } from '../../src/runner/actions-log.ts'
import { systemClock } from '../../src/runner/clock.ts'
import { terminalLog } from '../../src/runner/terminal-log.ts'
import { sanitizeLines } from '../../src/text/sanitiser.ts'
import { inBrowser, openFile, startBrowser } from '../support/browser.ts'
import { fullStory, request } from '../support/builders/story.ts'
import { readTrace } from '../support/builders/trace-reader.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import {
  expectXml,
  findControl,
  harmlessTwin,
  hostileName,
  hostileTexts,
  type Shape,
  shapeOfMarkdown,
  shapeOfPage,
} from '../support/hostile.ts'
import { parseCommand } from '../support/worlds/fake-runner.mjs'

interface SchemaNode {
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly pattern?: string
  readonly const?: unknown
  readonly anyOf?: readonly SchemaNode[]
  readonly properties?: Readonly<Record<string, SchemaNode>>
  readonly items?: SchemaNode
}

const SCHEMA = JSON.parse(readFileSync(new URL('../../schema/report.schema.json', import.meta.url), 'utf8'))

/** Where the schema has a text of any words. */
function textsIn(node: SchemaNode, path = ''): readonly string[] {
  const isText = [node.type ?? []].flat().includes('string') && !node.enum && !node.const && !node.pattern
  return [
    ...(isText ? [path] : []),
    ...(node.anyOf ?? []).flatMap(one => textsIn(one, path)),
    ...Object.entries(node.properties ?? {}).flatMap(([name, one]) => textsIn(one, `${path}/${name}`)),
    ...(node.items === undefined ? [] : textsIn(node.items, `${path}/*`)),
  ]
}

const TEXTS = new Set(textsIn(SCHEMA))

/** A copy in which each text of any words is another one. */
function withTexts<T>(value: T, of: (text: string) => string, path = '', seen?: Set<string>): T {
  if (typeof value === 'string') {
    if (!TEXTS.has(path)) return value
    seen?.add(path)
    return of(value) as T
  }
  if (Array.isArray(value)) return value.map(one => withTexts(one, of, `${path}/*`, seen)) as T
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([name, one]) => [name, withTexts(one, of, `${path}/${name}`, seen)])
  return Object.fromEntries(entries) as T
}

const told = buildReport(fullStory())
const file = { file: 'f', what: 'w' }
const problem = { code: 'C', message: 'm\n  d', hint: 'h', at: { file: '/w/go.mod', line: 3 } }
const reasons = [{ what: 'r', count: 2 }]
const figures = { name: 'u', requests: 9, bytes: 9, failures: 2, reasons, rejected: 1 }
const warmed = [{ name: 'u', modules: 2, left: 1 }]

/** Reports in which every text that the schema knows is somewhere. */
const REPORTS = [
  {
    ...told,
    project: told.project && { ...told.project, toolchainLine: 't' },
    candidates: told.candidates.map((one, i) =>
      i === 0 ? { ...one, verdict: 'slow' as const } : { ...one, goproxy: 'g', url: undefined },
    ),
    benchmark: { ...told.benchmark, joined: 'j' },
    notices: ['n'],
    cache: {
      ...{ restore: 'failed', reason: 'r', key: 'k', seconds: 1, bytes: 1, files: 1, rejected: [file] },
      ...{ predictedDownloadSeconds: 1, save: 'planned', saveBytes: 1, startMs: 1 },
    },
    buildCache: {
      ...{ restore: 'abandoned', reason: 'r', key: 'k', seconds: 1, startMs: 1, files: 1, bytes: 1 },
      ...{ rejected: [file], mayBeSaved: true },
    },
    download: told.download && {
      ...told.download,
      attempts: [1, 2].map(() => ({ ...told.download?.attempts[0], failure: { code: 'c', text: 't' } })),
      toolchain: { version: 'v', seconds: 1 },
      said: ['s', 's'],
    },
    moduleStore: { path: 'p', modules: 1, files: 3, bytes: 1, leftOut: 1 },
    upstreams: [figures, figures],
    warmed,
    laterSteps: {
      ...{
        requests: 1,
        bytes: 1,
        retries: 1,
        failovers: 1,
        hedges: 1,
        rejected: 1,
        served: 1,
        servedAhead: 1,
        placed: 1,
      },
      ...{ upstreams: [figures], warmed },
    },
    slowest: [true, false].map(isPublic => ({ path: 'p', version: 'v', seconds: 1, bytes: 1, isPublic })),
    warnings: [problem, problem],
    failure: problem,
    outcome: 'failure',
  },
  // Nothing was measured, and nothing failed.
  { ...told, candidates: [], benchmark: { ...told.benchmark, skipped: 's' }, warnings: [] },
  // One candidate, and many requests.
  {
    ...told,
    candidates: told.candidates.slice(1),
    choice: told.choice && { ...told.choice, proxy: null },
    requests: Array.from({ length: 410 }, (_, i) =>
      request({ startMs: i, module: `m${i % 9}`, hashStartMs: i, hashMs: 0.5 }),
    ),
  },
] as unknown as readonly Report[]

/** Each text with a hostile one of the list in its place, in turn. */
function hostileTwins(texts: readonly string[]): readonly { readonly evil: Report; readonly twin: Report }[] {
  return REPORTS.map(report => {
    let at = 0
    const evil = withTexts(report, () => texts[at++ % texts.length] ?? '')
    return { evil, twin: withTexts(evil, harmlessTwin()) }
  })
}

function compared(report: Report, name: string) {
  return compareReports(
    [
      { name, report: told },
      { name: 'b', report },
    ],
    { percent: 10 },
  )
}

/** What stands in a text beside other words, where it is code it is nothing but text. */
const proseIn = (shapes: readonly Shape[]) =>
  shapes
    .filter(({ name }) => !['code', 'pre', 'style', 'script'].includes(name))
    .map(({ text }) => text)
    .join('\n')

const skeleton = (shapes: readonly Shape[]) =>
  shapes.map(({ name, attributes }) => [name, ...Object.keys(attributes)].join(' ')).join('\n')

/** Those of links, which only what is plain has, left out. */
const withoutLinks = (shapes: readonly Shape[]) => shapes.filter(({ name }) => name !== 'a')

function expectOwnLinks(shapes: readonly Shape[]): void {
  const links = shapes.filter(({ name }) => name === 'a').map(({ attributes }) => attributes['href'] ?? '')
  expect(links.filter(href => !/^(https:\/\/(pkg\.go\.dev\/[\w./~+@-]+$|github\.com\/)|#[\w-]+$)/.test(href))).toEqual(
    [],
  )
}

test('the reports have every text that the schema knows', () => {
  const seen = new Set<string>()
  for (const report of REPORTS) withTexts(report, text => text, '', seen)
  expect([...TEXTS].filter(path => !seen.has(path) && !path.startsWith('/tool'))).toEqual([])
})

describe('whatever the texts are', () => {
  test('Markdown has the elements that harmless ones make, and mentions and links nothing', () => {
    const MARKDOWN: Readonly<Record<string, (report: Report) => string>> = {
      summary: renderSummary,
      comparison: report => renderComparisonMarkdown(compared(report, report.choice?.goproxy ?? '')),
      bench: renderBenchMarkdown,
      refusal: ({ warnings, failure }) => renderRefusal(failure === null ? warnings : [failure, ...warnings]),
    }
    fc.assert(
      fc.property(hostileTexts, texts => {
        for (const { evil, twin } of hostileTwins(texts))
          for (const [name, render] of Object.entries(MARKDOWN)) {
            const markdown = render(evil)
            expect([name, findControl(markdown.replaceAll('\ufe0f', ''))]).toEqual([name, []])
            const shapes = shapeOfMarkdown(markdown)
            expect([name, skeleton(withoutLinks(shapes))]).toEqual([
              name,
              skeleton(withoutLinks(shapeOfMarkdown(render(twin)))),
            ])
            expectOwnLinks(shapes)
            expect(proseIn(shapes)).not.toMatch(/@[\w-]|#\d|\bgh-\d/i)
          }
      }),
      { numRuns: 15 },
    )
  })

  test('the page is the document that harmless ones make, its pictures are XML, its JSON is the report', () => {
    fc.assert(
      fc.property(hostileTexts, texts => {
        for (const { evil, twin } of hostileTwins(texts)) {
          const page = renderPage(evil)
          expect(findControl(page)).toEqual([])
          const shapes = shapeOfPage(page)
          expect(skeleton(withoutLinks(shapes))).toBe(skeleton(withoutLinks(shapeOfPage(renderPage(twin)))))
          expectOwnLinks(shapes)
          const inside = shapes.find(({ attributes }) => attributes['id'] === 'report')
          expect(JSON.parse(inside?.text ?? '')).toEqual(JSON.parse(JSON.stringify(evil)))
          const pictures = page.match(/<svg[\s\S]*?<\/svg>/g) ?? []
          for (const picture of pictures) expectXml(picture)
          expect(pictures.length).toBeGreaterThan(0)
        }
      }),
      { numRuns: 6 },
    )
  })

  test('JSON is read as it was, and nothing in it is obeyed', () => {
    fc.assert(
      fc.property(hostileTexts, texts => {
        for (const { evil } of hostileTwins(texts)) {
          const plain: unknown = JSON.parse(JSON.stringify(evil))
          const done = { report: evil } as Parameters<typeof RUN.toJson>[0]
          const all = [
            renderReport(evil),
            renderTrace(evil),
            renderJson(compared(evil, texts[0] ?? '')),
            planOutputs(evil, undefined)['benchmark'] ?? '',
            RUN.toJson(done),
            BENCH.toJson(done),
          ]
          for (const json of all) {
            expect(findControl(json)).toEqual([])
            expect(() => JSON.parse(json)).not.toThrow()
          }
          expect(JSON.parse(all[0] ?? '')).toEqual(plain)
          expect(JSON.parse(RUN.toJson(done)).choice).toEqual(JSON.parse(JSON.stringify(evil.choice)))
        }
      }),
      { numRuns: 12 },
    )
  })

  test('of a kept report no terminal and no runner obeys anything, at any width', () => {
    const width = fc.option(fc.integer({ min: 20, max: 120 }), { nil: undefined })
    fc.assert(
      fc.property(hostileTexts, width, (texts, columns) => {
        for (const { evil } of hostileTwins(texts)) {
          const read = readKeptReport(texts[0] ?? '', JSON.stringify(evil))
          if (!read.ok) throw new Error(read.problems[0]?.message)
          const screen = plainScreen(columns)
          const all = [
            ...Object.values(VIEWS).map(view => view(read.value, screen).replaceAll('\ufe0f', '')),
            renderComparison(compared(read.value, texts[0] ?? '')),
            renderBench(read.value, screen),
          ]
          for (const text of all) expect(findControl(text)).toEqual([])
        }
      }),
      { numRuns: 12 },
    )
  })

  test('the log of a job has the commands that harmless ones make, and the log of a terminal none', async () => {
    const OURS = ['group', 'endgroup', 'warning', 'notice', 'error']
    await fc.assert(
      fc.asyncProperty(hostileTexts, fc.integer({ min: 20, max: 120 }), async (texts, columns) => {
        for (const { evil, twin } of hostileTwins(texts)) {
          const [log, other] = [await jobLogOf(evil), await jobLogOf(twin)]
          expect(findControl(log, name => OURS.includes(name))).toEqual([])
          const commands = (text: string) =>
            text
              .split('\n')
              .map(line => parseCommand(line))
              .filter(one => one !== undefined)
          const named = (text: string) => commands(text).map(({ name, props }) => [name, ...Object.keys(props)])
          expect(named(log)).toEqual(named(other))
          for (const { data } of commands(log)) expect(findControl(data)).toEqual([])
          const drawn: string[] = []
          const terminal = { isTTY: true, columns, write: (part: string) => drawn.push(part) }
          await tell(evil, terminalLog(terminal, systemClock, { color: false, debugging: false }))
          expect(findControl(drawn.join(''))).toEqual([])
        }
      }),
      { numRuns: 15 },
    )
  })
})

/** What the toolkit writes to standard output. */
async function jobLogOf(report: Report): Promise<string> {
  let text = ''
  const write = jest.spyOn(process.stdout, 'write').mockImplementation(chunk => {
    text += String(chunk)
    return true
  })
  try {
    await tell(report, actionsLog(systemClock, '/w'))
  } finally {
    write.mockRestore()
  }
  return text
}

/** Names of all kinds. */
const LARGE: Report = {
  ...told,
  phases: told.phases.map((phase, i) => ({ ...phase, name: hostileName(i) })),
  warnings: Array.from({ length: 50 }, (_, i) => ({ code: 'C', message: hostileName(i), hint: hostileName(i + 1) })),
  requests: Array.from({ length: 5_000 }, (_, i) =>
    request({
      module: hostileName(i),
      version: hostileName(i % 97),
      proxy: hostileName(i % 4),
      startMs: 100 * Math.floor(i / 64),
      ms: 100,
      hashStartMs: i,
      hashMs: 0.5,
    }),
  ),
}

describe('5,000 modules with hostile names', () => {
  const page = renderPage(LARGE)

  test('are only read in every format, each module and each request', async () => {
    expect(
      findControl(
        [page, renderReport(LARGE), renderSummary(LARGE), renderTrace(LARGE)].join('\n').replaceAll('\ufe0f', ''),
      ),
    ).toEqual([])
    expect(JSON.parse(renderReport(LARGE))).toEqual(JSON.parse(JSON.stringify(LARGE)))
    const shapes = shapeOfPage(page)
    expect(shapes.filter(({ name }) => name === 'rect').length).toBeGreaterThanOrEqual(5_000)
    for (const picture of page.match(/<svg[\s\S]*?<\/svg>/g) ?? []) expectXml(picture)
    const tracks = await readTrace(renderTrace(LARGE))
    expect(tracks.flatMap(({ spans }) => spans)).toHaveLength(3 + 5_000 + 5_000 + 1)
  })

  inBrowser('in a browser', () => {
    const cleanUp = cleanUpAfterEach()

    test('neither run, load nor ask for anything', async () => {
      const path = join(cleanUp.directory('hostile-'), 'page.html')
      writeFileSync(path, page)
      const { page: tab, faults } = cleanUp(await openFile(cleanUp(await startBrowser()), path))
      expect(await tab.locator('img, iframe, object, embed, base, form, link, image, foreignObject').count()).toBe(0)
      expect(faults).toEqual([])
    })
  })
})

describe('a secret in any text', () => {
  const SECRET = 'tOkEn-0123456789&<b>'
  /** As it was sent, and as it could be sent back: what takes no place in it goes when it is shown. */
  const between = (one: string) => SECRET.split('').join(one)
  const WAYS = [
    ['alone', SECRET],
    ['between words', `a ${SECRET} b`],
    ['with zero-width spaces', between('\u200b')],
    ['with marks of direction', between('\u202e')],
    ['with controls', between('\0')],
    ['with escape sequences', between('\u001b[1m')],
    ['with variation selectors', between('\ufe0f')],
  ] as const

  test.each(WAYS)('is in no file and no line: %s', async (_, way) => {
    const lines: string[] = []
    const log = terminalLog({ write: line => lines.push(String(line)) }, systemClock, {
      color: false,
      debugging: false,
    })
    log.mask(SECRET)
    for (const report of REPORTS) {
      const redacted = redactReport(
        withTexts(report, () => way),
        log.redact,
      )
      await tell(redacted, log)
      const files = [renderReport, renderSummary, renderPage, renderTrace, renderBenchMarkdown].map(render =>
        render(redacted),
      )
      const all = [...files, planOutputs(redacted, undefined)['benchmark'] ?? '', lines.join('')].join('\n')
      // As a reader sees it: invisible characters and references are undone.
      const seen = all
        .replace(/\\u([0-9a-f]{4})/g, (_, unit) => String.fromCharCode(Number.parseInt(unit, 16)))
        .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
      const shown = sanitizeLines(seen.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'), {
        lineBytes: 1e8,
        totalBytes: 1e9,
      }).join('\n')
      expect(all).toContain('***')
      for (const form of [SECRET, SECRET.slice(0, 12)]) expect(shown.includes(form)).toBe(false)
    }
  })
})
