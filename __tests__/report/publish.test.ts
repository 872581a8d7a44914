import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { type PublishOptions, publish } from '../../src/report/publish.ts'
import { systemClock } from '../../src/runner/clock.ts'
import { terminalLog } from '../../src/runner/terminal-log.ts'
import { fullStory } from '../support/builders/story.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { realFiles } from '../support/worlds/effects.ts'

const cleanUp = cleanUpAfterEach()
const onPosix = process.platform === 'win32' ? test.skip : test

/** A workspace with a place of each kind that is hard to write to. */
function createWorkspace() {
  const root = cleanUp.directory('publish-')
  const workspace = join(root, 'workspace')
  mkdirSync(join(workspace, 'directory'), { recursive: true })
  mkdirSync(join(root, 'elsewhere'))
  symlinkSync(join(root, 'elsewhere'), join(workspace, 'leads-out'))
  execFileSync('mkfifo', [join(workspace, 'fifo')])
  return { root, workspace }
}

const log = terminalLog({ write: () => {} }, systemClock, { color: false, debugging: false })

/** Publishes with outputs, and says what was set. */
async function publishIn(workspace: string, options: Partial<PublishOptions>) {
  const outputs = new Map<string, string>()
  const report = await publish(fullStory(), { workspace, summary: true, ...options }, { files: realFiles, log }, {
    setOutput: (name, value) => void outputs.set(name, value),
    appendSummary: async markdown => void outputs.set('summary', markdown),
  } as Parameters<typeof publish>[3])
  return { report, outputs }
}

const VIEWS = [
  ['tracePath', 'TRACE_NOT_WRITTEN', 'trace-file'],
  ['pagePath', 'PAGE_NOT_WRITTEN', 'html-file'],
  ['metricsPath', 'METRICS_NOT_WRITTEN', 'metrics-file'],
  ['namedPath', 'REPORT_NOT_WRITTEN', 'report-file'],
] as const

onPosix.each(VIEWS)(
  'where the file of %s cannot be written there is one warning, and all else is done',
  async (view, code, input) => {
    const { root, workspace } = createWorkspace()
    const ownPath = join(root, 'own.json')
    const places = [
      'missing/file',
      'directory',
      'fifo',
      'leads-out/file',
      ...(process.platform === 'linux' ? ['/dev/full'] : []),
    ]
    for (const place of places) {
      const path = place.startsWith('/') ? place : join(workspace, place)
      const { report, outputs } = await publishIn(workspace, { ownPath, [view]: path })
      const added = report.warnings.filter(warning => warning.code.endsWith('_NOT_WRITTEN'))
      expect([place, added.map(warning => warning.code)]).toEqual([place, [code]])
      expect(added[0]?.message).toContain(path)
      expect(added[0]?.hint).toContain(input)
      expect(outputs.get('report')).toBe(ownPath)
      expect(outputs.get('summary')).toContain('Go modules')
      expect(JSON.parse(readFileSync(ownPath, 'utf8'))).toHaveProperty('version', 1)
    }
    await expect(realFiles.kind(join(root, 'elsewhere/file'))).resolves.toBeUndefined()
  },
)

onPosix('report and trace are written beside each other', async () => {
  const { workspace } = createWorkspace()
  const [namedPath, tracePath] = [join(workspace, 'report.json'), join(workspace, 'trace.json')]
  const { report, outputs } = await publishIn(workspace, { namedPath, tracePath })
  expect(report.warnings.map(({ code }) => code)).toEqual(['PROXY_SENT_WRONG_CONTENT'])
  expect(outputs.get('report')).toBe(namedPath)
  expect(JSON.parse(readFileSync(tracePath, 'utf8'))).toHaveProperty('traceEvents')
})

onPosix('the metrics replace those of the last run at once, and any user may read them', async () => {
  const { workspace } = createWorkspace()
  const metricsPath = join(workspace, 'go.prom')
  writeFileSync(metricsPath, 'old 1\n', { mode: 0o600 })
  const before = statSync(metricsPath).ino
  const umask = process.umask(0o077)
  try {
    await publishIn(workspace, { metricsPath })
  } finally {
    process.umask(umask)
  }
  const { mode, ino } = statSync(metricsPath)
  expect([mode & 0o777, ino === before]).toEqual([0o644, false])
  expect(readFileSync(metricsPath, 'utf8')).toMatch(/^# HELP go_proxy_setup_info /)
  expect(readdirSync(workspace).filter(name => name.startsWith('.'))).toEqual([])
})
