import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import type { Candidate } from '../../src/candidates/candidate.ts'
import { hashZip } from '../../src/go/h1.ts'
import { bufferSource } from '../../src/go/zip.ts'
import { createAuthority } from '../support/builders/certificates.ts'
import { type CleanUp, cleanUpAfterAll, withCleanUp } from '../support/clean-up.ts'
import { faults, withOneMoreFile } from '../support/servers/faults.ts'
import { NOT_HERE, openRow, ROWS, type Row } from '../support/worlds/fault-matrix.ts'
import {
  type FaultWorld,
  KINDS,
  type Kind,
  KNOWN,
  MODULE_KINDS,
  MODULES,
  openUpstream,
  REQUIRED,
  transportFor,
  type Upstream,
  worldOf,
} from '../support/worlds/fault-world.ts'
import { gatewayFor, QUICK_GATEWAY, type TestGateway, upstreamAt } from '../support/worlds/gateway.ts'
import { cachedFiles, createProject, goEnvironment, projectOf, type TestProject } from '../support/worlds/project.ts'

/** Every run of go has ended long before, however busy the machine: what is ended then hangs. */
const HANGS_AFTER_MS = 40_000
/** No answer of a gateway may be in these words. */
const FOREIGN = /##\[|::error|log in|evil|ftp/

const directory = cleanUpAfterAll().directory('faults-')
let world: FaultWorld
beforeAll(async () => {
  world = worldOf(await createAuthority(directory))
})

/** A gateway whose connections are closed with it. */
async function openGateway(cleanUp: CleanUp, ...args: Parameters<typeof gatewayFor>): Promise<TestGateway> {
  const transport = args[2]?.transport
  if (transport !== undefined) cleanUp(transport.connections)
  return cleanUp(await gatewayFor(...args))
}

interface GoRun {
  readonly code: number
  readonly hangs: boolean
  readonly stdout: string
  readonly words: string
}

function go(args: readonly string[], project: TestProject, env: Readonly<Record<string, string>>): Promise<GoRun> {
  const options = {
    cwd: project.directory,
    env: goEnvironment(project, { GONOSUMDB: '*', ...env }),
    timeout: HANGS_AFTER_MS,
    killSignal: 'SIGKILL' as const,
  }
  return new Promise(resolve => {
    execFile('go', [...args], options, (error, stdout, stderr) => {
      const code = error === null ? 0 : Number(error.code ?? -1)
      resolve({ code, hangs: error?.killed ?? false, stdout, words: stdout + stderr })
    })
  })
}

/** `path`: what is not as it was published, of all that go put into its module cache. */
function wrongFiles(project: TestProject): readonly string[] {
  const env = goEnvironment(project)
  const files = MODULE_KINDS.flatMap(kind => cachedFiles(env, `.${kind}`).map(name => [kind, name] as const))
  return files.flatMap(([kind, name]) => {
    const module = MODULES.find(({ path }) => name.startsWith(`${path}/`))
    const found = readFileSync(join(env['GOMODCACHE'] ?? '', 'cache', 'download', name))
    return module !== undefined && found.equals(module[kind]) ? [] : [name]
  })
}

/** Mirrors, of which every zip is hashed; what no hash vouches for comes from one's own. */
const asMirrors = (upstreams: readonly Upstream[]) => upstreams.map(({ url }) => upstreamAt(url, 'mirror'))
const asOwn = (upstreams: readonly Upstream[]) => upstreams.map(({ url }) => upstreamAt(url))

const affects = (row: Row, kind: Kind) => row.not?.[kind] === undefined
const ONCE = { ...QUICK_GATEWAY, objectMs: 2_500, rounds: 2 }

/** The kinds of files that an upstream was not asked for. Where all of it fails there are no requests to be counted. */
function unmetOf(row: Row, bad: Upstream, kinds: readonly Kind[]): readonly Kind[] {
  return kinds.filter(kind => row.open === undefined && affects(row, kind) && bad.asked(kind) === 0)
}

/** go downloads what is required, with an upstream that is bad in some kinds of files. @returns those it was not asked for */
async function download(row: Row, kinds: readonly Kind[], cleanUp: CleanUp): Promise<readonly Kind[]> {
  const well = MODULE_KINDS.filter(kind => !kinds.includes(kind)).map(kind => [kind, 'it was bad in it before'])
  const bad = cleanUp(await openRow({ ...row, not: { ...row.not, ...Object.fromEntries(well) } }, world))
  const good = cleanUp(await openUpstream(world))
  const gateway = await openGateway(cleanUp, REQUIRED, [...asMirrors([bad]), ...asOwn([good])], {
    transport: transportFor(world, bad.env),
  })
  const project = cleanUp(projectOf(REQUIRED))
  const { code, words } = await go(['mod', 'download'], project, { GOPROXY: gateway.url })
  expect([code, words]).toEqual([0, ''])
  expect(cachedFiles(goEnvironment(project), '.zip')).toHaveLength(REQUIRED.length)
  expect(wrongFiles(project)).toEqual([])
  return unmetOf(row, bad, kinds)
}

describe('one upstream bad, one good: go has everything, and no wrong byte', () => {
  test.concurrent.each(ROWS.map(row => [row.name, row] as const))('%s', async (_name, row) => {
    await withCleanUp(async cleanUp => {
      const unmet = await download(row, MODULE_KINDS, cleanUp)
      // One connection may be lost with all that it has.
      if (row.stream !== undefined) expect(unmet.length).toBeLessThan(MODULE_KINDS.length)
      // One that lies is asked no more, so it lies of the rest in a run of its own.
      else if (unmet.length > 0) expect(await download(row, unmet, cleanUp)).toEqual([])

      const bad = cleanUp(await openRow(row, world))
      const good = cleanUp(await openUpstream(world))
      const listing = await openGateway(cleanUp, [], asOwn([bad, good]), {
        ...databaseAt([bad, good]),
        transport: transportFor(world, bad.env),
      })
      const elsewhere = cleanUp(createProject({}))
      const format = '{{.Path}}: {{.Version}}{{.Versions}}'
      const listed = await go(['list', '-m', '-f', format, ...LISTED], elsewhere, {
        ...DATABASE_ENV(),
        GOPROXY: listing.url,
      })
      expect([listed.words, listed.code]).toEqual(['example.com/list: [v1.0.0]\nexample.com/latest: v1.0.0[]\n', 0])
      expect(wrongFiles(elsewhere)).toEqual([])
      // After the first of them the bad one may have been let alone.
      expect(unmetOf(row, bad, ['list', 'latest']).length).toBeLessThan(2)
      expect(unmetOf(row, bad, ['lookup', 'tile'])).toEqual([])
    })
  })
})

const LISTED = ['-versions', 'example.com/list', 'example.com/latest@latest']
/** go proves what the database knows, and believes the gateway for the rest. */
const DATABASE_ENV = () => ({
  GOSUMDB: world.database.verifierKey,
  GONOSUMDB: MODULES.filter(module => module !== KNOWN)
    .map(({ path }) => path)
    .join(','),
})
const databaseAt = (hosts: readonly Upstream[]) => ({
  gosumdb: world.database.verifierKey,
  sumdbHosts: hosts.map(({ url }) => url),
})

describe('all upstreams bad: go is told so in our own words, nothing hangs, and no wrong byte is there', () => {
  test.concurrent.each(ROWS.map(row => [row.name, row] as const))('%s', async (_name, row) => {
    await withCleanUp(async cleanUp => {
      const bad = [cleanUp(await openRow(row, world)), cleanUp(await openRow(row, world))]
      const env = Object.assign({}, ...bad.map(one => one.env ?? {})) as Record<string, string>
      const policy = row.harmless ? QUICK_GATEWAY : ONCE
      const expected = (kinds: readonly Kind[]) => (row.harmless ? [] : kinds.filter(kind => affects(row, kind)))
      const gatewayBefore = (modules: typeof MODULES, upstreams: readonly Candidate[]) =>
        openGateway(cleanUp, modules, upstreams, { ...databaseAt(bad), policy, transport: transportFor(world, env) })
      // Without any answer the gateway lets go ask the database itself, which is nowhere here.
      const database = row.open === undefined ? DATABASE_ENV() : {}

      // Outside of a project each module stands for itself, and no go.sum helps go.
      const project = cleanUp(createProject({}))
      const wanted = REQUIRED.map(({ path, version }) => `${path}@${version}`)
      const got = await go(['mod', 'download', '-json', ...wanted], project, {
        ...database,
        GOPROXY: (await gatewayBefore(REQUIRED, asMirrors(bad))).url,
      })
      const failed = failuresIn(got.stdout)
      // Without a lookup go asks for no tile. Who sent wrong content is not asked for what it would have had.
      const unproven = row.open === undefined && expected(['lookup']).length > 0
      const knownFails = unproven || failed.some(([path]) => path === KNOWN.path)
      expect([got.hangs, failed.map(([path]) => path)]).toEqual([
        false,
        [...expected(MODULE_KINDS).map(kind => `example.com/${kind}`), ...(knownFails ? [KNOWN.path] : [])],
      ])
      expect(row.harmless && knownFails).toBeFalsy()
      expect(wrongFiles(project)).toEqual([])

      const elsewhere = cleanUp(createProject({}))
      const listed = await go(['list', '-m', '-e', '-json', ...LISTED], elsewhere, {
        GOPROXY: (await gatewayBefore([], asOwn(bad))).url,
      })
      const unlisted = failuresIn(listed.stdout)
      expect([listed.hangs, unlisted.map(([path]) => path)]).toEqual([
        false,
        expected(['list', 'latest']).map(kind => `example.com/${kind}`),
      ])
      for (const [, words] of [...failed, ...unlisted]) {
        expect(words).toMatch(/no proxy could serve it|not found|the checksum database/)
        expect(words).not.toMatch(FOREIGN)
      }
    })
  })
})

/** Of go's JSON: modules that it did not get, and what it says of them. */
function failuresIn(stdout: string): readonly (readonly [path: string, words: string])[] {
  const values = stdout.split(/^\}\n/m).filter(text => text.trim() !== '')
  return values.flatMap(text => {
    const { Path, Error: error } = JSON.parse(`${text}}`)
    return error === undefined ? [] : [[Path, typeof error === 'string' ? error : error.Err] as const]
  })
}

describe('upstreams that are bad now and then', () => {
  /** Everything comes. @returns how many requests that took */
  const all = async (cleanUp: CleanUp, upstreams: readonly Upstream[]) => {
    const running = await openGateway(cleanUp, REQUIRED, asOwn(upstreams), { transport: transportFor(world) })
    const project = cleanUp(projectOf(REQUIRED))
    expect(await go(['mod', 'download'], project, { GOPROXY: running.url })).toMatchObject({ code: 0, words: '' })
    expect(wrongFiles(project)).toEqual([])
    return running.events.filter(({ kind }) => kind === 'asked').length
  }

  test('every second request fails, of one and of all', async () => {
    const flapping = () => {
      let asked = 0
      return openUpstream(world, () => (asked++ % 2 === 0 ? faults.status(500) : undefined))
    }
    await withCleanUp(async cleanUp => {
      const [one, other] = [cleanUp(await flapping()), cleanUp(await flapping())]
      const good = cleanUp(await openUpstream(world))
      expect(await all(cleanUp, [one, good])).toBeLessThanOrEqual(6 * REQUIRED.length)
      expect(await all(cleanUp, [one, other])).toBeLessThanOrEqual(6 * REQUIRED.length)
    })
  })

  test('all are down, and come back', async () => {
    await withCleanUp(async cleanUp => {
      let down = 12
      const back = () => openUpstream(world, () => (down-- > 0 ? faults.reset : undefined))
      await all(cleanUp, [cleanUp(await back()), cleanUp(await back())])
      expect(down).toBeLessThanOrEqual(0)
    })
  })
})

test.each(['zip', 'mod'] as const)('who sent another %s than go.sum says is named, and out', async wrong => {
  const row = ROWS.find(({ name }) => name === 'what its maker could have published, but did not') as Row
  await withCleanUp(async cleanUp => {
    const bad = cleanUp(await openUpstream(world, kind => (kind === wrong ? row.fault?.(kind) : undefined)))
    const good = cleanUp(await openUpstream(world))
    const running = await openGateway(cleanUp, REQUIRED, asMirrors([bad, good]))
    const project = cleanUp(projectOf(REQUIRED))
    expect(await go(['mod', 'download'], project, { GOPROXY: running.url })).toMatchObject({ code: 0, words: '' })
    expect([running.quarantined(), wrongFiles(project)]).toEqual([[bad.url], []])
  })
})

test('a zip with one more file is a whole module, of another hash', async () => {
  const hash = await hashZip(bufferSource(withOneMoreFile(KNOWN.zip)), KNOWN)
  expect(hash.ok && hash.value).toMatch(/^h1:/)
  expect(hash.ok && hash.value).not.toBe(KNOWN.h1)
})

test('every empty cell of the matrix has a reason, and no row is empty', () => {
  for (const { name, not = {}, fault, stream, open } of ROWS) {
    expect([name, [fault, stream, open].filter(how => how !== undefined)]).toEqual([name, [expect.any(Function)]])
    expect(KINDS.some(kind => !(kind in not))).toBe(true)
  }
  for (const reason of [...ROWS.flatMap(({ not = {} }) => Object.values(not)), ...Object.values(NOT_HERE)]) {
    expect(reason.length).toBeGreaterThan(10)
  }
})
