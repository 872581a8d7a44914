import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { describe, expect } from '@jest/globals'
import { buildModule } from '../../src/demo/modules.ts'
import { startProxy } from '../../src/demo/proxy.ts'
import { testBeside } from '../support/clean-up.ts'
import { type DownloadResult, type DownloadRun, download } from '../support/worlds/download.ts'
import { goEnvironment, projectOf, type TestProject } from '../support/worlds/project.ts'

const { test, cleanUp } = testBeside()

const small = Array.from({ length: 11 }, (_, i) =>
  buildModule({ path: `example.com/m${i}`, version: 'v1.0.0', paddingBytes: 20_000 }),
)
/** To unpack it takes a while, to fetch it does not. */
const great = buildModule({
  path: 'example.com/great',
  version: 'v1.0.0',
  files: { 'zeros.bin': Buffer.alloc(64 << 20) },
})
const modules = [great, ...small]

async function proxy(): Promise<string> {
  const started = cleanUp(await startProxy({ modules }))
  return started.url
}

function project(): TestProject {
  return cleanUp(projectOf(modules))
}

const cacheOf = (target: TestProject) => goEnvironment(target)['GOMODCACHE'] ?? ''

/** As a restored cache has it: every zip, and nothing unpacked. */
async function prefilled(): Promise<TestProject> {
  const target = project()
  const { download: filled } = await download(target, { modules, rounds: [await proxy()] })
  expect(filled.outcome).toBe('done')
  rmSync(join(cacheOf(target), 'example.com'), { recursive: true })
  return target
}

/** Runs with a program of this name `go` before the real one. @param script of sh, or, with its `#!` line, of what it names */
function runWith(
  script: string,
  target: TestProject,
  { rounds = ['http://127.0.0.1:1'], ...options }: Partial<DownloadRun> = {},
): Promise<DownloadResult> {
  const bin = join(dirname(target.directory), 'bin')
  mkdirSync(bin, { recursive: true })
  writeFileSync(join(bin, 'go'), script.startsWith('#!') ? script : `#!/bin/sh\n${script}`)
  chmodSync(join(bin, 'go'), 0o755)
  const env = { PATH: `${bin}${delimiter}${process.env['PATH']}` }
  return download(target, { modules, rounds, env, ...options })
}

const realGo = () => execFileSync('/bin/sh', ['-c', 'command -v go'], { encoding: 'utf8' }).trim()
const onLinux = process.platform === 'linux' ? test : test.skip
const outcomes = ({ download: { attempts } }: DownloadResult) => attempts.map(({ outcome }) => outcome)

const onPosix = process.platform === 'win32' ? describe.skip : describe

/** go asks for a file and gets it; all that follows shows in no line of `-x`. */
const ASKS = `
url=http://127.0.0.1:1/example.com/m0/@v/v1.0.0.info
echo "# get $url" >&2
echo "# get $url: 200 OK (0.001s)" >&2
`
const TREE = 'example.com/m3@v1.0.0'

onPosix('a go that has all zips and unpacks them', () => {
  /** The machine has no time for it as soon as it unpacks the first module. */
  const HELD = `
GO "$@" & go=$!
until ls "$GOMODCACHE"/example.com/* >/dev/null 2>&1; do sleep 0.01; done
kill -STOP $go; sleep 3.5; kill -CONT $go
wait $go
`

  test('is no stall without any sign of life, for it asks nobody; nor is anyone else asked; the log says how far it is', async () => {
    const target = await prefilled()
    let asked = 0
    const result = await runWith(HELD.replace('GO', realGo()), target, {
      policy: { stallMs: 2_000, hostMs: 1_500 },
      findSilentHost: async () => {
        asked++
        return { code: 'HOST_SILENT', message: 'It gives no answer.', hint: '' }
      },
    })
    expect([outcomes(result), result.download.requests, asked]).toEqual([['done'], 0, 0])
    expect(readdirSync(join(cacheOf(target), 'example.com'))).toHaveLength(modules.length)
    expect(result.lines.filter(line => /^unpacking \d+ of 12 modules, \d+ s$/.test(line))).not.toEqual([])
  })
})

onPosix('movement that no line of -x tells', () => {
  const stall = { policy: { stallMs: 1_500 }, inputs: { retries: 0 } }
  /** For what moves every 0.4 s, also on a busy machine. */
  const longer = { policy: { stallMs: 2_500 }, inputs: { retries: 0 } }

  test('files that appear while a module is unpacked that nobody asked for', async () => {
    const files = `
mkdir -p "$GOMODCACHE/${TREE}/deep/down" "$GOMODCACHE/cache/download/example.com/m3/@v"
: >"$GOMODCACHE/cache/download/example.com/m3/@v/v1.0.0.partial"
for i in 1 2 3 4 5 6 7 8; do sleep 0.4; : >"$GOMODCACHE/${TREE}/deep/down/$i"; done
`
    expect(outcomes(await runWith(ASKS + files, project(), longer))).toEqual(['done'])
  })

  test('a file that grows there', async () => {
    const files = `
mkdir -p "$GOMODCACHE/${TREE}" "$GOMODCACHE/cache/download/example.com/m3/@v"
: >"$GOMODCACHE/cache/download/example.com/m3/@v/v1.0.0.partial"
for i in 1 2 3 4 5 6 7 8; do sleep 0.4; echo more >>"$GOMODCACHE/${TREE}/great.bin"; done
`
    expect(outcomes(await runWith(ASKS + files, project(), longer))).toEqual(['done'])
  })

  test('a zip that go makes itself, of a repository', async () => {
    const files = `
mkdir -p "$GOMODCACHE/cache/download/example.com/m3/@v"
for i in 1 2 3 4 5 6 7 8; do sleep 0.4; echo more >>"$GOMODCACHE/cache/download/example.com/m3/@v/v1.0.0.zip1.tmp"; done
`
    expect(outcomes(await runWith(ASKS + files, project(), longer))).toEqual(['done'])
  })

  test('git at work on a clone', async () => {
    const git = `echo 'cd /clone; git -c core.eol=lf archive --format=zip v1' >&2; sleep 4`
    expect(outcomes(await runWith(ASKS + git, project(), longer))).toEqual(['done'])
  })

  const spin = (script: string) => `#!${process.execPath}
console.error('# get http://127.0.0.1:1/x/@v/list'), console.error('# get http://127.0.0.1:1/x/@v/list: 200 OK (0.001s)')
const burn = ms => { for (const end = performance.now() + ms; performance.now() < end; ); }
${script}
`

  onLinux('processor time, of go or of a child', async () => {
    const burning = 'burn(1_500)'
    expect(outcomes(await runWith(spin(burning), project(), stall))).toEqual(['done'])
    const child = `require('node:child_process').spawn(process.execPath, ['-e', 'for (const end = Date.now() + 1500; Date.now() < end; );'])`
    expect(outcomes(await runWith(spin(child), project(), stall))).toEqual(['done'])
  })

  test('a trifle of it is none, nor is a mark that a killed go left', async () => {
    const target = project()
    mkdirSync(join(cacheOf(target), TREE), { recursive: true })
    mkdirSync(join(cacheOf(target), 'cache/download/example.com/m3/@v'), { recursive: true })
    writeFileSync(join(cacheOf(target), 'cache/download/example.com/m3/@v/v1.0.0.partial'), '')
    const ticking = 'setInterval(() => burn(1), 100); setTimeout(() => {}, 60_000)'
    const result = await runWith(spin(ticking), target, stall)
    expect(new Set(outcomes(result))).toEqual(new Set(['stalled']))
  })
})
