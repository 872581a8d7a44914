import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { buildModule } from '../../src/demo/modules.ts'
import { cleanUpAfterAll } from '../support/clean-up.ts'
import { startInternet } from '../support/servers/internet.ts'
import { queryUntil, whyNoMonitoring } from '../support/servers/monitoring.ts'
import { until } from '../support/until.ts'
import { DIST } from '../support/worlds/action.ts'
import { basic, CANARY, type CompanyWorld, downloadAsGo, LOGINS, openCompany } from '../support/worlds/company.ts'
import { askCompany, openClient } from '../support/worlds/company-client.ts'
import { startWatch, type Watch } from '../support/worlds/company-watch.ts'
import { goEnvironment, projectOf } from '../support/worlds/project.ts'

const cleanUp = cleanUpAfterAll()
const whyNot = existsSync('/usr/sbin/haproxy')
  ? whyNoMonitoring(['prometheus', 'promtool', 'alertmanager', 'amtool', 'blackbox'])
  : 'HAProxy is not installed (apt-get install haproxy).'
if (whyNot !== undefined) console.warn(`The company's proxy is not played. ${whyNot}`)
const withPrograms = whyNot === undefined ? describe : describe.skip

const DOWNLOADS = 200
const AT_ONCE = 6
/** Each is asked for several times, so that some are fetched while an instance ends, and some are stored by then. */
const modules = Array.from({ length: 50 }, (_, i) => buildModule({ path: `example.com/m${i}`, version: 'v1.0.0' }))
const later = Array.from({ length: 4 }, (_, i) => buildModule({ path: `example.com/later${i}`, version: 'v1.0.0' }))
const own = buildModule({ path: 'git.corp.example/team/lib', version: 'v1.0.0' })
const CANARY_INFO = '/rsc.io/quote/@v/v1.5.2.info'

withPrograms('the company’s proxy', () => {
  let world: CompanyWorld
  let watch: Watch
  const ask = (path: string, login?: string) => askCompany(world, path, login === undefined ? {} : { login })
  const states = async () => [await world.stateOf('athens-1'), await world.stateOf('athens-2')]

  beforeAll(async () => {
    world = await openCompany(cleanUp, [...modules, ...later, own])
    watch = await startWatch(world, cleanUp)
  }, 60_000)

  afterEach(() => world.restore(), 60_000)

  test('none of 200 downloads fails while one instance is killed and the other is drained, in turn', async () => {
    const directory = cleanUp.directory('downloads-')
    const ends: string[] = []
    let begun = 0
    let drained = -1
    let gate: Promise<unknown> = Promise.resolve()
    const toOfficial = world.official.requests.length
    /** What happens to the instances, by the number of downloads that have begun. */
    const events: Readonly<Record<number, () => Promise<unknown>>> = {
      30: () => world.kill('athens-1'),
      70: async () => {
        await world.revive('athens-1')
        await world.untilState('athens-1', /^UP$/)
        await world.tell('set server modules/athens-2 state drain')
      },
      120: async () => {
        drained = askedOf(world)
      },
      150: async () => {
        // Nothing but health checks came meanwhile.
        expect([drained >= 0, askedOf(world)]).toEqual([true, drained])
        await world.tell('set server modules/athens-2 state ready')
        await world.kill('athens-1')
      },
      180: () => world.revive('athens-1'),
    }
    const client = async () => {
      while (begun < DOWNLOADS) {
        const number = begun++
        // None begins while something happens; those under way go on.
        gate = gate.then(events[number])
        await gate
        const { path, version } = modules[number % modules.length] ?? CANARY
        const { code, said } = await downloadAsGo(world, `${path}@${version}`, { directory, login: LOGINS.ci })
        ends.push(code === 0 ? 'downloaded' : said)
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, client))
    expect(ends.filter(end => end !== 'downloaded')).toEqual([])
    expect(ends).toHaveLength(DOWNLOADS)
    // There was always one that is up.
    expect(world.official.requests.length).toBe(toOfficial)
  }, 120_000)

  test('the health check takes for healthy what serves its modules, and nothing else', async () => {
    const one = world.instances['athens-1']
    const good = async (path: string) => {
      const said = await fetch(`http://127.0.0.1:${one.port}${path}`)
      const body = await said.text()
      return said.status === 200 && (path !== CANARY_INFO || body.includes('"Version":"v1.5.2"'))
    }
    const paths = ['/healthz', '/sumdb/sum.golang.org/supported', '/rsc.io/quote/@v/list', CANARY_INFO]
    const table: Record<string, readonly boolean[]> = {}
    for (const ailment of ['none', 'no upstream', 'no storage', 'portal'] as const) {
      one.ail(ailment)
      table[ailment] = await Promise.all(paths.map(good))
    }
    expect(table).toEqual({
      none: [true, true, true, true],
      // What is stored is served: it is well.
      'no upstream': [true, true, false, true],
      // It serves nothing, and says that it is alive.
      'no storage': [true, true, false, false],
      portal: [true, true, true, false],
    })
    for (const ailment of ['no storage', 'portal'] as const) {
      one.ail(ailment)
      await world.untilState('athens-1', /^DOWN$/)
      one.ail('no upstream')
      await world.untilState('athens-1', /^UP$/)
    }
  }, 60_000)

  test('errors in a row end the use of an instance whose health check is content', async () => {
    const one = world.instances['athens-1']
    one.ail('errors for all but the stored')
    const client = cleanUp(openClient(world))
    const opened0 = Number(await world.columnOf('athens-1', 'timesDown'))
    let asked = 0
    // It closes again by itself: whoever sees it open says so to all.
    let opened = false
    const askUnknown = async () => {
      while (!opened && asked < 4000) {
        await client.ask(`/example.com/unknown${asked++}/@v/v1.0.0.info`, { login: LOGINS.lost })
        opened ||= /^DOWN/.test(await world.stateOf('athens-1'))
      }
    }
    await Promise.all(Array.from({ length: 8 }, askUnknown))
    expect(opened).toBe(true)
    // By which the alert for one that opens again and again counts.
    expect(Number(await world.columnOf('athens-1', 'timesDown'))).toBeGreaterThan(opened0)
    // Its health check brings it back by itself.
    await world.untilState('athens-1', /^UP$/)
  }, 60_000)

  test('what go cannot fetch, be it for a login that ended, is 404, and no reason against an instance', async () => {
    const client = cleanUp(openClient(world))
    for (const one of Object.values(world.instances)) one.ail('no upstream')
    const downs = () => Promise.all([world.columnOf('athens-1', 'timesDown'), world.columnOf('athens-2', 'timesDown')])
    const before = await downs()
    // More in a row than the breaker takes, and all from one instance, for one run of go.
    const path = '/git.corp.example/team/locked/@v/v1.0.0.info'
    const answers = await Promise.all(Array.from({ length: 30 }, () => client.ask(path, { login: LOGINS.lost })))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([404]))
    expect([await states(), await downs()]).toEqual([['UP', 'UP'], before])
  }, 60_000)

  test('without any instance, public modules come from the public proxy; private ones are named to nobody', async () => {
    await Promise.all([world.kill('athens-1'), world.kill('athens-2')])
    await Promise.all([world.untilState('athens-1', /^DOWN$/), world.untilState('athens-2', /^DOWN$/)])
    const directory = cleanUp.directory('fallback-')
    const end = await downloadAsGo(world, 'example.com/m1@v1.0.0', { directory, login: LOGINS.ci })
    expect(end).toEqual({ code: 0, said: '' })
    const names = [
      '/git.corp.example/team/lib/@v/v1.0.0.info',
      '/GIT.corp.example/team/lib/@v/v1.0.0.info',
      '/%67it.corp.example/team/lib/@v/v1.0.0.info',
      '/sumdb/sum.golang.org/lookup/git.corp.example/team/lib@v1.0.0',
    ]
    const denied = await world.columnOf('modules-in', 'denied')
    for (const name of names)
      expect([name, await ask(name, LOGINS.ci)]).toEqual([
        name,
        expect.objectContaining({ status: 503, retryAfter: '30' }),
      ])
    // By which the alert for clients over their limit counts.
    expect(await world.columnOf('modules-in', 'denied')).toBe(denied)
    const twice = [
      '/x/../git.corp.example/team/lib/@v/list',
      '//git.corp.example/team/lib/@v/list',
      '/%2567it.corp.example/a',
    ]
    for (const name of twice) expect([name, (await ask(name, LOGINS.ci)).status]).toEqual([name, 400])
    const heard = world.official.requests
    expect(heard.length).toBeGreaterThan(0)
    expect(heard.filter(({ path }) => /corp/i.test(path))).toEqual([])
    expect(heard.filter(({ headers }) => headers.authorization !== undefined)).toEqual([])
  }, 60_000)

  test('who has no login or a wrong one is told so; with netrc or `credentials` modules come', async () => {
    const module = `${later[0]?.path}@v1.0.0`
    const directory = cleanUp.directory('logins-')
    expect(await ask(CANARY_INFO)).toMatchObject({ status: 401, body: expect.stringContaining('wants a login') })
    expect(await ask(CANARY_INFO, 'ci:wrong')).toMatchObject({ status: 401 })
    for (const login of [undefined, 'ci:wrong'])
      expect(await downloadAsGo(world, module, { directory, ...(login && { login }) })).toMatchObject({
        code: 1,
        said: expect.stringContaining('401'),
      })
    expect(await downloadAsGo(world, module, { directory, login: LOGINS.ci })).toEqual({ code: 0, said: '' })
    const refused = await runOurs(['download'], {})
    expect(refused).toMatchObject({ code: 1, said: expect.stringMatching(/credentials/) })
    const taken = await runOurs(['download'], { GO_PROXY_SETUP_CREDENTIALS: `127.0.0.1:${world.port} ${words('ci')}` })
    expect([taken.code, taken.said]).toEqual([0, expect.stringContaining('4 modules')])
    expect(taken.said).not.toContain('token-of-ci')
    expect(world.haproxy.log()).not.toMatch(new RegExp(`token-of|${basic(LOGINS.ci)}`))
  }, 60_000)

  test('a client over its limit is told so in words, and no other one', async () => {
    const client = openClient(world)
    const denied = Number(await world.columnOf('modules-in', 'denied'))
    // As if it had asked so often before. The runtime interface knows no quotes.
    const asIf = (requests: number) =>
      world.tell(`set table modules-in key greedy\\ 127.0.0.1 data.http_req_rate ${requests}`)
    await asIf(1990)
    const statuses: number[] = []
    for (let i = 0; i < 13; i++)
      statuses.push((await client.ask('/sumdb/sum.golang.org/supported', { login: LOGINS.greedy })).status)
    client.close()
    expect(statuses).toEqual([...Array(10).fill(200), 429, 429, 429])
    expect(Number(await world.columnOf('modules-in', 'denied'))).toBe(denied + 3)
    // As if it went on.
    await asIf(1_000_000)
    expect(await ask(CANARY_INFO, LOGINS.greedy)).toEqual({
      status: 429,
      retryAfter: '10',
      body: 'greedy at 127.0.0.1 asks this proxy more than 2000 times in 10 s. Try again in 10 s.\n',
    })
    expect(await ask(CANARY_INFO, LOGINS.ci)).toMatchObject({ status: 200 })
    const login = { GO_PROXY_SETUP_CREDENTIALS: `127.0.0.1:${world.port} ${words('greedy')}` }
    const said = await runOurs(['doctor'], login)
    expect(said.said).toContain('limits the number of requests (429)')
    expect(said.said).toContain('HTTP_TOO_MANY_REQUESTS')
    expect(said.said).toMatch(/the limit is .*this login or address/i)
  }, 60_000)

  test('a line of the log is JSON however long its path is, and questions for metrics have none', async () => {
    const path = `/example.com/${'long/'.repeat(400)}@v/list`
    expect(await ask(path, LOGINS.ci)).toMatchObject({ status: 404 })
    const line = () =>
      world.haproxy
        .log()
        .split('\n')
        .find(text => text.split('long').length > 9 && text.endsWith('}'))
    await until(() => line() !== undefined)
    expect(JSON.parse(line() ?? '')).toMatchObject({ path, client: 'ci', status: 404, backend: 'modules' })
    expect(await (await fetch(`http://${world.metrics}/alive`)).text()).toBe('ok\n')
    expect(world.haproxy.log()).not.toContain('metrics/HTTP')
  }, 60_000)

  test('the alert for a lost instance reaches a webhook, and clears; every query is taken', async () => {
    expect(await watch.refusedQueries()).toEqual([])
    const up = 'probe_success{job="modules"} == 1'
    await queryUntil(watch.prometheus, up, series => series.length === 1)
    const last = () => watch.lastTold('GoModulesInstanceLost', 'athens-2')
    // Other tests kill, too.
    await until(() => last()?.status !== 'firing')
    await queryUntil(watch.prometheus, 'ALERTS{alertname="GoModulesInstanceLost"}', series => series.length === 0)
    await world.kill('athens-2')
    await until(() => last()?.status === 'firing')
    expect(last()?.labels).toMatchObject({ severity: 'SEV-2', proxy: 'modules', state: 'DOWN' })
    // What jobs get is not touched.
    expect(await queryUntil(watch.prometheus, up, series => series.length === 1)).toHaveLength(1)
    await world.revive('athens-2')
    await until(() => last()?.status === 'resolved')
    await world.untilState('athens-2', /^UP$/)
    expect(await states()).toEqual(['UP', 'UP'])
  }, 60_000)

  /** This program, in a project that needs four modules, through the company's proxy. */
  async function runOurs(args: readonly string[], more: Readonly<Record<string, string>>) {
    const project = cleanUp(projectOf(later))
    // `doctor` asks the official proxy, too.
    const internet = cleanUp(await startInternet({ 'proxy.golang.org': 'cut' }))
    const env = goEnvironment(project, {
      ...internet.env,
      ...world.authority.env,
      NO_PROXY: '127.0.0.1',
      GOSUMDB: 'off',
      TMPDIR: dirname(project.directory),
      ...more,
    })
    const command = [DIST, ...args, '--proxies', world.url, '--fallback', 'off']
    return await new Promise<{ readonly code: number; readonly said: string }>(resolve => {
      execFile(process.execPath, command, { env, cwd: project.directory, timeout: 50_000 }, (error, stdout, stderr) =>
        resolve({ code: error === null ? 0 : Number(error.code ?? -1), said: stdout + stderr }),
      )
    })
  }
})

/** As a line of `credentials` has a login. */
const words = (login: keyof typeof LOGINS) => LOGINS[login].replace(':', ' ')

/** How many requests for modules the second instance got, health checks left out. */
function askedOf({ instances }: CompanyWorld): number {
  return instances['athens-2'].requests.filter(path => path !== CANARY_INFO).length
}
