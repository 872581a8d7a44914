import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from '@jest/globals'
import { buildModule } from '../../src/demo/modules.ts'
import { startProxy } from '../../src/demo/proxy.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { DIST, QUICK_POLICY } from '../support/worlds/action.ts'
import { parseCommand } from '../support/worlds/fake-runner.mjs'
import { goEnvironment, projectOf } from '../support/worlds/project.ts'
import { runProgram } from '../support/worlds/run-program.ts'

const cleanUp = cleanUpAfterEach()
const onLinux = process.platform === 'linux' ? test : test.skip
const hasMounts = () => spawnSync('unshare', ['-rm', 'sh', '-c', 'mount -t tmpfs tmpfs /mnt']).status === 0

/** Where no file can come to be, from the workspace on; `tiny` is a disk of one page. */
const PLACES = [
  'missing/file',
  'directory',
  'fifo',
  '/dev/full',
  'leads-out/file',
  'file/file',
  '/proc/file',
  'loop',
  ...(hasMounts() ? ['tiny/file'] : []),
]

/** What is written, and the code of the warning that it was not. */
const WRITTEN = {
  'INPUT_REPORT-FILE': 'REPORT_NOT_WRITTEN',
  'INPUT_TRACE-FILE': 'TRACE_NOT_WRITTEN',
  'INPUT_HTML-FILE': 'PAGE_NOT_WRITTEN',
  GITHUB_STEP_SUMMARY: 'RUNNER_COMMAND_FILE',
} as const

const modules = Array.from({ length: 12 }, (_, i) => buildModule({ path: `example.com/m${i}`, version: 'v1.0.0' }))

/** A step whose files go to these places. @returns how it ended, its warnings by code, and what is in the workspace afterwards */
async function runStep(proxy: string, places: Readonly<Record<keyof typeof WRITTEN, string>>) {
  const project = cleanUp(projectOf(modules))
  const { directory } = project
  const temporary = cleanUp.directory('temporary-')
  const elsewhere = cleanUp.directory('elsewhere-')
  for (const name of ['directory', 'tiny']) mkdirSync(join(directory, name))
  writeFileSync(join(directory, 'file'), 'mine')
  symlinkSync(elsewhere, join(directory, 'leads-out'))
  symlinkSync('loop', join(directory, 'loop'))
  execFileSync('mkfifo', [join(directory, 'fifo')])
  for (const name of ['ENV', 'OUTPUT', 'STATE']) writeFileSync(join(temporary, name), '')
  const before = readdirSync(directory)
  const env = goEnvironment(project, {
    ...Object.fromEntries(
      Object.entries(places).map(([name, place]) => [name, join(place.startsWith('/') ? '/' : directory, place)]),
    ),
    ...Object.fromEntries(['ENV', 'OUTPUT', 'STATE'].map(name => [`GITHUB_${name}`, join(temporary, name)])),
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: directory,
    RUNNER_TEMP: temporary,
    TMPDIR: dirname(directory),
    INPUT_PROXIES: proxy,
    INPUT_FALLBACK: 'off',
    INPUT_RETRIES: '0',
    INPUT_CACHE: 'false',
    'INPUT_BUILD-CACHE': 'false',
    GONOSUMDB: 'none.example',
    GO_PROXY_SETUP_POLICY: QUICK_POLICY,
  })
  // The disk is there for this step alone, and seen by it alone. A shell drops variables with a hyphen.
  const onDisk = Object.values(places).includes('tiny/file')
  const inside = 'mount -t tmpfs -o size=4k tmpfs tiny && { env "$@"; code=$?; ls -A tiny >&2; exit $code; }'
  const hyphened = Object.entries(env).filter(([name]) => name.includes('-'))
  const throughShell = [
    'unshare',
    '-rm',
    'sh',
    '-c',
    inside,
    'sh',
    ...hyphened.map(([name, value]) => `${name}=${value}`),
  ]
  const [file = '', ...args] = [...(onDisk ? throughShell : []), process.execPath, DIST]
  const { code, stdout, stderr } = await runProgram(file, args, { env, cwd: directory, timeoutMs: 50_000 })
  const warnings = stdout.split('\n').flatMap(line => {
    const command = parseCommand(line)
    return command?.name === 'warning' ? [/\[(\w+)\]$/.exec(command.data)?.[1]] : []
  })
  const own = /^report(?:=|<<(\S+)\n)(.*)$/m.exec(readFileSync(join(temporary, 'OUTPUT'), 'utf8'))?.[2] ?? ''
  const left = [...readdirSync(elsewhere), ...readdirSync(directory).filter(name => !before.includes(name))]
  expect([readFileSync(join(directory, 'file'), 'utf8'), stderr]).toEqual(['mine', ''])
  return {
    code,
    warnings: warnings.sort(),
    left,
    report: existsSync(own) ? JSON.parse(readFileSync(own, 'utf8')) : undefined,
  }
}

onLinux('wherever report, trace, page and summary cannot be written, the step ends as its download did', async () => {
  const [good, empty] = [cleanUp(await startProxy({ modules })), cleanUp(await startProxy({ modules: [] }))]
  // Each of the four comes to each place, all four at a time.
  const steps = PLACES.map(async (_, round) => {
    const places = Object.keys(WRITTEN).map((name, i) => [name, PLACES[(round + 2 * i) % PLACES.length] ?? ''] as const)
    const fails = round % 4 === 1
    const ended = await runStep(
      fails ? empty.url : good.url,
      Object.fromEntries(places) as Parameters<typeof runStep>[1],
    )
    expect([places, { ...ended, report: ended.report?.outcome }]).toEqual([
      places,
      {
        code: fails ? 1 : 0,
        warnings: Object.values(WRITTEN).sort(),
        left: [],
        report: fails ? 'failure' : 'success',
      },
    ])
  })
  await Promise.all(steps)
})
