import { execFile, spawn } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { buildModule } from '../../src/demo/modules.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { startOrigin } from '../support/servers/origins.ts'
import { until } from '../support/until.ts'
import { breakNode, DIST, QUICK_POLICY } from '../support/worlds/action.ts'
import { goEnvironment, projectOf } from '../support/worlds/project.ts'

const cleanUp = cleanUpAfterEach()

const modules = Array.from({ length: 4 }, (_, i) => buildModule({ path: `example.com/m${i}`, version: 'v1.0.0' }))
const schema = JSON.parse(readFileSync(new URL('../../schema/log.schema.json', import.meta.url), 'utf8'))
const isLine = new Ajv2020({ strict: false, formats: { 'date-time': true } }).compile(schema)

interface Logged {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
  /** Each is as the schema says. */
  readonly lines: readonly Readonly<Record<string, unknown>>[]
}

function newProject() {
  const project = cleanUp(projectOf(modules))
  const temporary = dirname(project.directory)
  const env = goEnvironment(project, {
    GO_PROXY_SETUP_POLICY: QUICK_POLICY,
    TMPDIR: temporary,
    GONOSUMDB: 'none.example',
  })
  const run = (args: readonly string[], more: Readonly<Record<string, string>> = {}) =>
    new Promise<Logged>((resolve, reject) => {
      const options = { cwd: project.directory, env: { ...env, ...more }, timeout: 60_000 }
      execFile(process.execPath, [DIST, ...args], options, (error, stdout, stderr) => {
        try {
          const lines = stderr.split('\n').slice(0, -1).map(readLine)
          resolve({ code: error === null ? 0 : Number(error.code ?? -1), stdout, stderr, lines })
        } catch (fault) {
          reject(fault)
        }
      })
    })
  return { ...project, env, run }
}

function readLine(line: string) {
  const value = JSON.parse(line) as Readonly<Record<string, unknown>>
  if (!isLine(value)) throw new Error(`${line}: ${JSON.stringify(isLine.errors)}`)
  return value
}

const JSON_LOG = ['--log-format', 'json']
const eventsOf = ({ lines }: Logged) => new Set(lines.map(({ event, code }) => event ?? code))

describe('every line of standard error is a record', () => {
  test('of a job that succeeds, with its decisions', async () => {
    const { run } = newProject()
    const [good, bad] = [cleanUp(await startOrigin('good', modules)), cleanUp(await startOrigin('404', modules))]
    const proxies = `${good.url} ${bad.url}`
    const ran = await run(['run', ...JSON_LOG, '--proxies', proxies, '--json'])
    expect([ran.code, JSON.parse(ran.stdout).download.modules]).toEqual([0, 4])
    const events = [...eventsOf(ran)]
    expect(events).toEqual(expect.arrayContaining(['start', 'project', 'candidate', 'setting', 'phase', 'result']))
    expect(ran.lines.at(-1)).toMatchObject({ event: 'result', outcome: 'success', modules: 4, proxy: good.url })
    expect(ran.stderr).not.toContain('\u001b')
  })

  test('of a job that fails, the error last; and no login is in it', async () => {
    const { run } = newProject()
    const bad = cleanUp(await startOrigin('404', modules))
    const { host } = new URL(bad.url)
    const [login, token] = ['c4nary-l0gin', 'c4nary-t0ken']
    const ran = await run(['run'], {
      GO_PROXY_SETUP_LOG_FORMAT: 'json',
      GOPROXY: `http://user:${login}@${host}`,
      GO_PROXY_SETUP_CREDENTIALS: `git.corp.example ${token}`,
      RUNNER_DEBUG: '1',
    })
    expect([ran.code, ran.lines.at(-1)?.['level']]).toEqual([1, 'error'])
    expect(ran.lines.find(({ event }) => event === 'result')).toMatchObject({ outcome: 'failure' })
    for (const canary of [login, token]) expect(ran.stderr).not.toContain(canary)
  })

  const others: readonly (readonly [string, number, boolean])[] = [
    ['bench', 0, false],
    ['env', 0, false],
    ['download', 0, false],
    ['doctor', 0, false],
    ['exec -- go env GOPROXY', 0, false],
    ['exec -q -- go no-such-verb', 2, true],
    ['exec -- no-such-command', 127, false],
  ]
  test.each(others)('of %s', async (line, code, inherited) => {
    const { run, env } = newProject()
    const { url } = cleanUp(await startOrigin('good', modules))
    const [verb = '', ...rest] = line.split(' ')
    const ran = run([verb, ...JSON_LOG, '--proxies', url, ...rest], { GONOSUMDB: env['GONOSUMDB'] ?? '' })
    // What a command of `exec` prints is its own.
    if (inherited) return void (await expect(ran).rejects.toThrow(/JSON/))
    const ended = await ran
    expect(ended.code).toBe(code)
    if (code === 0 && verb !== 'doctor') expect([...eventsOf(ended)]).toContain('result')
    if (code === 0 && verb === 'exec') expect(ended.lines.at(-1)).toMatchObject({ event: 'result' })
    if (verb === 'bench') expect([...eventsOf(ended)]).toContain('candidate')
  })

  const wrong = [
    ['run --log-format json --no-such-option', 2],
    ['run --log-format json --proxies', 2],
    ['run --log-format json --gateway perhaps', 2],
    ['run --log-format json --credentials a', 2],
    ['run --log-format json a-word', 2],
    ['no-such-verb --log-format json', 2],
    ['exec --log-format json', 125],
    ['report show --log-format json none.json', 2],
    ['report compare --log-format json a.json', 2],
    ['report show --log-format json', 2],
    ['completion --log-format json no-such-shell', 2],
    ['-C a run -C b --log-format json', 2],
  ] as const
  test.each(wrong)('of wrong usage: %s', async (line, code) => {
    const ran = await newProject().run(line.split(' '))
    expect([ran.code, ran.stdout]).toEqual([code, ''])
    expect(ran.lines.filter(({ level }) => level === 'error').length).toBeGreaterThan(0)
  })

  test('of a call without a verb, and of a fault that nobody foresaw', async () => {
    const { run, directory } = newProject()
    const help = await run([], { GO_PROXY_SETUP_LOG_FORMAT: 'json' })
    expect(help.lines.map(({ event }) => event)).toContain('usage')
    const fault = breakNode(directory, "process.uptime = () => { process.emitWarning('odd'); throw new Error('odd') }")
    const broken = await run(['run', ...JSON_LOG, '--proxies', 'http://127.0.0.1:1'], fault)
    expect([broken.code, [...eventsOf(broken)]]).toEqual([1, expect.arrayContaining(['UNEXPECTED', 'NODE_WARNING'])])
  })

  test('a value that is none of the two is told as text', async () => {
    const { run } = newProject()
    await expect(run(['run', '--log-format', 'xml'])).rejects.toThrow(/JSON/)
  })
})

const RSYSLOG = '/usr/sbin/rsyslogd'
const MODULES = '/usr/lib/x86_64-linux-gnu/rsyslog'
const hasRsyslog = existsSync(RSYSLOG) && existsSync(join(MODULES, 'omelasticsearch.so'))
const withRsyslog = hasRsyslog ? test : test.skip

withRsyslog(
  hasRsyslog ? 'rsyslog ships log and audit log to a store' : 'rsyslog-elasticsearch is not installed',
  async () => {
    const { run, directory } = newProject()
    const { url } = cleanUp(await startOrigin('good', modules))
    const place = dirname(directory)
    const audit = join(place, 'job.audit.json')
    const { stderr } = await run(['run', ...JSON_LOG, '--proxies', url, '--audit-log', audit])
    const bulk: string[] = []
    const store = createServer((request, response) => {
      let body = ''
      request.on('data', chunk => {
        body += String(chunk)
      })
      request.on('end', () => {
        if (request.url?.startsWith('/_bulk')) bulk.push(body)
        response.setHeader('content-type', 'application/json').end('{"errors":false,"items":[]}')
      })
    })
    await new Promise<void>(resolve => store.listen(0, '127.0.0.1', resolve))
    cleanUp({ close: () => new Promise(resolve => store.close(resolve).closeAllConnections()) })
    const { port } = store.address() as AddressInfo
    const example = readFileSync(
      fileURLToPath(new URL('../../examples/monitoring/rsyslog.conf', import.meta.url)),
      'utf8',
    )
    const config = join(place, 'rsyslog.conf')
    writeFileSync(
      config,
      `global(workDirectory="${place}")\n${example.replaceAll('/var/log/go-proxy-setup', place).replaceAll('9200', String(port))}`,
    )
    writeFileSync(join(place, 'job.log.json'), stderr)
    const long = { text: 'long-'.repeat(4_000) }
    const [cut, words] = [JSON.stringify({ text: 'cut-'.repeat(80_000) }), 'no "JSON" \\ at all']
    writeFileSync(join(place, 'other.audit.json'), `${[JSON.stringify(long), words, cut].join('\n')}\n`)
    const daemon = spawn(RSYSLOG, ['-n', '-f', config, '-i', join(place, 'pid')], { stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    daemon.stderr.on('data', chunk => {
      said += String(chunk)
    })
    const ended = new Promise(resolve => daemon.once('exit', resolve))
    cleanUp(async () => {
      daemon.kill('SIGKILL')
      await ended
    })
    const shipped = () => {
      const lines = bulk.flatMap(text => text.split('\n')).filter(line => line !== '')
      return lines.flatMap((line, i) => {
        const index = JSON.parse(line).index?._index as string | undefined
        if (index === undefined) return []
        // rsyslog adds which file it was.
        const { metadata, ...record } = JSON.parse(lines[i + 1] ?? '{}')
        if (!String(metadata?.filename).startsWith(place))
          throw new Error(`of which file? ${lines[i + 1]?.slice(0, 200)}`)
        return [[index, record] as const]
      })
    }
    const logged = stderr.split('\n').slice(0, -1)
    const audited = readFileSync(audit, 'utf8').split('\n').slice(0, -1)
    // Of the line that is too long only the beginning comes.
    const added = [long, words, cut]
    const all = logged.length + audited.length + added.length
    await until(() => shipped().length >= all || daemon.exitCode !== null)
    expect([daemon.exitCode, said]).toEqual([null, said])
    const of = (wanted: string) => shipped().flatMap(([index, record]) => (index === wanted ? [record] : []))
    expect(of('go-proxy-setup-log')).toEqual(logged.map(line => JSON.parse(line)))
    const audits = of('go-proxy-setup-audit')
    const isText = (record: Readonly<Record<string, unknown>>) => Object.keys(record).join() === 'message'
    // Files are read beside each other.
    const records = audits.filter(record => !isText(record))
    expect(records.filter(record => !('text' in record))).toEqual(audited.map(line => JSON.parse(line)))
    expect(records.filter(record => 'text' in record)).toEqual([long])
    expect(audits.filter(isText).map(({ message }) => message)).toEqual([words, cut.slice(0, 256 << 10)])
  },
)
