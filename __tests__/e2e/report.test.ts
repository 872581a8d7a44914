import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { buildModule } from '../../src/demo/modules.ts'
import { startProxy } from '../../src/demo/proxy.ts'
import type { Report } from '../../src/report/report.ts'
import { findSchemaFaults } from '../support/builders/report-schema.ts'
import { compareTimes, readTrace } from '../support/builders/trace-reader.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { DIST, QUICK_POLICY } from '../support/worlds/action.ts'
import { goEnvironment, projectOf } from '../support/worlds/project.ts'
import { type RanProgram, runProgram } from '../support/worlds/run-program.ts'

const cleanUp = cleanUpAfterEach()

const modules = Array.from({ length: 4 }, (_, i) => buildModule({ path: `example.com/m${i}`, version: 'v1.0.0' }))

function runWith(
  env: Readonly<Record<string, string>>,
  cwd: string,
): (...args: readonly string[]) => Promise<RanProgram> {
  return (...args) => runProgram(process.execPath, [DIST, ...args], { env, cwd })
}

test('a run writes report and trace; the kept report gives every view and is compared', async () => {
  const project = cleanUp(projectOf(modules))
  const { directory } = project
  const env = goEnvironment(project, {
    GO_PROXY_SETUP_POLICY: QUICK_POLICY,
    TMPDIR: dirname(directory),
    GONOSUMDB: 'none.example',
    GO_PROXY_SETUP_TRACE_FILE: 'trace.json',
  })
  const run = runWith(env, directory)
  const proxies = [cleanUp(await startProxy({ modules })), cleanUp(await startProxy({ modules, latencyMs: 40 }))]
  const urls = proxies.map(({ url }) => url).join(' ')
  const { code, stderr } = await run('run', '--proxies', urls, '--report', 'before.json')
  expect([code, stderr]).toEqual([0, expect.not.stringContaining('NOT_WRITTEN')])

  const text = readFileSync(join(directory, 'before.json'), 'utf8')
  const report = JSON.parse(text) as Report
  const { requests = [], phases, download } = report
  expect(findSchemaFaults(report)).toEqual([])
  const found = requests.filter(({ file, outcome }) => file === 'zip' && outcome === 'found')
  expect(new Set(found.map(({ module }) => module)).size).toBe(4)
  const written = readFileSync(join(directory, 'trace.json'), 'utf8')
  const tracks = await readTrace(written)
  expect(compareTimes(report, tracks)).toEqual([])
  expect(tracks.filter(({ depth }) => depth !== 1)).toEqual([])
  const hashed = tracks.filter(({ name }) => name.startsWith('hashing')).map(({ spans }) => spans.map(one => one.name))
  expect(hashed).toEqual([expect.arrayContaining([expect.stringMatching(/^example\.com\/m\d@v1\.0\.0\.zip$/)])])

  const show = async (format: string) => (await run('report', 'show', 'before.json', '--format', format)).stdout
  expect(await show('trace')).toBe(written)
  expect(await show('metrics')).toMatch(/^go_proxy_setup_download_modules 4$/m)
  expect(await show('html')).toMatch(/^<!doctype html>[\s\S]*<rect /)
  expect(await show('summary')).toMatch(/^### .*Go modules: [\s\S]*#### Candidates/)
  expect(await show('text')).toMatch(/4 modules[\s\S]*\nCandidates\n[\s\S]*\nWhere the time went\n/)

  const slower = phases.map(phase => (phase.name === 'download' ? { ...phase, ms: phase.ms + 60_000 } : phase))
  mkdirSync(join(directory, 'after'))
  writeFileSync(
    join(directory, 'after/report.json'),
    JSON.stringify({ ...report, phases: slower, download: { ...download, seconds: 70 } }),
  )
  const compared = await run('report', 'compare', 'before.json', 'after/report.json', '--threshold', '50%')
  expect([compared.code, compared.stderr]).toEqual([
    1,
    expect.stringMatching(/download takes .* longer.*REPORT_REGRESSION/),
  ])
  expect(compared.stdout).toMatch(/whole time .* \+\d+ %\n/)
  const byTime = (much: string) => run('report', 'compare', 'before.json', 'after/report.json', '--threshold', much)
  expect([(await byTime('2s')).code, (await byTime('30min')).code]).toEqual([1, 0])
  const same = await run('report', 'compare', 'before.json', 'before.json', '--threshold', '0', '--format', 'json')
  expect([same.code, JSON.parse(same.stdout).regressions]).toEqual([0, []])
  expect(same.stderr).toMatch(/before\.json is named twice/)
  const newer = join(directory, 'newer.json')
  writeFileSync(newer, JSON.stringify({ ...report, version: 2 }))
  const refused = await run('report', 'show', newer)
  expect([refused.code, refused.stderr]).toEqual([
    2,
    expect.stringMatching(/of version 2; this program reads version 1/),
  ])
})

describe('wrong usage of report is 2', () => {
  test.each<[string, readonly string[], RegExp]>([
    ['no verb', ['report'], /show[\s\S]*compare/],
    ['an unknown verb', ['report', 'shwo', 'r.json'], /unknown command/],
    ['no file', ['report', 'show'], /missing required argument 'file'/],
    ['a file that is not there', ['report', 'show', 'no.json'], /no\.json cannot be read: there is no such file/],
    ['a file that is no report', ['report', 'show', DIST], /is not a report: it is not JSON/],
    ['an unknown format', ['report', 'show', 'r.json', '--format', 'pdf'], /'pdf' is invalid/],
    ['one report', ['report', 'compare', 'r.json'], /nothing to compare it with/],
    ['a threshold that is none', ['report', 'compare', 'a', 'b', '--threshold', 'x'], /a share, such as 20 or 20%, or/],
    ['one that may mean two', ['report', 'compare', 'a', 'b', '--threshold', '0.2'], /Write 20% or 0\.2%, whichever/],
    ['a directory', ['report', 'compare', '.', '.'], /cannot be read: it is a directory/],
  ])('%s', async (_, args, says) => {
    const project = cleanUp(projectOf(modules))
    const { code, stdout, stderr } = await runWith(goEnvironment(project), project.directory)(...args)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(says)
    expect(stderr).not.toMatch(/\n {4}at /)
  })
})
