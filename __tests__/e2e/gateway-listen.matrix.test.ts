import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { dirname, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { buildModule, goModOf, goSumOf } from '../../src/demo/modules.ts'
import { startProxy } from '../../src/demo/proxy.ts'
import { cleanUpAfterEach } from '../support/clean-up.ts'
import { checkOutProject, createJob, DIST, QUICK_POLICY, useAction } from '../support/worlds/action.ts'
import { createProject, goEnvironment, projectOf } from '../support/worlds/project.ts'
import { WITHOUT_NETWORK } from '../support/worlds/without-network.ts'

const cleanUp = cleanUpAfterEach()

const library = buildModule({ path: 'modules.test.io/library', version: 'v1.2.0' })
const secret = buildModule({ path: 'git.corp.example/secret', version: 'v1.0.0' })
const modules = [library, secret]

function statusOf(url: string, target: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(`${url}/${target}`, { agent: false }, res => {
      res.resume()
      res.on('end', () => resolve(res.statusCode ?? 0))
    })
    sent.on('error', reject)
    sent.end()
  })
}

describe('gateway-listen in a job', () => {
  async function openWorld() {
    const job = cleanUp(createJob({ GO_PROXY_SETUP_POLICY: QUICK_POLICY }))
    const proxy = cleanUp(await startProxy({ modules }))
    checkOutProject(job, modules)
    return { job, inputs: { 'private-proxy': proxy.url, fallback: 'off', 'private-domains': 'git.corp.example' } }
  }

  test('the output is a masked address that serves public modules until post has run', async () => {
    const { job, inputs } = await openWorld()
    const main = await useAction(job, { ...inputs, gateway: 'job', 'gateway-listen': '127.0.0.1' })
    expect([main.outcome, main.log]).toEqual(['success', main.log])
    const url = main.outputs['gateway-url'] ?? ''
    const path = new URL(url).pathname.slice(1)
    expect([url, job.masks.includes(path)]).toEqual([
      expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{32}$/),
      true,
    ])
    expect(job.env['GOPROXY']).not.toContain(path)
    expect([main.log.join('\n').includes(path), main.summary.includes(path)]).toEqual([false, false])
    const library12 = 'modules.test.io/library/@v/v1.2.0.zip'
    const secret10 = 'git.corp.example/secret/@v/v1.0.0.zip'
    expect([await statusOf(url, library12), await statusOf(url, secret10)]).toEqual([200, 403])
    expect(await statusOf(job.env['GOPROXY']?.split('|')[0] ?? '', secret10)).toBe(200)
    await job.finish()
    await expect(statusOf(url, library12)).rejects.toThrow('ECONNREFUSED')
  })

  test('without the input the output is empty', async () => {
    const { job, inputs } = await openWorld()
    const main = await useAction(job, { ...inputs, gateway: 'job' })
    expect([main.outcome, main.outputs['gateway-url']]).toEqual(['success', ''])
    await job.finish()
  })

  test('a port that is taken costs a warning and the output, not the step', async () => {
    const { job, inputs } = await openWorld()
    const taken = new URL(inputs['private-proxy']).host
    const main = await useAction(job, { ...inputs, gateway: 'job', 'gateway-listen': taken })
    expect([main.outcome, main.outputs['gateway-url'], main.log.join('\n')]).toEqual([
      'success',
      '',
      expect.stringContaining(`could not listen on ${taken} (the port is taken)`),
    ])
    expect(job.env['GOPROXY']).toMatch(/^http:\/\/127\.0\.0\.1:/)
    await job.finish()
  })

  test('an address that is not this machine’s fails the step', async () => {
    const { job, inputs } = await openWorld()
    const main = await useAction(job, { ...inputs, gateway: 'job', 'gateway-listen': '10.255.254.253' })
    expect([main.outcome, main.log.join('\n')]).toEqual([
      'failure',
      expect.stringContaining('[GATEWAY_LISTEN_ADDRESS]'),
    ])
  })
})

/** Two namespaces joined by a pair of virtual interfaces; $PID is a process in the inner one. */
const PAIR = `
set -e
ip link set lo up
ip link add docker0 type veth peer name box
ip addr add 10.9.8.1/24 dev docker0
ip link set docker0 up
unshare -n sleep 120 &
PID=$!
trap 'kill $PID' EXIT
n=0
while [ "$(readlink /proc/$PID/ns/net)" = "$(readlink /proc/$$/ns/net)" ] && [ $n -lt 200 ]; do n=$((n+1)); sleep 0.02; done
ip link set box netns $PID
nsenter -t $PID -n ip addr add 10.9.8.2/24 dev box
nsenter -t $PID -n ip link set box up
export PID
`
const canPair =
  WITHOUT_NETWORK !== undefined &&
  spawnSync(WITHOUT_NETWORK[0] ?? '', [...WITHOUT_NETWORK.slice(1), 'sh', '-c', PAIR]).status === 0

/** The proxy in the outer namespace: plain files, since the test's own process is in neither. */
const FILES = `
const [, , root, port] = process.argv
require('node:http').createServer((req, res) => {
  const file = require('node:fs').createReadStream(root + decodeURIComponent(req.url))
  file.on('error', () => res.writeHead(404).end())
  file.pipe(res)
}).listen(Number(port), '127.0.0.1', () => console.log('up'))
`

const whereItCan = canPair ? describe : describe.skip
whereItCan('gateway-listen and another network namespace', () => {
  const PORT = 8123
  function openWorld() {
    const project = cleanUp(projectOf(modules))
    const root = dirname(project.directory)
    for (const one of modules) {
      const directory = join(root, 'proxy', one.path, '@v')
      mkdirSync(directory, { recursive: true })
      writeFileSync(join(directory, 'list'), `${one.version}\n`)
      writeFileSync(join(directory, `${one.version}.info`), JSON.stringify({ Version: one.version }))
      writeFileSync(join(directory, `${one.version}.mod`), one.mod)
      writeFileSync(join(directory, `${one.version}.zip`), one.zip)
    }
    writeFileSync(join(root, 'files.cjs'), FILES)
    const other = cleanUp(
      createProject({ 'go.mod': goModOf('example.com/other', [library]), 'go.sum': goSumOf([library]) }),
    )
    return { project, root, other }
  }

  /** Runs `inner` by a shell in the inner namespace, behind `exec` in the outer one. */
  async function play(inner: string, listen: readonly string[]) {
    const { project, root, other } = openWorld()
    const box = goEnvironment(other)
    // A container has nothing of the settings that the command gets.
    const settings = Object.entries({ ...box, GONOSUMDB: '*', GOPRIVATE: '', GONOPROXY: 'none' }).map(
      ([k, v]) => `${k}='${v}'`,
    )
    writeFileSync(join(root, 'inner.sh'), `cd '${other.directory}'\nexport ${settings.join(' ')}\n${inner}\n`)
    const exec = ['exec', '--proxies', `http://127.0.0.1:${PORT}`, '--private-domains', 'git.corp.example', ...listen]
    const script = `${PAIR}
'${process.execPath}' '${root}/files.cjs' '${root}/proxy' ${PORT} > '${root}/up' &
FILES=$!
trap 'kill $PID $FILES || true' EXIT
n=0
while [ ! -s '${root}/up' ] && [ $n -lt 200 ]; do n=$((n+1)); sleep 0.02; done
'${process.execPath}' '${DIST}' ${exec.join(' ')} -- nsenter -t $PID -n sh '${root}/inner.sh'
`
    const env = goEnvironment(project, { GO_PROXY_SETUP_POLICY: QUICK_POLICY, GONOSUMDB: '*', GOPROXY: 'off' })
    const [file = '', ...args] = WITHOUT_NETWORK ?? []
    const child = spawn(file, [...args, 'sh', '-c', script], { cwd: project.directory, env })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()))
    const code = await new Promise(resolve => child.once('close', resolve))
    return { code, said, box }
  }

  const GET = (url: string, more = '') =>
    `'${process.execPath}' -e 'require("node:http").get(process.argv[1],{agent:false${more}},r=>{console.log("status",r.statusCode);r.resume()}).on("error",e=>console.log("status",e.code))' "${url}"`

  test('a real go there downloads from it; wrong paths, Hosts and private modules are refused', async () => {
    const { code, said } = await play(
      [
        'URL=$GOPROXYSETUP_GATEWAY_URL',
        'GOPROXY=$URL go mod download && echo downloaded',
        GET('$(echo "$URL" | sed "s|.$|x|")/modules.test.io/library/@v/v1.2.0.zip'),
        GET('$URL/modules.test.io/library/@v/v1.2.0.zip', ',headers:{host:"evil.example"}'),
        GET('$URL/git.corp.example/secret/@v/v1.0.0.zip'),
        'case $URL in http://10.9.8.1:*) echo address;; esac',
        'GOPROXY=$URL go mod download git.corp.example/secret@v1.0.0 || true',
      ].join('\n'),
      ['--gateway-listen', 'docker'],
    )
    expect([code, said]).toEqual([0, expect.stringContaining('downloaded\n')])
    expect([said.match(/status .*/g), said]).toEqual([['status 403', 'status 403', 'status 403'], said])
    expect(said).toMatch(/^address$/m)
    expect(said).toMatch(/403 Forbidden[\s\S]*git\.corp\.example\/secret is private here/)
  })

  test('without the option nothing listens there', async () => {
    const { code, said } = await play(
      [
        'echo "url=[$GOPROXYSETUP_GATEWAY_URL]"',
        'P=$(echo "$GOPROXY" | cut -d: -f3 | cut -d/ -f1)',
        GET('http://10.9.8.1:$P/'),
      ].join('\n'),
      [],
    )
    expect([code, said]).toEqual([0, expect.stringMatching(/url=\[\][\s\S]*status ECONNREFUSED/)])
  })
})
