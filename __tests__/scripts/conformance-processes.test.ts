import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { route, startFront } from '../../conformance/front.mjs'
import { cleanEnvironment, removeTree } from '../../conformance/workspace.mjs'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { until } from '../support/until.ts'

const cleanUp = cleanUpAfterEach()
const WORKSPACE = pathToFileURL(join(import.meta.dirname, '../../conformance/workspace.mjs')).href

/** Opens a workspace, starts a process below a process in it, says where and which, and waits. */
const PROGRAM = `
  import { openWorkspace } from '${WORKSPACE}'
  const workspace = openWorkspace()
  const { child } = workspace.start('sh', ['-c', 'sleep 600 & echo $!; wait'], { stdio: ['ignore', 'pipe', 'ignore'] })
  child.stdout.on('data', pid => console.log(JSON.stringify([workspace.directory, Number(pid)])))
  setInterval(() => {}, 1000)
`

const isThere = (pid: number) => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

describe('the workspace of a run', () => {
  const onUnix = process.platform === 'win32' ? test.skip : test
  onUnix.each(['SIGINT', 'SIGTERM'] as const)(
    '%s ends its processes with their children and removes it',
    async signal => {
      const program = spawn(process.execPath, ['--input-type=module', '-e', PROGRAM], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      const line = await new Promise<string>(resolve => createInterface(program.stdout).once('line', resolve))
      const [directory, pid] = JSON.parse(line)
      expect([existsSync(directory), isThere(pid)]).toEqual([true, true])
      const ended = new Promise(resolve => program.once('exit', resolve))
      program.kill(signal)
      expect(await ended).toBe(signal === 'SIGINT' ? 130 : 143)
      expect(existsSync(directory)).toBe(false)
      await until(() => !isThere(pid))
    },
  )

  test('a module cache, which is read-only, is removed too', () => {
    const directory = cleanUp.directory('conformance-test-')
    mkdirSync(join(directory, 'mod/m@v1.0.0'), { recursive: true })
    writeFileSync(join(directory, 'mod/m@v1.0.0/go.mod'), '', { mode: 0o444 })
    removeTree(directory)
    expect(existsSync(directory)).toBe(false)
  })

  test('Go’s tests get no setting of this machine', () => {
    const environment = { PATH: '/bin', GOPROXY: 'off', GOFLAGS: '-mod=mod', GIT_DIR: '/x', https_proxy: 'http://p' }
    expect(cleanEnvironment({ ...environment, TMPDIR: '/tmp' }, '/ours')).toEqual({
      PATH: '/bin',
      HOME: '/ours',
      TMPDIR: '/ours',
      TMP: '/ours',
      TEMP: '/ours',
    })
  })
})

describe('one URL before several proxies', () => {
  test.each([
    ['/rsc.io/quote/@v/list', { kind: 'gateway', before: '', path: '/rsc.io/quote/@v/list' }],
    ['/404/rsc.io/quote/@v/list', { kind: 'gateway', before: '/404', path: '/rsc.io/quote/@v/list' }],
    ['/redirect/11/m.io/@latest', { kind: 'gateway', before: '/redirect/11', path: '/m.io/@latest' }],
    ['/sumdb-503/sumdb/x/supported', { kind: 'gateway', before: '/sumdb-503', path: '/sumdb/x/supported' }],
    ['/sumdb/x/supported', { kind: 'gateway', before: '', path: '/sumdb/x/supported' }],
    ['/sumdb-wrong/latest', { kind: 'direct' }],
    ['/sumdb-redirect/rsc.io/quote@v1.0.0:/lookup/m', { kind: 'direct' }],
    ['/4040/m/@v/list', { kind: 'gateway', before: '', path: '/4040/m/@v/list' }],
  ])('%s', (path, way) => {
    expect(route(path)).toEqual(way)
  })

  test('each has a gateway of its own, there before the first request and closed at the end', async () => {
    const server = createServer((request, response) => {
      if (request.url?.endsWith('/gone') === true) return void response.writeHead(410).end('gone')
      response.end(request.url)
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const started: string[] = []
    const closed: string[] = []
    const front = await startFront(`${url}/mod`, ['/404'], async upstream => {
      started.push(upstream)
      const close = async () => void closed.push(upstream)
      return { url: `${url}/gateway-${started.length}|${upstream}`, close }
    })
    try {
      expect(started).toEqual([`${url}/mod`, `${url}/mod/404`])
      const get = async (path: string) => {
        const answer = await fetch(front.url + path)
        return [answer.status, await answer.text()]
      }
      expect(await get('/m/@v/list')).toEqual([200, '/gateway-1/m/@v/list'])
      expect(await get('/404/m/@v/list')).toEqual([200, '/gateway-2/m/@v/list'])
      expect(await get('/500/m/@v/list')).toEqual([200, '/gateway-3/m/@v/list'])
      expect(await get('/500/m/!x/@v/v1.0.0%2Bincompatible.mod')).toEqual([
        200,
        '/gateway-3/m/!x/@v/v1.0.0%2Bincompatible.mod',
      ])
      expect(await get('/sumdb-wrong/latest')).toEqual([200, '/mod/sumdb-wrong/latest'])
      expect(await get('/m/gone')).toEqual([410, 'gone'])
    } finally {
      await front.close()
      server.closeAllConnections()
      server.close()
    }
    expect(closed).toEqual(started)
  })

  test('a gateway that does not start is an answer, too', async () => {
    let starts = 0
    const front = await startFront('http://127.0.0.1:1/mod', [], async () => {
      if (starts++ > 0) throw new Error('exec ended')
      return { url: 'http://127.0.0.1:1/x', close: async () => {} }
    })
    try {
      const answer = await fetch(`${front.url}/404/m/@v/list`)
      expect([answer.status, await answer.text()]).toEqual([502, 'exec ended'])
      expect((await fetch(`${front.url}/m/@v/list`)).status).toBe(502)
    } finally {
      await front.close()
    }
  })
})
