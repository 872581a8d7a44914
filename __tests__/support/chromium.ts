import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'

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

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
