import type { Fault, ProxyOptions, ProxyRequest } from '../../../src/demo/proxy.ts'
import { faults } from './faults.ts'

/** A server that fetches from its source what it lacks, a whole module at a time, whichever of its files is asked for. */
export interface ColdServer {
  readonly fault: NonNullable<ProxyOptions['fault']>
  /** Modules (`example.com/a/@v/v1.0.0`) in the order in which it began to fetch them. */
  readonly fetched: readonly string[]
  /** The most that it fetched at a time. */
  readonly mostAtOnce: () => number
}

export interface ColdOptions {
  /** How long fetching one module takes. */
  readonly fetchMs?: number
  /** How many modules it fetches at a time. Source for Athens: GoGetWorkers in its config.dev.toml. */
  readonly workers?: number
  /** Whether it obeys `Disable-Module-Fetch`, as github.com/goproxy/goproxy does; Athens does not know it. */
  readonly obeys?: boolean
  /** Modules that it has from the start. */
  readonly has?: (module: string) => boolean
}

export function coldServer({ fetchMs = 0, workers = 10, obeys = false, has = () => false }: ColdOptions): ColdServer {
  const fetches = new Map<string, Promise<void>>()
  const waiting: (() => void)[] = []
  let [busy, most] = [0, 0]
  const fetchModule = async () => {
    if (busy >= workers) await new Promise<void>(resolve => waiting.push(resolve))
    else busy++
    most = Math.max(most, busy)
    // It keeps no process alive.
    await new Promise(resolve => setTimeout(resolve, fetchMs).unref())
    const next = waiting.shift()
    if (next === undefined) busy--
    else next()
  }
  const ready = new Set<string>()
  /** One fetch for all files of a module, however many are asked for. */
  const fetchOnce = (module: string) => {
    const fetching = fetches.get(module) ?? fetchModule().then(() => void ready.add(module))
    fetches.set(module, fetching)
    return fetching
  }
  const answer = (request: ProxyRequest): Fault | undefined => {
    const [, module] = /^(.+\/@v\/[^/]+)\.(?:info|mod|zip)$/.exec(request.path) ?? []
    if (module === undefined || ready.has(module) || has(module)) return undefined
    // Source: serveCache in its goproxy.go, also for a path that cannot exist.
    if (obeys && request.headers['disable-module-fetch'] === 'true')
      return faults.status(404, 'not found: temporarily unavailable')
    return (_, res, good) => {
      const send = () =>
        good === undefined ? res.writeHead(404).end('not found: unknown revision') : res.writeHead(200).end(good)
      void (good === undefined ? Promise.resolve() : fetchOnce(module)).then(send)
    }
  }
  return {
    fault: answer,
    get fetched() {
      return [...fetches.keys()]
    },
    mostAtOnce: () => most,
  }
}
