import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from '@jest/globals'
import type { Browser, BrowserContextOptions } from 'playwright-core'
import { renderPage } from '../../src/report/page.ts'
import { buildReport, type Report } from '../../src/report/report.ts'
import { inBrowser, openFile, startBrowser, type Tab } from '../support/browser.ts'
import { fullStory } from '../support/builders/story.ts'
import { cleanUpAfterAll, cleanUpAfterEach } from '../support/clean-up.ts'

const report = buildReport(fullStory())

inBrowser('the page in a browser', () => {
  const atEnd = cleanUpAfterAll()
  const cleanUp = cleanUpAfterEach()
  let browser: Browser
  beforeAll(async () => {
    browser = atEnd(await startBrowser())
  })

  async function open(shown: Report, look?: BrowserContextOptions): Promise<Tab> {
    const path = join(cleanUp.directory('page-'), 'report.html')
    writeFileSync(path, renderPage(shown))
    return cleanUp(await openFile(browser, path, look))
  }

  test('shows the report and asks for nothing', async () => {
    const { page, faults } = await open(report)
    expect(await page.locator('h1').textContent()).toContain('proxy.example, 3 modules')
    expect(faults).toEqual([])
  })
})
