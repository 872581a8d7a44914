// Apart from Jest, for benchmarks measure with it, too.
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

/** As distributions and runners name it. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome']

/** The browser of this machine; undefined: there is none. */
export const executablePath = (process.env['PATH'] ?? '')
  .split(delimiter)
  .flatMap(directory => NAMES.map(name => join(directory, name)))
  .find(isExecutable)

/** Starts the browser, which is to be closed. It cannot reach the network. */
export async function startBrowser(): Promise<Browser> {
  if (executablePath === undefined) throw new Error(`There is none of ${NAMES.join(', ')} in PATH.`)
  return await chromium.launch({
    executablePath,
    // Containers run tests as root, for whom it has no sandbox; and their /dev/shm is small.
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--host-resolver-rules=MAP * ~NOTFOUND'],
  })
}

/** A file in a tab of its own. */
export interface Tab {
  readonly page: Page
  /** What a page without faults has none of: errors, warnings of the console, dialogs, and requests beyond its own file. */
  readonly faults: readonly string[]
  /** From asking for the file until all of it was there, its script had run, and it was laid out. */
  readonly openedMs: number
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
  const fromMs = performance.now()
  await page.goto(address)
  // Which is known once it is laid out.
  await page.locator('body').boundingBox()
  return { page, faults, openedMs: performance.now() - fromMs, close: () => context.close() }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
