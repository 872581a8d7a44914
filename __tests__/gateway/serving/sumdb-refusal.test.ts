import { STATUS_CODES } from 'node:http'
import { describe, expect } from '@jest/globals'
import type { Candidate } from '../../../src/candidates/candidate.ts'
import { buildModule } from '../../../src/demo/modules.ts'
import { type DemoProxy, type Fault, type ProxyOptions, startProxy } from '../../../src/demo/proxy.ts'
import { parseGoproxy } from '../../../src/go/goproxy.ts'
import { testBeside } from '../../support/clean-up.ts'
import { makeDatabase } from '../../support/servers/database.ts'
import { faults } from '../../support/servers/faults.ts'
import { gatewayFor, upstreamAt } from '../../support/worlds/gateway.ts'
import { runGo } from '../../support/worlds/go-command.ts'
import { createProject, goEnvironment } from '../../support/worlds/project.ts'

/** What go does with a GOPROXY whose proxies have the checksum database, directly and through the gateway. */
const NAME = 'sum.corp.example'
const module = buildModule({ path: 'example.com/acme/lib', version: 'v1.0.0' })
const database = makeDatabase(NAME, module)
const LOOKUP = `sumdb/${NAME}/lookup/`

const { test, cleanUp } = testBeside()

async function proxy(options: Partial<ProxyOptions> = {}): Promise<DemoProxy> {
  return cleanUp(await startProxy({ modules: [module], ...options }))
}

/** Has the database as well. */
const mirrored: Partial<ProxyOptions> = { extra: path => database.answers.get(path.replace(`/sumdb/${NAME}`, '')) }

const status = (code: number, words: string) => faults.status(code, words, { reason: STATUS_CODES[code] ?? '' })

function refusing(fault: Fault, prefix = LOOKUP): Partial<ProxyOptions> {
  return { ...mirrored, fault: ({ path }) => (path.startsWith(prefix) ? fault : undefined) }
}

function configured(goproxy: string): Candidate {
  const list = parseGoproxy(goproxy)
  if (!list.ok) throw new Error(goproxy)
  return { ...upstreamAt(goproxy), configured: true, list: list.value }
}

/** @param upstreams of the gateway  @param goproxy what go is given by itself; undefined: only the gateway is tried */
async function download(
  upstreams: readonly Candidate[],
  goproxy?: string,
  options: Parameters<typeof gatewayFor>[2] = {},
) {
  const publicDatabase = await startProxy({ modules: [], extra: path => database.answers.get(path) })
  const gateway = await gatewayFor([], upstreams, {
    sums: new Map(),
    gosumdb: database.verifierKey,
    sumdbHosts: [publicDatabase.url],
    ...options,
  })
  cleanUp(publicDatabase)
  cleanUp(gateway)
  const run = async (GOPROXY: string) => {
    const project = cleanUp(createProject({}))
    const env = goEnvironment(project, { GOPROXY, GOSUMDB: database.verifierKey })
    const { exitCode, stderr } = await runGo(['mod', 'download', `${module.path}@${module.version}`], {
      cwd: project.directory,
      env,
    })
    // The address of who said it is another.
    return { exitCode, words: stderr.replaceAll(/http:\/\/127\.0\.0\.1:\d+(\/[0-9a-f]{32})?/g, 'PROXY') }
  }
  const direct = goproxy === undefined ? undefined : run(goproxy)
  return {
    through: await run(gateway.url),
    direct: await direct,
    /** What the public database was told of names. */
    leaked: publicDatabase.requests.map(({ path }) => path).filter(path => path.startsWith('lookup/')),
  }
}

const lookups = ({ requests }: DemoProxy) => requests.filter(({ path }) => path.startsWith(LOOKUP)).length

describe('a proxy of the user’s own that has the checksum database', () => {
  test.each<readonly [number, string]>([
    [403, 'no-sum: example.com/acme/* is private'],
    [404, 'not found: nothing is known of it'],
    [410, 'gone'],
    [401, 'log in first'],
    [400, 'bad request'],
  ])('refuses a look-up with %d: that is final, and go gets its status and words', async (code, words) => {
    const athens = await proxy(refusing(status(code, words)))
    for (const upstream of [configured(athens.url), upstreamAt(athens.url)]) {
      const { through, direct, leaked } = await download([upstream], athens.url)
      expect(through).toEqual(direct)
      expect([through.exitCode, through.words]).toEqual([1, expect.stringContaining(words)])
      expect(leaked).toEqual([])
    }
    expect(lookups(athens)).toBe(4)
  })

  test('is slow with it: it is waited for, where nobody else may be asked', async () => {
    const headMs = 700
    const slow: Fault = (_, res, good) => void setTimeout(() => res.end(good), 2.5 * headMs)
    const play = async (prefix: string) => {
      const athens = await proxy(refusing(slow, prefix))
      const deadlines = { headMs, stallMs: headMs, totalMs: 30_000 }
      const { through, direct, leaked } = await download([configured(athens.url)], athens.url, { deadlines })
      expect([through, leaked]).toEqual([{ exitCode: 0, words: '' }, []])
      expect(through).toEqual(direct)
    }
    await Promise.all([LOOKUP, `sumdb/${NAME}/supported`, `sumdb/${NAME}/`].map(play))
  })

  test('answers: nobody else is asked', async () => {
    const athens = await proxy(mirrored)
    const { through, leaked } = await download([configured(athens.url)])
    expect([through.exitCode, leaked, lookups(athens)]).toEqual([0, [], 1])
  })

  test('stands behind one that does not have it: it is the one that counts', async () => {
    const plain = await proxy()
    const athens = await proxy(refusing(status(403, 'private')))
    const goproxy = `${plain.url},${athens.url}`
    const { through, direct, leaked } = await download([configured(goproxy)], goproxy)
    expect(through).toEqual(direct)
    expect([through.exitCode, leaked, lookups(plain)]).toEqual([1, [], 0])
  })

  test('stands before another that would tell: that is not asked', async () => {
    const athens = await proxy(refusing(status(404, 'private')))
    const other = await proxy(mirrored)
    const goproxy = `${athens.url},${other.url}`
    const { through, direct } = await download([configured(goproxy)], goproxy)
    expect(through).toEqual(direct)
    expect([through.exitCode, lookups(other)]).toEqual([1, 0])
  })

  test('fails: the database itself hears of nothing where all proxies are the user’s own', async () => {
    const athens = await proxy(refusing(status(500, 'no')))
    const { through, leaked } = await download([configured(athens.url)], athens.url)
    expect([through.exitCode, leaked]).toEqual([1, []])
  })

  test('fails, and others are public: the database itself is asked', async () => {
    const athens = await proxy(refusing(status(500, 'no')))
    const { through, leaked } = await download([upstreamAt(athens.url), upstreamAt((await proxy()).url, 'mirror')])
    expect([through.exitCode, leaked.length]).toEqual([0, 1])
  })

  test('refuses to say whether it has it: go hears that, too', async () => {
    const athens = await proxy(refusing(status(403, 'no database here'), `sumdb/${NAME}/supported`))
    const { through, direct, leaked } = await download([configured(athens.url)], athens.url)
    expect([through.exitCode, direct?.exitCode, leaked]).toEqual([1, 1, []])
  })

  test('does not have it: the database itself is asked', async () => {
    const { through, leaked } = await download([configured((await proxy()).url)])
    expect([through.exitCode, leaked.length]).toEqual([0, 1])
  })
})

test('words that a runner would take for a command, or that are no text, do not go on', async () => {
  const athens = await proxy(refusing(status(403, 'no\n::add-mask::x\n \u001b[31m##[group]\nreally\u0007 no\n')))
  const { through } = await download([configured(athens.url)])
  expect(through.words).toContain('really no')
  expect(through.words).not.toMatch(/add-mask|\u001b|\u0007/)
})
