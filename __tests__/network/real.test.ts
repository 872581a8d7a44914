// Real network: what a user's job asks of the module proxy and the checksum database, once. Run by
// `npm run test:network` and in CI, never by `npm test`.
import { execFileSync } from 'node:child_process'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { DIST } from '../support/worlds/action.ts'

const SERVICE = fileURLToPath(new URL('../../examples/service', import.meta.url))

const cleanUp = cleanUpAfterEach()
const newDirectory = () => cleanUp.directory('network-')

interface Report {
  readonly download: { readonly modules: number; readonly bytes: number } | null
  readonly choice: { readonly proxy: string; readonly goproxy: string }
  readonly candidates: readonly { readonly verdict: string; readonly sumdb?: string }[]
  readonly phases: readonly { readonly name: string }[]
}

/** `go-proxy-setup run` with empty caches. */
function run(directory: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Report {
  const root = newDirectory()
  const out = execFileSync(process.execPath, [DIST, 'run', '-C', directory, '--report-file', '-', ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: 150_000,
    env: {
      ...process.env,
      GOPATH: join(root, 'gopath'),
      GOMODCACHE: join(root, 'modcache'),
      GOFLAGS: '-modcacherw',
      ...env,
    },
  })
  return JSON.parse(out)
}

describe('against the real module proxy', () => {
  test('the example service: ranked, downloaded, go.sum as it was', () => {
    const directory = join(newDirectory(), 'service')
    cpSync(SERVICE, directory, { recursive: true })
    const report = run(directory, ['--proxies', 'official'])
    expect(report.download?.modules).toBeGreaterThan(20)
    expect(report.download?.bytes).toBeGreaterThan(1e6)
    expect(report.choice.goproxy).toBe('https://proxy.golang.org,direct')
    expect(readFileSync(join(directory, 'go.sum'))).toEqual(readFileSync(join(SERVICE, 'go.sum')))
  }, 180_000)

  test('a named mirror that cannot be reached or is slower takes nothing away', () => {
    const report = run(SERVICE, ['--proxies', 'public'])
    expect(report.candidates).toHaveLength(3)
    expect(report.candidates.some(({ verdict }) => verdict === 'ok')).toBe(true)
    expect(report.download?.modules).toBeGreaterThan(20)
  }, 180_000)

  // With the newest Go there is none; the job with the oldest one has it then.
  const newer = nextToolchain()
  const testNewer = newer === undefined ? test.skip : test
  testNewer(
    'a `go` line newer than the installed Go: its toolchain comes through the proxy and is reported',
    () => {
      const directory = newDirectory()
      writeFileSync(join(directory, 'go.mod'), `module example.com/newer\n\ngo ${newer}\n`)
      const report = run(directory, ['--proxies', 'official'], { GOTOOLCHAIN: 'auto' })
      expect(report.phases.map(({ name }) => name)).toContain(`toolchain go${newer}`)
    },
    180_000,
  )
})

/** The first release after the installed Go's minor version, as `1.27.0`, if there is one for this system. */
function nextToolchain(): string | undefined {
  const go = (...args: readonly string[]) =>
    execFileSync('go', [...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], cwd: tmpdir() }).trim()
  const [version = '', system = '', architecture = ''] = go('env', 'GOVERSION', 'GOOS', 'GOARCH').split('\n')
  const next = `1.${Number(/^go1\.(\d+)/.exec(version)?.[1]) + 1}.0`
  try {
    go('list', '-m', `golang.org/toolchain@v0.0.1-go${next}.${system}-${architecture}`)
    return next
  } catch {
    return undefined
  }
}
