import { readFileSync } from 'node:fs'
import { faults } from '../../__tests__/support/servers/faults.ts'
import { type BadKind, startOrigin } from '../../__tests__/support/servers/origins.ts'
import { checkOut, checkOutProject, createJob } from '../../__tests__/support/worlds/action.ts'
import type { Job, StepOptions } from '../../__tests__/support/worlds/fake-runner.mjs'
import { type BuiltModule, buildModule, goModOf, goSumOf } from '../../src/demo/modules.ts'
import { startProxy } from '../../src/demo/proxy.ts'
import type { Report } from '../../src/report/report.ts'

/** A run of the action against servers on loopback, to be looked at. */
export interface Scene {
  readonly name: string
  /** What is to be seen. */
  readonly title: string
  /** @returns a report for each use in the job */
  play(stage: Stage): Promise<readonly Report[]>
}

/** Where a scene is played. */
export interface Stage {
  /** Opens a server under a name, which takes the place of its address in the pictures. */
  open(name: string, starting: Promise<{ readonly url: string; readonly close: () => Promise<void> }>): Promise<string>
  /** A job on a runner of its own. */
  job(): Job
  /** Uses the action in it. */
  use(job: Job, inputs: NonNullable<StepOptions['inputs']>): Promise<Report>
}

/** Plays a scene with the program at `dist`, and closes what it opened. */
export async function play(scene: Scene, dist: string): Promise<readonly Report[]> {
  const open: (() => unknown)[] = []
  const names = new Map<string, string>()
  const stage: Stage = {
    open: async (name, starting) => {
      const server = await starting
      open.push(server.close)
      names.set(new URL(server.url).host, name)
      return server.url
    },
    job: () => {
      const job = createJob({ GONOSUMDB: 'none.example' })
      open.push(() => job.dispose())
      return job
    },
    use: async (job, inputs) => {
      const step = await job.uses({
        main: dist,
        post: dist,
        timeout: 120_000,
        inputs: { 'build-cache': 'false', ...inputs },
      })
      const path = step.outputs['report']
      if (path === undefined) throw new Error(`${scene.name} made no report:\n${step.log.join('\n')}`)
      return JSON.parse(withNames(readFileSync(path, 'utf8'), names)) as Report
    },
  }
  try {
    return await scene.play(stage)
  } finally {
    for (const close of open.reverse()) await close()
  }
}

function withNames(text: string, names: ReadonlyMap<string, string>): string {
  let named = text
  for (const [host, name] of names) named = named.replaceAll(`http://${host}`, `https://${name}`).replaceAll(host, name)
  return named
}

/** Names and sizes as projects have them: most are small. */
const KNOWN = [
  ['github.com/aws/aws-sdk-go', 9_000_000],
  ['k8s.io/api', 5_200_000],
  ['google.golang.org/grpc', 3_100_000],
  ['golang.org/x/text', 4_400_000],
  ['github.com/prometheus/client_golang', 1_400_000],
  ['go.opentelemetry.io/otel', 900_000],
  ['golang.org/x/sys', 1_900_000],
  ['github.com/spf13/cobra', 260_000],
  ['github.com/jackc/pgx/v5', 700_000],
  ['google.golang.org/protobuf', 2_300_000],
] as const

function modulesOf(count: number, bytes = 60_000): readonly BuiltModule[] {
  return Array.from({ length: count }, (_, i) => {
    const [path, size] = KNOWN[i] ?? [`github.com/example/module${i}`, Math.round(bytes * (0.2 + ((i * 7) % 10) / 5))]
    const version = path.endsWith('/v5') ? `v5.${i % 7}.0` : `v1.${i % 23}.${i % 5}`
    return buildModule({ path, version, paddingBytes: size })
  })
}

function sound(modules: readonly BuiltModule[], latencyMs: number, bytesPerSecond = 60_000_000) {
  return startProxy({ modules, latencyMs, bytesPerSecond })
}

/** Two sound proxies. */
async function openPair(stage: Stage, modules: readonly BuiltModule[]) {
  const near = await stage.open('near.example', sound(modules, 20))
  return { near, far: await stage.open('far.example', sound(modules, 90)) }
}

function checkedOut(stage: Stage, modules: readonly BuiltModule[]): Job {
  const job = stage.job()
  checkOutProject(job, modules)
  return job
}

const BAD: Readonly<Record<BadKind, string>> = {
  '404': 'empty.example',
  silent: 'silent.example',
  closed: 'closed.example',
  tampering: 'tampering.example',
  '200': 'portal.example',
  trickling: 'trickling.example',
  certificate: 'certificate.example',
  commands: 'failing.example',
}

export const SCENES: readonly Scene[] = [
  {
    name: 'fast',
    title: 'a fast run: 60 modules, two proxies',
    play: async stage => {
      const modules = modulesOf(60)
      const { near, far } = await openPair(stage, modules)
      return [await stage.use(checkedOut(stage, modules), { proxies: `${far} ${near}` })]
    },
  },
  {
    name: 'candidates',
    title: 'ten candidates, seven of them broken',
    play: async stage => {
      const modules = modulesOf(40)
      const good = [20, 60, 150].map((latencyMs, i) =>
        stage.open(`${['near', 'middle', 'far'][i]}.example`, sound(modules, latencyMs)),
      )
      const bad = (Object.keys(BAD) as BadKind[])
        .filter(kind => kind !== 'closed')
        .map(kind => stage.open(BAD[kind], startOrigin(kind, modules, { latencyMs: 10 })))
      const urls = await Promise.all([...good, ...bad])
      const job = checkedOut(stage, modules)
      // So that each has its verdict: the race would end as soon as one is the best.
      job.base['GO_PROXY_SETUP_POLICY'] = JSON.stringify({
        benchmark: { latencyStageMs: 3_000, rateStageMs: 3_000 },
      })
      return [await stage.use(job, { proxies: urls.join(' '), selection: 'fastest' })]
    },
  },
  {
    name: 'tampering',
    title: 'a proxy that sends wrong content',
    play: async stage => {
      const modules = modulesOf(30)
      const liar = await stage.open('tampering.example', startOrigin('tampering', modules, { latencyMs: 5 }))
      const good = await stage.open('sound.example', sound(modules, 40))
      return [await stage.use(checkedOut(stage, modules), { proxies: `${liar} ${good}`, benchmark: 'off' })]
    },
  },
  {
    name: 'retries',
    title: 'proxies that fail now and then',
    play: async stage => {
      const modules = modulesOf(40)
      const failing = (rest: number): ReturnType<typeof startProxy> =>
        startProxy({
          modules,
          latencyMs: 25,
          bytesPerSecond: 40_000_000,
          fault: ({ path, earlier }) => {
            if (!path.endsWith('.zip') || earlier > 1) return undefined
            const sign = path.length % 4
            return sign === rest ? faults.status(503, 'try again later') : sign === 3 ? faults.cut : undefined
          },
        })
      const one = await stage.open('one.example', failing(0))
      const two = await stage.open('two.example', failing(1))
      return [await stage.use(checkedOut(stage, modules), { proxies: `${one} ${two}` })]
    },
  },
  {
    name: 'failed',
    title: 'a run that fails: a module that no proxy has',
    play: async stage => {
      const modules = modulesOf(20)
      const gone = buildModule({ path: 'github.com/example/gone', version: 'v1.4.0' })
      const one = await stage.open('one.example', sound(modules, 20))
      const two = await stage.open('two.example', sound(modules, 60))
      const job = checkedOut(stage, [...modules, gone])
      return [await stage.use(job, { proxies: `${one} ${two}`, fallback: 'off' })]
    },
  },
  {
    name: 'large',
    title: '1,500 modules',
    play: async stage => {
      const modules = modulesOf(1_500, 20_000)
      const { near, far } = await openPair(stage, modules)
      return [await stage.use(checkedOut(stage, modules), { proxies: `${near} ${far}` })]
    },
  },
  {
    name: 'warm',
    title: 'a warm module cache',
    play: async stage => {
      const modules = modulesOf(60)
      const { near, far } = await openPair(stage, modules)
      const job = checkedOut(stage, modules)
      await stage.use(job, { proxies: `${near} ${far}` })
      return [await stage.use(job, { proxies: `${near} ${far}` })]
    },
  },
  {
    name: 'directories',
    title: 'two uses in one job, one of them for three working directories',
    play: async stage => {
      const modules = modulesOf(24)
      const { near, far } = await openPair(stage, modules)
      const job = stage.job()
      const parts = ['services/api', 'services/billing', 'tools'].map((name, i) => ({
        name,
        own: modules.filter((_, at) => at % 3 === i),
      }))
      for (const { name, own } of parts)
        checkOut(job, { [`${name}/go.mod`]: goModOf(`example.com/${name}`, own), [`${name}/go.sum`]: goSumOf(own) })
      const first = { proxies: `${near} ${far}`, 'working-directory': 'services/*' }
      return [
        await stage.use(job, first),
        await stage.use(job, { proxies: `${near} ${far}`, 'working-directory': 'tools' }),
      ]
    },
  },
]
