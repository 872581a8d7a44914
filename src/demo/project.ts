import { join } from 'node:path'
import type { Environment, Files } from '../effects.ts'
import { type BuiltModule, buildModule, goModOf, goSumOf } from './modules.ts'
import { type DemoProxy, type Fault, type ProxyOptions, startProxy } from './proxy.ts'

/** A project and proxies for it, all on this machine: what the demo runs against. */
export interface Demo {
  readonly directory: string
  /** Candidates in the order to name them. */
  readonly proxies: readonly NamedProxy[]
  /** go's own directories of the demo, so that nothing of the user's is touched. */
  readonly env: Environment
  readonly close: () => Promise<void>
}

export interface NamedProxy {
  /** One word, by which a reader knows it. */
  readonly name: string
  readonly what: string
  readonly url: string
}

const MODULES = 24

/** @param directory ours, existing and empty */
export async function startDemo(directory: string, env: Environment, files: Files): Promise<Demo> {
  const modules = Array.from({ length: MODULES }, (_, i) => buildModule(sourceOf(i)))
  const project = join(directory, 'project')
  await files.makeDirectory(project)
  await files.write(join(project, 'go.mod'), goModOf('demo.example/service', modules))
  await files.write(join(project, 'go.sum'), goSumOf(modules))
  const started = await startProxies(modules)
  return {
    directory: project,
    proxies: started.map(({ proxy, name, what }) => ({ name, what, url: proxy.url })),
    env: demoEnvironment(directory, env),
    close: async () => {
      await Promise.all(started.map(({ proxy }) => proxy.close()))
    },
  }
}

function sourceOf(i: number) {
  return {
    path: `demo.dev/module${String(i).padStart(2, '0')}`,
    version: 'v1.0.0',
    paddingBytes: i % 8 === 0 ? 600_000 : 40_000,
  }
}

/** No setting of the user's decides in the demo, and nothing is written outside its directory. */
function demoEnvironment(directory: string, env: Environment): Environment {
  const kept = Object.entries(env).filter(
    ([name]) => !/^(GO[A-Z0-9]+|GITHUB_\w+|INPUT_.*)$/.test(name) || name === 'GOROOT',
  )
  return {
    ...Object.fromEntries(kept),
    GOENV: 'off',
    GOPATH: join(directory, 'gopath'),
    GOMODCACHE: join(directory, 'modcache'),
    GOCACHE: join(directory, 'gocache'),
    GOFLAGS: '-modcacherw',
    GOTOOLCHAIN: 'local',
    GOTELEMETRY: 'off',
  }
}

async function startProxies(
  modules: readonly BuiltModule[],
): Promise<readonly (Omit<NamedProxy, 'url'> & { readonly proxy: DemoProxy })[]> {
  const kinds: readonly (readonly [name: string, what: string, Partial<ProxyOptions>])[] = [
    ['far', '60 ms away, 8 MB/s', { latencyMs: 60, bytesPerSecond: 8e6 }],
    ['near', '15 ms away, 40 MB/s', { latencyMs: 15, bytesPerSecond: 40e6 }],
    ['farther', '150 ms away, 4 MB/s', { latencyMs: 150, bytesPerSecond: 4e6 }],
    [
      'lacking',
      'the nearest of all, without the zips',
      { fault: ({ path }) => (path.endsWith('.zip') ? refuse(404, 'not found') : undefined) },
    ],
    ['overloaded', 'answers 503 to everything', { fault: () => refuse(503, 'try later') }],
    ['silent', 'takes requests and says nothing', { fault: () => () => {} }],
    ['tampering', 'changes one bit of each zip', { fault: ({ path }) => (path.endsWith('.zip') ? tamper : undefined) }],
    ['agreeable', 'answers 200, whatever is asked', { fault: () => sayYes }],
  ]
  const proxies = await Promise.all(kinds.map(([, , options]) => startProxy({ modules, ...options })))
  return proxies.map((proxy, i) => ({ proxy, name: kinds[i]?.[0] ?? '', what: kinds[i]?.[1] ?? '' }))
}

function refuse(status: number, text: string): Fault {
  return (_, res) => void res.writeHead(status, { 'content-type': 'text/plain' }).end(text)
}

const tamper: Fault = (_, res, good) => {
  const bytes = Buffer.from(good ?? '')
  // Somewhere in the file data of the first entry.
  if (bytes.length > 200) bytes[150] = (bytes[150] as number) ^ 1
  res.writeHead(200).end(bytes)
}

const sayYes: Fault = (_, res, good) => void res.writeHead(200).end(good ?? 'yes')
