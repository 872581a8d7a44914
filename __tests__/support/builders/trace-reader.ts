import { Handlers, Processor } from '@paulirish/trace_engine'

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
