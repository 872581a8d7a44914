import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { executablePath, startBrowser } from '../__tests__/support/chromium.ts'
import { modulesIn } from '../src/report/modules.ts'
import { renderPage } from '../src/report/page.ts'
import type { Report } from '../src/report/report.ts'

export interface MeasuredPage {
  readonly bytes: number
  /** Until it was drawn, each time it was opened; undefined: there is no browser here. */
  readonly openMs: readonly number[] | undefined
}

/** The page of this report if its job had had so many modules. */
export async function measurePage(report: Report, modules: number, times: number): Promise<MeasuredPage> {
  const page = renderPage(grow(report, modules))
  const bytes = Buffer.byteLength(page)
  if (executablePath === undefined) return { bytes, openMs: undefined }
  const directory = mkdtempSync(join(tmpdir(), 'page-'))
  try {
    const path = join(directory, 'page.html')
    writeFileSync(path, page)
    return { bytes, openMs: await open(pathToFileURL(path).href, times) }
  } finally {
    rmSync(directory, { recursive: true })
  }
}

/** The same requests over and over, for other modules with names as long as usual, one after the other. */
function grow(report: Report, modules: number): Report {
  const { requests = [], project } = report
  const had = modulesIn(requests).length
  const lastMs = Math.max(...requests.map(({ startMs, ms }) => startMs + ms))
  const copies = Array.from({ length: Math.ceil(modules / had) }, (_, copy) =>
    requests.map(request => ({
      ...request,
      module: request.module && `github.com/some-organisation/repository${copy}/${request.module.split('/').at(-1)}`,
      startMs: request.startMs + copy * lastMs,
      ...(request.hashStartMs === undefined ? {} : { hashStartMs: request.hashStartMs + copy * lastMs }),
    })),
  )
  return { ...report, project: project && { ...project, modules, missing: modules }, requests: copies.flat() }
}

async function open(address: string, times: number): Promise<readonly number[]> {
  const browser = await startBrowser()
  try {
    const taken: number[] = []
    for (let i = 0; i < times; i++) {
      const page = await browser.newPage()
      const start = performance.now()
      await page.goto(address)
      // The second frame begins when the first one was drawn.
      await page.evaluate('new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))')
      taken.push(performance.now() - start)
      await page.close()
    }
    return taken
  } finally {
    await browser.close()
  }
}
