import { dirname } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { buildModule } from '../../src/demo/modules.ts'
import { startProxy } from '../../src/demo/proxy.ts'
import { defaultPolicy, requestsWithin, withinRequests } from '../../src/policy.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { DIST, QUICK_POLICY } from '../support/worlds/action.ts'
import { cachedFiles, goEnvironment, projectOf } from '../support/worlds/project.ts'
import { runProgram } from '../support/worlds/run-program.ts'

const cleanUp = cleanUpAfterEach()

const modules = Array.from({ length: 40 }, (_, i) =>
  buildModule({ path: `example.com/m${i}`, version: 'v1.0.0', paddingBytes: 50_000 }),
)

describe('how much is done at once', () => {
  test.each([
    [32, 0],
    [48, 0],
    [64, 6],
    [128, 28],
    [1024, 326],
  ])('with %d open files: %d requests', (openFiles, requests) => {
    expect(requestsWithin(openFiles)).toBe(requests)
  })

  test('nothing is above the bound, and nothing is raised to it', () => {
    const { benchmark, gateway } = withinRequests(defaultPolicy, 28)
    expect([benchmark.requestsPerHost, gateway.window]).toEqual([
      7,
      { initial: 28, initialOwn: 6, maximumTrusted: 28, maximumMirror: 28, minimum: 4, ceiling: 28 },
    ])
    expect(withinRequests(defaultPolicy, 100_000)).toEqual(defaultPolicy)
    expect(withinRequests(defaultPolicy, 0).gateway.window.ceiling).toBe(1)
  })
})

const posix = process.platform === 'win32' ? describe.skip : describe
posix('a process that may open few files', () => {
  test.each([
    [32, /only 32 files .* go asks the proxies itself/],
    [64, /only 64 files .* at most 6 requests/],
    [128, /only 128 files .* at most 28 requests/],
  ])('%d: the download succeeds, and what bounds it is said', async (limit, said) => {
    const project = cleanUp(projectOf(modules))
    const { url } = cleanUp(await startProxy({ modules }))
    const env = goEnvironment(project, { GO_PROXY_SETUP_POLICY: QUICK_POLICY, TMPDIR: dirname(project.directory) })
    const args = [process.execPath, DIST, 'run', '-C', project.directory, '--proxies', url, '--fallback', 'off']
    const ran = await runProgram('sh', ['-c', `ulimit -n ${limit} && exec "$@"`, 'sh', ...args], { env })
    expect([ran.code, ran.stderr]).toEqual([0, ran.stderr])
    expect(cachedFiles(goEnvironment(project), '.zip')).toHaveLength(modules.length)
    if (process.platform === 'linux') expect(ran.stderr.replaceAll('\n', ' ')).toMatch(said)
    expect(ran.stderr).not.toContain('should not have happened')
  })
})
