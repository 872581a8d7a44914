import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { renderPage } from '../../src/report/page.ts'
import { buildReport, type Report } from '../../src/report/report.ts'
import { inBrowser, openFile, startBrowser, type Tab } from '../support/browser.ts'
import { simulateReport } from '../support/builders/simulated-report.ts'
import { fullStory, request } from '../support/builders/story.ts'
import { cleanUpAfterAll, cleanUpAfterEach } from '../support/clean-up.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const full = buildReport(fullStory())
const proxies = ['https://proxy.golang.org', 'https://goproxy.cn']
const small = simulateReport({ modules: 30, proxies, failing: 0.1 })
/** More requests than have a line each. */
const large = simulateReport({ modules: 220, proxies, failing: 0.05 })

inBrowser('the page in a browser', () => {
  const atEnd = cleanUpAfterAll()
  const cleanUp = cleanUpAfterEach()
  let browser: Browser
  beforeAll(async () => {
    browser = atEnd(await startBrowser())
  })

  async function open(report: Report, look?: BrowserContextOptions): Promise<Tab> {
    const path = join(cleanUp.directory('page-'), 'report.html')
    writeFileSync(path, renderPage(report))
    return cleanUp(await openFile(browser, path, look))
  }

  const shownNames = (page: Page) => page.locator('#requests-names text').allTextContents()
  const shownRows = (page: Page) =>
    page.locator('#module-table tbody tr:not([hidden]) td:first-child').allTextContents()
  const number = async (page: Page, expression: string) => Number(await page.evaluate(expression))
  const zoomOf = (page: Page) => number(page, "parseFloat(getComputedStyle(chart).getPropertyValue('--zoom'))")

  test('without scripts has all its content, and nothing that needs them', async () => {
    const { page, faults } = await open(full, { javaScriptEnabled: false })
    const text = await page.locator('body').textContent()
    for (const told of ['other.example sent wrong content.', 'its content does not match go.sum', 'GOSUMDB', '9 MB'])
      expect(text).toContain(told)
    expect(await page.locator('#requests rect:visible').count()).toBeGreaterThanOrEqual(4)
    expect(await page.locator('#rate path').isVisible()).toBe(true)
    expect(await page.locator('input:visible, button:visible, select:visible').count()).toBe(0)
    expect(faults).toEqual([])
  })

  test('on a telephone cuts no usual name, and writes nothing beside the bars that has no room', async () => {
    const { page, faults } = await open(full, { viewport: { width: 400, height: 800 } })
    const cut = `[...document.querySelectorAll('svg.name text')].filter(text =>
      text.getBoundingClientRect().left < text.closest('svg').getBoundingClientRect().left).map(one => one.textContent)`
    expect(await page.evaluate(cut)).toEqual([])
    expect(await page.locator('#requests text:visible').count()).toBe(0)
    expect(await page.locator('#requests rect:visible').count()).toBeGreaterThanOrEqual(4)
    expect(await number(page, 'document.documentElement.scrollWidth')).toBe(400)
    expect(faults).toEqual([])
  })

  test('filters by proxy, file and kind of request; with few left, each has its name', async () => {
    const { page, faults } = await open(large)
    const all = large.requests ?? []
    const told = () => page.locator('#shown').textContent()
    expect(await told()).toBe(`${all.length} requests, 1 ×`)
    expect(await shownNames(page)).toHaveLength(2)
    await page.getByRole('combobox', { name: 'Proxy' }).selectOption('goproxy.cn')
    const cn = all.filter(({ proxy }) => proxy === 'https://goproxy.cn')
    expect(await told()).toBe(`${cn.length} requests, 1 ×`)
    await page.getByLabel('.mod').uncheck()
    const zips = cn.filter(({ file }) => file === 'zip')
    expect(await shownNames(page)).toHaveLength(zips.length)
    const peak = await page.locator('#in-flight-peak').textContent()
    for (const name of ['probe of the benchmark', 'download', 'failed or stopped'])
      await page.getByLabel(name, { exact: true }).uncheck()
    const retries = zips.filter(({ attempt }) => attempt > 0)
    expect(await shownNames(page)).toEqual(retries.map(({ module, version }) => `${module}@${version} zip`))
    expect(retries.length).toBeGreaterThan(0)
    expect(await page.locator('#in-flight-peak').textContent()).not.toBe(peak)
    expect(faults).toEqual([])
  })

  test('a search finds modules in chart and table; a title puts the table in order', async () => {
    const { page, faults } = await open(small)
    await page.getByLabel('Module', { exact: true }).fill('KUBERNETES')
    const rows = await shownRows(page)
    expect(rows.length).toBeGreaterThan(1)
    expect([...rows, ...(await shownNames(page))].filter(name => !name.includes('kubernetes'))).toEqual([])
    await page.getByLabel('Module', { exact: true }).fill('')
    const table = page.locator('#module-table')
    const cells = (column: number) => table.locator(`tbody td:nth-child(${column})`).allTextContents()
    await table.getByRole('button', { name: 'Module' }).click()
    expect(await cells(1)).toEqual([...(await cells(1))].sort())
    expect(await table.locator('th').first().getAttribute('aria-sort')).toBe('ascending')
    await table.getByRole('button', { name: 'Requests' }).press('Enter')
    const counts = (await cells(3)).map(Number)
    expect(counts).toEqual([...counts].sort((a, b) => b - a))
    expect(new Set(counts).size).toBeGreaterThan(1)
    await table.getByRole('button', { name: 'Requests' }).press('Enter')
    expect((await cells(3)).map(Number)).toEqual([...counts].reverse())
    expect(faults).toEqual([])
  })

  test('of very many modules the first are shown until a button shows all; a search finds each', async () => {
    const many = Array.from({ length: 620 }, (_, i) => request({ module: `example.com/m${i}`, ms: 1 + i }))
    const { page } = await open({ ...full, requests: many })
    const visible = page.locator('#module-table tbody tr:visible')
    expect(await visible.count()).toBe(500)
    await page.getByLabel('Module', { exact: true }).fill('/m0@')
    expect(await visible.allTextContents()).toEqual([expect.stringContaining('example.com/m0@')])
    expect(await page.locator('#all-modules').isVisible()).toBe(false)
    await page.getByLabel('Module', { exact: true }).fill('')
    await page.getByRole('button', { name: 'Show all 620' }).click()
    expect(await visible.count()).toBe(620)
  })

  test('keys zoom, move and choose', async () => {
    const { page, faults } = await open(small)
    const frame = page.locator('#chart')
    const ticks = await page.locator('#times text').count()
    await frame.focus()
    for (let i = 0; i < 4; i++) await page.keyboard.press('+')
    await page.keyboard.press('-')
    expect(await zoomOf(page)).toBeCloseTo(1.5 ** 3)
    expect(await page.locator('#times text').count()).toBeGreaterThan(ticks)
    expect(await number(page, 'plot.scrollWidth / chart.clientWidth')).toBeGreaterThan(1.5)
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    const [, second] = small.requests ?? []
    expect(await page.getByRole('status').last().textContent()).toContain(`${second?.module}@${second?.version}`)
    // It was moved from below the names.
    const [chosen, names] = await Promise.all(
      ['#requests rect.on', '#requests-names'].map(at => page.locator(at).first().boundingBox()),
    )
    expect(chosen?.x).toBeGreaterThan((names?.x ?? 0) + (names?.width ?? 0))
    await page.keyboard.press('Escape')
    expect(await page.locator('#details').isVisible()).toBe(false)
    await page.keyboard.press('0')
    expect(await zoomOf(page)).toBe(1)
    expect(faults).toEqual([])
  })

  test('the pointer zooms where it is, drags, and is told what it is on', async () => {
    const { page, faults } = await open(small)
    const bar = page.locator('#requests rect[data-at="30"]').last()
    await bar.scrollIntoViewIfNeeded()
    await bar.hover()
    const name = small.requests?.[30]?.module as string
    expect(await page.locator('#details').textContent()).toMatch(new RegExp(`${name}@.*goproxy.*first byte after \\d`))
    const centre = async () => {
      const box = await bar.boundingBox()
      return (box?.x ?? 0) + (box?.width ?? 0) / 2
    }
    const before = await centre()
    await page.keyboard.down('Control')
    await page.mouse.wheel(0, -300)
    await page.keyboard.up('Control')
    await page.waitForFunction("chart.style.getPropertyValue('--zoom') > 2")
    expect(Math.abs((await centre()) - before)).toBeLessThan(4)
    const left = await number(page, 'chart.scrollLeft')
    const [x = 0, y = 0] = [before, (await bar.boundingBox())?.y]
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.move(x - 60, y)
    await page.mouse.up()
    expect(await number(page, 'chart.scrollLeft')).toBeCloseTo(left + 60, -1)
    await page.locator('#rate').hover()
    expect(await page.locator('#details').textContent()).toMatch(/^at .*: .*B\/s, [\d.]+ requests? in flight$/)
    await page.getByRole('button', { name: 'Whole run' }).click()
    expect(await zoomOf(page)).toBe(1)
    expect(faults).toEqual([])
  })

  describe('axe-core finds nothing', () => {
    const looks = [
      ['light', 'light', 1280, full],
      ['dark', 'dark', 1280, full],
      ['light, narrow, many', 'light', 400, large],
      ['dark, a failure', 'dark', 400, failed(full)],
    ] as const
    test.each(looks)('%s', async (_, colorScheme, width, report) => {
      const { page } = await open(report, { colorScheme, viewport: { width, height: 800 } })
      await page.evaluate(AXE)
      const found = await page.evaluate<{ id: string; nodes: string[] }[]>(
        'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) })))',
      )
      expect(found).toEqual([])
    })
  })

  test('hostile names are shown, and run nothing', async () => {
    const bad = [
      '<img src=x onerror=alert(1)>',
      '"><script>alert(1)</script>',
      '</script><script>alert(1)</script>',
      '<!--',
    ]
    const evil: Report = {
      ...failed(full),
      requests: bad.map((name, i) => request({ module: name, proxy: name, version: name, startMs: 100 * i })),
      warnings: bad.map(message => ({ code: message, message, hint: message })),
      phases: bad.map((name, i) => ({ name, startMs: i, ms: 40 })),
    }
    const { page, faults } = await open(evil)
    expect(await shownNames(page)).toEqual(bad.map(name => `${name}@${name} zip`))
    await page.getByLabel('Module', { exact: true }).fill('<img')
    expect(await shownNames(page)).toHaveLength(1)
    await page.locator('#requests rect').first().hover()
    expect(await page.locator('#details').textContent()).toContain(bad[0])
    expect(await page.locator('script').count()).toBe(2)
    expect(await page.locator('img').count()).toBe(0)
    expect(faults).toEqual([])
  })

  test('the policy stops what a hole would let in: scripts, handlers, pictures, and markup of a text', async () => {
    const asked: string[] = []
    const server = createServer(({ url = '' }, response) => {
      asked.push(url)
      response.end()
    })
    cleanUp(() => server.close())
    const port = await new Promise<number>(resolve => {
      server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
    })
    const picture = `<img src="http://127.0.0.1:${port}/x" onerror="document.title = 1">`
    const hole = `<script>document.title = "run"</script>${picture}`
    const path = join(cleanUp.directory('page-'), 'report.html')
    writeFileSync(path, renderPage(full).replace('</main>', `${hole}</main>`))
    const { page, faults } = cleanUp(await openFile(browser, path))
    expect(await page.title()).toContain('3 modules')
    expect(faults.join('\n')).toMatch(/script-src[\s\S]*img-src/)
    expect(asked).toEqual([])
    await expect(page.evaluate("document.body.innerHTML = '<b>x</b>'")).rejects.toThrow(/TrustedHTML/)
  })
})

function failed(report: Report): Report {
  const said = ['go: example.com/a@v1.0.0: verifying module: checksum mismatch']
  const failure = { code: 'CHECKSUM_MISMATCH', message: 'It is not what go.sum says.\n  line 12', hint: 'Ask.' }
  return { ...report, outcome: 'failure', failure, download: report.download && { ...report.download, said } }
}
