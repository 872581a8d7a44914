import { describe } from '@jest/globals'
import { executablePath } from './chromium.ts'

export { openFile, startBrowser, type Tab } from './chromium.ts'

/** `describe` for tests that need a browser. Without one they are skipped, and their name says why. */
export function inBrowser(name: string, tests: () => void): void {
  if (executablePath === undefined) describe.skip(`${name} (no chromium here)`, tests)
  else describe(name, tests)
}
