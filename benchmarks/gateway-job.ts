import { execFile, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Job } from '../__tests__/support/worlds/fake-runner.mjs'
import { median } from '../src/benchmark/sample.ts'
import { buildModule, goModOf, goSumOf } from '../src/demo/modules.ts'
import { memoryOf } from './measured.ts'
import { startOrigin } from './origin.ts'
import { root } from './root.ts'
import { makeSynthetic } from './synthetic.ts'

/** What `benchmarks/options.mjs` reads. */
export interface Options {
  /** That later steps download. */
  readonly modules: number
  readonly rtt: number
  readonly runs: number
}

const WAYS = ['step', 'job'] as const
type Way = (typeof WAYS)[number]
type Figures = Readonly<Record<string, number>>

/** What `gateway: job` costs later steps, and gives them: commands of later steps with it and without, in turn. */
export async function main({ modules, rtt, runs }: Options): Promise<number> {
  const synthetic = makeSynthetic(modules, 20_000)
  // go asks for these too, where it looks for newer versions.
  for (let i = 0; i < modules; i++) writeFileSync(join(synthetic.store, `example.com/module${i}/@v/list`), 'v1.0.0\n')
  const origin = await startOrigin({ directory: synthetic.store, rttMs: rtt })
  console.log(`gateway: step and job, ${modules} modules of 20 kB, proxy at ${rtt} ms, medians of ${runs}`)
  const played: Record<Way, Figures[]> = { step: [], job: [] }
  try {
    for (let run = 0; run < runs; run++) for (const way of WAYS) played[way].push(await play(way, synthetic, origin))
  } finally {
    await origin.close()
    synthetic.remove()
  }
  for (const name of Object.keys(played.job[0] ?? {})) {
    const of = (way: Way) => played[way].flatMap(figures => figures[name] ?? [])
    const shown = WAYS.map(way =>
      (of(way).length === 0 ? '–' : String(Math.round((median(of(way)) ?? 0) * 10) / 10)).padStart(8),
    )
    console.log(`${name.padEnd(58)} ${shown.join(' ')}`)
  }
  return 0
}

/** One job: the action, and the commands of its later steps. */
async function play(
  way: Way,
  { project, store }: { readonly project: string; readonly store: string },
  { url, cert }: { readonly url: string; readonly cert: string },
): Promise<Figures> {
  const job = new Job()
  try {
    const certificates = join(job.root, 'cert.pem')
    writeFileSync(certificates, cert)
    Object.assign(job.base, {
      ...{ GOENV: 'off', GOPATH: join(job.root, 'gopath'), GOMODCACHE: join(job.root, 'modcache') },
      ...{ GOFLAGS: '-modcacherw', GOTOOLCHAIN: 'local', GONOSUMDB: '*', CGO_ENABLED: '0' },
      ...{
        GOCACHE: join(root, '.cache', 'gateway-job-gocache'),
        SSL_CERT_FILE: certificates,
        SSL_CERT_DIR: '/nonexistent',
      },
    })
    const first = buildModule({ path: 'example.com/module0', version: 'v1.0.0', paddingBytes: 20_000 })
    writeFileSync(join(job.workspace, 'go.mod'), goModOf('example.com/first', [first]))
    writeFileSync(join(job.workspace, 'go.sum'), goSumOf([first]))
    const inputs = { proxies: url, fallback: 'off', gateway: way, cache: 'false', 'build-cache': 'false' }
    const dist = join(root, 'dist', 'index.js')
    const main = await job.uses({ main: dist, post: dist, inputs })
    if (main.outcome !== 'success') throw new Error(main.log.join('\n'))
    const report = JSON.parse(readFileSync(main.outputs['report'] ?? '', 'utf8'))
    const begun = report.phases.find(({ name }: { name: string }) => name === 'gateway for the job')
    const gateway = way === 'job' ? findGateway(job) : undefined
    const atRest =
      gateway === undefined ? {} : { 'gateway: resident memory at rest, MB': memoryOf(gateway, 'VmRSS') / 2 ** 20 }
    const figures = await commandsOf(job, project, store)
    const after =
      gateway === undefined ? {} : { 'gateway: resident memory at most, MB': memoryOf(gateway, 'VmHWM') / 2 ** 20 }
    return { 'action: starting the gateway, ms': begun?.ms ?? 0, ...atRest, ...figures, ...after }
  } finally {
    await job.finish()
    job.dispose()
  }
}

async function commandsOf(job: Job, project: string, store: string): Promise<Figures> {
  const directory = join(job.root, 'later')
  cpSync(project, directory, { recursive: true })
  mkdirSync(join(directory, 'least'))
  writeFileSync(join(directory, 'least', 'least.go'), 'package least\n')
  const time = async (args: readonly string[], goproxy = job.env['GOPROXY'], before: readonly string[] = []) => {
    const [file = '', ...rest] = [...before, 'go', ...args]
    const env = { ...job.base, ...job.env, GOPROXY: goproxy }
    const startMs = performance.now()
    await new Promise<void>((resolve, reject) => {
      execFile(file, rest, { cwd: directory, env, maxBuffer: 1 << 26 }, error => (error ? reject(error) : resolve()))
    })
    return performance.now() - startMs
  }
  const forget = () => rmSync(job.base['GOMODCACHE'] ?? '', { recursive: true, force: true })
  const figures: Record<string, number> = {}
  const starts: number[] = []
  for (let i = 0; i < 9; i++) starts.push(await time(['env', 'GOPROXY']))
  figures['go env: start of a go, ms'] = median(starts) ?? 0
  forget()
  figures['go mod download, nothing there, ms'] = await time(['mod', 'download'])
  figures['go mod download, all there, ms'] = await time(['mod', 'download'])
  figures['go list -m -u all, ms'] = await time(['list', '-m', '-u', 'all'])
  figures['go test of one package, all there, ms'] = await time(['test', './least'])
  figures['go list -m module1@latest, ms'] = await time(['list', '-m', 'example.com/module1@latest'])
  if (spawnSync('unshare', ['-rn', 'true']).status === 0) {
    // As in a container: another loopback, on which nothing listens. What stands behind the gateway is a directory here.
    const behind = pathToFileURL(store).href
    const goproxy = (job.env['GOPROXY'] ?? '').includes('|') ? `${job.env['GOPROXY']?.split('|')[0]}|${behind}` : behind
    const within = ['unshare', '-rn', 'sh', '-c', 'ip link set lo up 2>/dev/null; exec "$@"', 'sh']
    forget()
    figures['go mod download in another network namespace, ms'] = await time(['mod', 'download'], goproxy, within)
  }
  return figures
}

function findGateway(job: Job): number | undefined {
  const ids = readdirSync('/proc').filter(name => /^\d+$/.test(name))
  const found = ids.find(id => {
    try {
      const isServe = readFileSync(`/proc/${id}/cmdline`, 'utf8').split('\0').includes('serve')
      return isServe && readFileSync(`/proc/${id}/environ`, 'utf8').includes(`RUNNER_TEMP=${job.temp}`)
    } catch {
      return false
    }
  })
  return found === undefined ? undefined : Number(found)
}
