import { pathToFileURL } from 'node:url'
import { describe } from '@jest/globals'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { executablePath } from './chromium.ts'

export { startBrowser } from './chromium.ts'

/** `describe` for tests that need a browser. Without one they are skipped, and their name says why. */
export function inBrowser(name: string, tests: () => void): void {
  if (executablePath === undefined) describe.skip(`${name} (no chromium here)`, tests)
  else describe(name, tests)
}

/** A file in a tab of its own. */
export interface Tab {
  readonly page: Page
  /** What a page without faults has none of: errors, warnings of the console, dialogs, and requests beyond its own file. */
  readonly faults: readonly string[]
  close(): Promise<void>
}

/** @param path of an HTML file @param look the width of the window, dark or light, with or without scripts … */
export async function openFile(browser: Browser, path: string, look: BrowserContextOptions = {}): Promise<Tab> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...look })
  const page = await context.newPage()
  const faults: string[] = []
  const address = pathToFileURL(path).href
  page.on('pageerror', error => faults.push(`error: ${error.message}`))
  page.on('console', message => {
    if (['error', 'warning'].includes(message.type())) faults.push(`console: ${message.text()}`)
  })
  page.on('dialog', dialog => {
    faults.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('request', request => {
    if (request.url() !== address) faults.push(`request: ${request.url().slice(0, 200)}`)
  })
  page.on('popup', popup => faults.push(`window: ${popup.url()}`))
  await page.goto(address)
  return { page, faults, close: () => context.close() }
}
