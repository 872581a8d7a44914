import { mkdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { expect, test } from '@jest/globals'
import { buildModule, goModOf, goSumOf } from '../../src/demo/modules.ts'
import { readExposition, valueIn } from '../support/builders/exposition.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { findControl, hostileName, shapeOfMarkdown, shapeOfPage } from '../support/hostile.ts'
import { checkOut, createJob, DIST, QUICK_POLICY, useAction } from '../support/worlds/action.ts'

const cleanUp = cleanUpAfterEach()
const onPosix = process.platform === 'win32' ? test.skip : test

const WORDS = [
  '::error::from the server',
  '##[error]x ##vso[task.setvariable variable=A]b',
  '\u001b[31m\u001b]8;;https://evil.example\u0007link\u001b]8;;\u0007',
  '<script>alert(1)</script><img src=x onerror=alert(1)>',
  '**b** | [x](javascript:alert(1)) `c` @octocat #1',
  '\u202e\u2066\u200b',
].join('\r\n')

/** A server whose status, headers and body are all words of these; each request gets others. */
async function startHostileServer() {
  let requests = 0
  const server = createServer((_, response) => {
    const status = [403, 500, 404, 429][requests++ % 4] ?? 500
    const one = Buffer.from(hostileName(requests))
      .toString('latin1')
      .replace(/[^\t -~\x80-\xff]/g, '')
    response.writeHead(status, `::error::${one}`, {
      'content-type': `text/plain; x=##[error]${one}`,
      'retry-after': `::error::${one}`,
      location: `https://evil.example/##[error]${one}`,
    })
    response.end(`${WORDS}\n${hostileName(requests)}`)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  cleanUp(() => server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

onPosix('servers, directories, files and variables are told of, and obeyed by no format', async () => {
  // Invisible characters are refused in inputs.
  const [DIRECTORY, FILE] = ['::error::x ##(error)<b>`|@octocat', '##vso[x]<img src=x>|`@octocat']
  const module = buildModule({ path: 'example.com/m', version: 'v1.0.0' })
  const job = cleanUp(
    createJob({
      GONOSUMDB: `*.example/${WORDS.replaceAll('\r\n', ' ')}`,
      GO_PROXY_SETUP_POLICY: QUICK_POLICY,
      GONOPROXY: '::error::x,##[error]y,<b>*.z</b>',
      HTTP_PROXY: '',
    }),
  )
  mkdirSync(join(job.workspace, DIRECTORY))
  checkOut(job, {
    [join(DIRECTORY, 'go.mod')]: goModOf('example.com/project', [module], '1.21'),
    [join(DIRECTORY, 'go.sum')]: goSumOf([module]),
  })
  const files = ['report-file', 'trace-file', 'html-file'].map(
    name => [name, join(job.workspace, `${name}${FILE}`)] as const,
  )
  const metricsFile = join(job.workspace, `${FILE}.prom`)
  Object.assign(job.base, { GITHUB_WORKFLOW: `${WORDS} "\\ ${hostileName(3)}`, GITHUB_JOB: '##[error]x' })
  const inputs = { proxies: await startHostileServer(), fallback: 'off', retries: '1', 'working-directory': DIRECTORY }
  const ended = await useAction(job, { ...inputs, ...Object.fromEntries(files), 'metrics-file': metricsFile })
  expect([ended.outcome, ended.failures]).toEqual(['failure', []])
  const known = ['group', 'endgroup', 'warning', 'notice', 'error', 'add-mask', 'add-matcher']
  expect(findControl(ended.raw, name => known.includes(name))).toEqual([])
  const matchers = ended.commands.filter(({ name }) => name === 'add-matcher')
  expect(matchers.map(({ data }) => data)).toEqual([join(dirname(DIST), '..', 'problem-matcher.json')])
  for (const { message } of ended.annotations) expect(findControl(message)).toEqual([])
  // What its errors say is ours, with a code behind it.
  expect(
    ended.annotations.filter(({ type, message }) => type === 'error' && !/\[[A-Z_]+\]$/.test(message ?? '')),
  ).toEqual([])
  const [report = '', trace = '', page = ''] = files.map(([, path]) => readFileSync(path, 'utf8'))
  const metrics = readFileSync(metricsFile, 'utf8')
  expect(findControl([report, trace, page, metrics, ended.summary.replaceAll('\ufe0f', '')].join('\n'))).toEqual([])
  expect(valueIn(readExposition(metrics), 'go_proxy_setup_success')).toBe(0)
  expect(JSON.parse(report)).toMatchObject({ outcome: 'failure' })
  expect(JSON.parse(trace)).toHaveProperty('traceEvents')
  const elements = [...shapeOfPage(page), ...shapeOfMarkdown(ended.summary)]
  const isOurs = ({ attributes: { id = '' } }: (typeof elements)[number]) => /^(rate|in-flight)-peak$/.test(id)
  const foreign = elements.filter(({ name }) => ['img', 'iframe', 'b', 'form', 'link'].includes(name))
  expect(foreign.filter(one => !isOurs(one))).toEqual([])
  expect(`${report}${ended.summary}`).toContain('octocat')
})
