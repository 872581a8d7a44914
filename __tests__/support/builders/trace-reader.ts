import { Handlers, Processor } from '@paulirish/trace_engine'
import { shortName } from '../../../src/report/headline.ts'
import type { Report } from '../../../src/report/report.ts'

/** One track as Chrome's DevTools read it from a trace. */
export interface ReadTrack {
  readonly process: string
  readonly name: string
  /** In milliseconds. */
  readonly spans: readonly {
    readonly name: string
    readonly startMs: number
    readonly ms: number
    readonly args: Readonly<Record<string, unknown>>
  }[]
  /** How deep spans lie in each other; 1: none lies in another. undefined: some cross. */
  readonly depth: number | undefined
}

/** Reads a trace with the engine of Chrome's DevTools. Throws where it is not in the format. */
export async function readTrace(text: string): Promise<readonly ReadTrack[]> {
  const { traceEvents } = JSON.parse(text) as { readonly traceEvents: unknown }
  const engine = Processor.TraceProcessor.createWithAllHandlers()
  await engine.parse(traceEvents, { isFreshRecording: false, metadata: {} })
  const { data } = engine
  if (data === null || !data.Meta.traceIsGeneric) throw new Error('not read as a trace of the general format')
  return Handlers.Threads.threadsInTrace(data).map(({ name, pid, entries, tree }) => ({
    process: String(data.Meta.processNames.get(pid)?.args.name),
    name: String(name),
    spans: entries.map(({ name, ts, dur = 0, args }) => ({
      name,
      startMs: ts / 1000,
      ms: dur / 1000,
      args: (args ?? {}) as Readonly<Record<string, unknown>>,
    })),
    depth: tree?.maxDepth,
  }))
}

interface Time {
  readonly startMs: number
  readonly ms: number
}

/** What the report has a track or a process for: the sum and the number of its times must be the same in the trace. */
function timesIn(report: Report): ReadonlyMap<string, readonly Time[]> {
  const { phases, download, cache, buildCache, requests = [] } = report
  const restore = (one: Report['cache'] | Report['buildCache']): readonly Time[] =>
    one?.startMs === undefined || one.seconds === null ? [] : [{ startMs: one.startMs, ms: one.seconds * 1000 }]
  const proxies = [...new Set(requests.map(({ proxy }) => proxy))]
  return new Map<string, readonly Time[]>([
    ...proxies.map(proxy => [shortName(proxy), requests.filter(one => one.proxy === proxy)] as const),
    ['phases', phases],
    [
      'hashing',
      requests.flatMap(({ hashStartMs, hashMs }) =>
        hashStartMs === undefined ? [] : [{ startMs: hashStartMs, ms: hashMs ?? 0 }],
      ),
    ],
    ['module cache', restore(cache)],
    ['build cache', restore(buildCache)],
    [
      'runs',
      [
        ...(download?.attempts ?? []).map(({ startMs = 0, seconds }) => ({ startMs, ms: seconds * 1000 })),
        ...phases.filter(({ name }) => name === 'command'),
      ],
    ],
  ])
}

const MOST_MS = 1

/**
 * Where times of a trace are not those of its report within a millisecond: each beginning and each length, the sum of
 * each phase, proxy, thread and process, and all of them together.
 */
export function compareTimes(report: Report, tracks: readonly ReadTrack[]): readonly string[] {
  const told = timesIn(report)
  const read = new Map<string, Time[]>()
  for (const { process, name, spans } of tracks) {
    const key = name.startsWith('requests') ? process : name.replace(/ \d+$/, '')
    read.set(key, [...(read.get(key) ?? []), ...spans])
  }
  const names = [...new Set([...told.keys(), ...read.keys()])]
  const faults = names.flatMap(name => compareLists(name, told.get(name) ?? [], read.get(name) ?? []))
  return [...faults, ...compareSums('all', [...told.values()].flat(), [...read.values()].flat())]
}

function compareLists(name: string, told: readonly Time[], read: readonly Time[]): readonly string[] {
  const inOrder = (list: readonly Time[]) => [...list].sort((a, b) => a.startMs - b.startMs || a.ms - b.ms)
  const [some, others] = [inOrder(told), inOrder(read)]
  const apart = some.flatMap(({ startMs, ms }, i) => {
    const other = others[i]
    const isNear = other && Math.abs(other.startMs - startMs) < MOST_MS && Math.abs(other.ms - ms) < MOST_MS
    return isNear ? [] : [`${name}: ${startMs} + ${ms} is ${other?.startMs} + ${other?.ms}`]
  })
  return [
    ...(some.length === others.length ? [] : [`${name}: ${some.length} are ${others.length}`]),
    ...apart,
    ...compareSums(name, told, read),
  ]
}

function compareSums(name: string, told: readonly Time[], read: readonly Time[]): readonly string[] {
  const [sum, other] = [told, read].map(list => list.reduce((all, { ms }) => all + ms, 0)) as [number, number]
  return Math.abs(sum - other) < MOST_MS ? [] : [`${name}: ${sum} ms are ${other} ms`]
}
