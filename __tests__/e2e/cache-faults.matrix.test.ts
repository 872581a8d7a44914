import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { buildTar, compressLike, type Member } from '../support/builders/tar.ts'
import { cleanUpAfterAll, cleanUpAfterEach } from '../support/clean-up.ts'
import type { Fault } from '../support/servers/fake-cache.mjs'
import { tampered } from '../support/servers/faults.ts'
import { useAction } from '../support/worlds/action.ts'
import {
  DOWNLOAD,
  type Lane,
  moduleRequests,
  modules,
  openLane,
  POLICY,
  reportOf,
  type ServiceOptions,
  shown,
} from '../support/worlds/module-cache-job.ts'

const cleanUp = cleanUpAfterEach()

/** Where the service is to be found silent it may be so for 2 s instead of 10; a sound one may not seem so on a busy machine. */
const STALL_MS = 2_000
const IMPATIENT = JSON.stringify({ cache: { stallMs: STALL_MS }, download: DOWNLOAD })
/** A step that takes longer hangs: three times the service's silence, twice over for a busy machine, and the work itself. */
const HANGS_AFTER_MS = 6 * STALL_MS + 20_000

describe('a poisoned archive', () => {
  const [victim = modules[0]] = modules.slice(1)
  if (victim === undefined) throw new Error('there are modules')
  const wrong = tampered(victim)
  const base = `modules.test.io/${victim.path.split('/')[1]}/@v/v1.0.0`
  const good: readonly Member[] = modules.flatMap(({ path, version, zip, mod, info }) => [
    { name: `./${path}/@v/${version}.zip`, content: zip },
    { name: `./${path}/@v/${version}.mod`, content: mod },
    { name: `./${path}/@v/${version}.info`, content: info },
  ])
  const replaced = (name: string, content: Uint8Array | string) =>
    good.map(member => (member.name === `./${name}` ? { ...member, content } : member))
  /** Each with the files that are refused; undefined: the whole archive. */
  const poisons: Readonly<Record<string, { members: readonly Member[]; refused: readonly string[] | undefined }>> = {
    'a changed zip': { members: replaced(`${base}.zip`, wrong.zip), refused: [`${base}.zip`] },
    'a changed go.mod': {
      members: replaced(`${base}.mod`, `module ${victim.path}\n\nrequire evil.test.io v1.0.0\n`),
      refused: [`${base}.mod`],
    },
    'a changed zip and a forged ziphash': {
      members: [...replaced(`${base}.zip`, wrong.zip), { name: `./${base}.ziphash`, content: 'h1:forged=' }],
      refused: [`${base}.zip`],
    },
    'a forged ziphash': { members: [...good, { name: `./${base}.ziphash`, content: 'h1:forged=' }], refused: [] },
    'an extra file': {
      members: [...good, { name: './evil.test.io/x/@v/v1.0.0.zip', content: wrong.zip }],
      refused: [],
    },
    'the info of another version': {
      members: replaced(`${base}.info`, '{"Version":"v9.9.9"}'),
      refused: [`${base}.info`],
    },
    'an info that names a repository': {
      members: replaced(`${base}.info`, '{"Version":"v1.0.0","Origin":{"VCS":"git","URL":"https://evil.test.io/x"}}'),
      refused: [],
    },
    'a zip that is a page': { members: replaced(`${base}.zip`, '<html></html>'), refused: [`${base}.zip`] },
    'a symbolic link': { members: [...good, { name: './link', type: '2', linkTo: '/etc' }], refused: undefined },
    'a link in a wanted file’s place': {
      members: good.map(member =>
        member.name === `./${base}.zip` ? { name: member.name, type: '2', linkTo: '/etc/passwd' } : member,
      ),
      refused: undefined,
    },
    'an absolute member': {
      members: [...good, { name: '/tmp/go-proxy-setup-escaped', content: 'x' }],
      refused: undefined,
    },
    'a member that leads out': {
      members: [...good, { name: '../../go-proxy-setup-escaped', content: 'x' }],
      refused: undefined,
    },
    'no archive': { members: [], refused: undefined },
  }

  const keep = cleanUpAfterAll()
  let lane: Lane
  beforeAll(async () => {
    lane = await openLane(keep, cleanUp)
  })

  test.each(Object.entries(poisons))(
    '%s: nothing of it is used, and the job has the right content',
    async (name, { members, refused }) => {
      const { proxy, job } = lane
      const service = await lane.service()
      const [entry] = service.blobs.values()
      if (entry === undefined) throw new Error('nothing was stored')
      entry.data = compressLike(
        entry.data,
        name === 'no archive' ? Buffer.from('rubbish'.repeat(100)) : buildTar(members),
      )
      const before = proxy.requests.length
      const main = await useAction(job, { proxies: proxy.url, cache: 'true' })

      expect(main.outcome).toBe('success')
      const { cache, warnings } = reportOf(main)
      if (refused === undefined) expect(cache).toMatchObject({ restore: 'failed', files: 0 })
      else expect(cache.rejected.map(({ file }) => file)).toEqual(refused)
      expect(warnings.length).toBe(refused?.length === 0 ? 0 : 1)
      // Only what was refused was fetched.
      const asked = moduleRequests(proxy, before).map(({ path }) => path.replace(/^\//, ''))
      expect([...new Set(asked)].sort()).toEqual(refused === undefined ? expect.any(Array) : [...refused])
      const download = join(job.root, 'modcache/cache/download')
      for (const { path, version, zip, mod, info } of modules) {
        const at = (extension: string) => readFileSync(join(download, path, '@v', `${version}.${extension}`))
        expect(at('zip').equals(zip)).toBe(true)
        expect(at('mod').toString()).toBe(mod.toString())
        expect(JSON.parse(at('info').toString()).Version).toBe(JSON.parse(info.toString()).Version)
        expect(at('info').toString()).not.toContain('evil')
        expect(at('ziphash').toString()).not.toContain('forged')
      }
      expect(existsSync(join(download, 'evil.test.io'))).toBe(false)
      for (const escaped of [
        '/tmp/go-proxy-setup-escaped',
        join(job.temp, 'go-proxy-setup-escaped'),
        join(job.root, 'go-proxy-setup-escaped'),
      ]) {
        expect(existsSync(escaped)).toBe(false)
      }
      // The spoiled entry cannot be replaced, but it is not the newest one any more.
      await job.finish()
      expect(service.entries.size).toBe(refused?.length === 0 ? 1 : 2)
    },
  )
})

describe('a service that fails', () => {
  interface Case {
    readonly fault?: (name: string) => Fault | undefined
    readonly options?: ServiceOptions
    readonly env?: Readonly<Record<string, string>>
    /** What main and post come to; `-`: not asked. */
    readonly restore: string
    readonly saved: boolean
  }
  const only = (wanted: string, fault: Fault) => (name: string) => (name === wanted ? fault : undefined)
  const cases: Readonly<Record<string, Case>> = {
    'is not there': { env: { ACTIONS_RESULTS_URL: '' }, restore: 'off', saved: false },
    'has a closed port': { env: { ACTIONS_RESULTS_URL: 'http://127.0.0.1:1/' }, restore: 'failed', saved: false },
    'is silent': { fault: () => 'hang', restore: 'failed', saved: false },
    'is silent with the archive': { fault: only('GET blob', 'hang'), restore: 'failed', saved: false },
    'falls silent in the middle': { fault: only('GET blob', 'stall'), restore: 'failed', saved: false },
    'is slow': { fault: only('GET blob', 'trickle'), restore: 'failed', saved: false },
    'cuts the archive': { fault: only('GET blob', 'truncate'), restore: 'failed', saved: false },
    'resets connections': { fault: () => 'reset', restore: 'failed', saved: false },
    'answers 500': { fault: () => 500, restore: 'failed', saved: false },
    'answers 503 for the archive': { fault: only('GET blob', 503), restore: 'failed', saved: false },
    'answers 429': { fault: () => 429, restore: 'failed', saved: false },
    'answers rubbish': { fault: () => 'rubbish', restore: 'failed', saved: false },
    'sends rubbish as the archive': { fault: only('GET blob', 'rubbish'), restore: 'failed', saved: true },
    'has lost the archive': { fault: only('GET blob', 404), restore: 'failed', saved: true },
    'refuses the token': {
      options: { token: 'another' },
      env: { ACTIONS_RUNTIME_TOKEN: 'test-token' },
      restore: 'failed',
      saved: false,
    },
    'may not be read': { options: { access: 'none' }, restore: 'failed', saved: false },
  }
  const saving: Readonly<Record<string, Case>> = {
    'is read-only': { options: { access: 'read' }, restore: 'none', saved: false },
    'is full': { fault: only('CreateCacheEntry', 429), restore: 'none', saved: false },
    'takes no archive': { fault: only('PUT blob', 'hang'), restore: 'none', saved: false },
    'answers 500 to the archive': { fault: only('PUT blob', 500), restore: 'none', saved: false },
    'is silent at the end': { fault: only('FinalizeCacheEntryUpload', 'hang'), restore: 'none', saved: false },
    'is silent when saving': { fault: only('CreateCacheEntry', 'hang'), restore: 'none', saved: false },
  }

  test('costs one line and no more than its deadline, restoring and saving', async () => {
    const table: string[][] = [['the service…', 'restore', 'took', 'main', 'post', 'line']]
    const run = async (
      [name, { fault, options, env, restore, saved }]: readonly [string, Case],
      { proxy, job, ...lane }: Lane,
    ) => {
      const service = await lane.service(options)
      if (restore === 'none') service.entries.clear()
      if (fault !== undefined) service.onRequest = fault
      Object.assign(job.base, { GO_PROXY_SETUP_POLICY: restore === 'failed' && !saved ? IMPATIENT : POLICY, ...env })
      // The post step is ended after this time too.
      const main = await useAction(job, { proxies: proxy.url, cache: 'true' }, { timeout: HANGS_AFTER_MS })
      expect([name, main.timedOut]).toEqual([name, false])
      const { cache, warnings, download } = reportOf(main)
      expect([name, main.outcome, cache.restore, download.modules]).toEqual([name, 'success', restore, 6])
      expect(warnings.length).toBeLessThanOrEqual(1)
      Object.assign(job.base, { GO_PROXY_SETUP_POLICY: saved ? POLICY : IMPATIENT })
      const [post] = await job.finish()
      expect([name, post?.timedOut]).toEqual([name, false])
      expect([name, post?.outcome, shown(post).includes('Saved the module cache')]).toEqual([name, 'success', saved])
      expect(readdirSync(job.temp)).toEqual([])
      const line = cache.reason ?? /not saved: (.*)/.exec(shown(post))?.[1] ?? ''
      const times = [(cache.seconds ?? 0) * 1000, main.ms, post?.ms ?? 0].map(ms => `${(ms / 1000).toFixed(1)} s`)
      table.push([name, cache.restore, ...times, line.slice(0, 90)])
    }
    const rest = [...Object.entries(cases), ...Object.entries(saving)]
    // Most of the time is waiting.
    const worker = async () => {
      const lane = await openLane(cleanUp, cleanUp)
      for (let entry = rest.shift(); entry !== undefined; entry = rest.shift()) await run(entry, lane)
    }
    await Promise.all([worker(), worker(), worker()])
    process.stdout.write(
      `${renderTable(`Deadline of the service here: ${STALL_MS / 1000} s (10 s for users)`, table)}\n`,
    )
  }, 240_000)
})

function renderTable(title: string, rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map(row => row[i]?.length ?? 0)))
  return [
    title,
    ...rows.map(row =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    ),
  ].join('\n')
}
