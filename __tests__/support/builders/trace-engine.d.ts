/**
 * What the tests use of the engine of Chrome's DevTools, and nothing else of its hundreds of types, which are internal and
 * change with each version.
 */
declare module '@paulirish/trace_engine' {
  interface TraceEvent {
    readonly name: string
    /** In microseconds, as `dur`. */
    readonly ts: number
    readonly dur?: number
    readonly args?: object
  }

  interface ParsedTrace {
    readonly Meta: {
      readonly traceIsGeneric: boolean
      readonly processNames: ReadonlyMap<number, { readonly args: { readonly name: string } }>
    }
  }

  interface TraceThread {
    readonly name: string | null
    readonly pid: number
    readonly entries: readonly TraceEvent[]
    /** Missing where entries cross. */
    readonly tree?: { readonly maxDepth: number }
  }

  export const Processor: {
    readonly TraceProcessor: {
      createWithAllHandlers(): {
        parse(
          events: unknown,
          options: { readonly isFreshRecording: boolean; readonly metadata: object },
        ): Promise<void>
        readonly data: ParsedTrace | null
      }
    }
  }

  export const Handlers: {
    readonly Threads: { threadsInTrace(data: ParsedTrace): readonly TraceThread[] }
  }
}
