import type { Clock, Commands, Environment, Log } from '../effects.ts'
import type { Problem } from '../errors.ts'
import { lineSplitter, parseObjectUrl, parseTraceLine, type TraceEvent } from '../go/trace.ts'
import type { Movement } from './movement.ts'
import { watchSilence } from './silence.ts'
import { followWaiting, NOTHING_AWAITED, type Waiting } from './waiting.ts'

/** One run of `go mod download`. */
export interface AttemptOptions {
  readonly directory: string
  /** A copy of go.mod to work on, beside which go keeps its go.sum; undefined in a workspace, where go refuses it. */
  readonly modfile: string | undefined
  readonly env: Environment
  /** The proxies of env's GOPROXY, to tell which one an object came from. */
  readonly proxies: readonly string[]
  readonly deadlineMs: number
  readonly stallMs: number
  /** After so long without a byte it is asked who keeps silent. */
  readonly hostMs: number
  readonly graceMs: number
  readonly signal: AbortSignal
}

export interface AttemptWorld {
  readonly commands: Commands
  readonly clock: Clock
  readonly log: Log
  readonly movement: Movement
  /** Asks those whom go waits for. @returns why one of them is waited for in vain; undefined: none is */
  readonly findSilentHost: (waiting: Waiting) => Promise<Problem | undefined>
  /** Called now and then while go runs. */
  readonly onTick: (trace: Trace) => void
}

/** What go was seen to ask. */
export interface Trace {
  readonly requests: number
  /** Objects answered with 200, by path below the proxy (`example.com/m/@v/v1.0.0.zip`), with the proxy of the last answer. */
  readonly answered: ReadonlyMap<string, { readonly proxy: string; readonly startedAt: Date }>
  readonly toolchain: { readonly version: string; readonly seconds: number } | undefined
}

export interface AttemptEnd {
  readonly how: 'done' | 'failed' | 'stalled' | 'timed out' | 'cancelled'
  readonly exitCode: number | null
  /** Why it was ended before its time, where that is known. */
  readonly problem: Problem | undefined
  /** What it waited for when it was ended; nothing, where it ended by itself. */
  readonly waiting: Waiting
  /** The end of standard error without `-x` lines, and the errors that -json tells. Foreign text. */
  readonly words: string
  readonly seconds: number
  readonly trace: Trace
}

/** So much of go's words is kept: the first errors tell, and the last ones. */
const KEPT_CHARACTERS = 64 << 10
const TICK_MS = 1_000
/** So often at least is it looked whether anything moves before the patience is at its end. */
const LOOKS_PER_STALL = 4

/** Runs go once, in a process group that is ended when time is up, nothing moves any more, or the caller says so. */
export async function runAttempt(options: AttemptOptions, world: AttemptWorld): Promise<AttemptEnd> {
  const { clock, commands, log, movement } = world
  const startMs = clock.now()
  const trace = traceRecorder(options.proxies, clock)
  let json = ''
  let words = ''
  let lastMovedMs = startMs
  let lastArrivedMs = startMs
  const awaited = followWaiting()
  const silence = watchSilence(options.hostMs, () => world.findSilentHost(awaited.read()))
  const lines = lineSplitter(line => {
    lastMovedMs = clock.now()
    const event = parseTraceLine(line)
    trace.note(event)
    awaited.note(event)
    if (event.kind === 'request answered') lastArrivedMs = lastMovedMs
    if (event.kind === 'words') words = `${words}${line}\n`.slice(-KEPT_CHARACTERS)
    else if (log.debugging) logRequest(event, log)
  })
  const args = [
    'mod',
    'download',
    '-x',
    '-json',
    ...(options.modfile === undefined ? [] : [`-modfile=${options.modfile}`]),
  ]
  const running = commands.start('go', args, {
    cwd: options.directory,
    env: options.env,
    onStdout: chunk => {
      json = (json + chunk.toString('utf8')).slice(-16 * KEPT_CHARACTERS)
    },
    onStderr: chunk => lines.push(chunk.toString('utf8')),
  })
  let how: AttemptEnd['how'] | undefined
  let problem: Problem | undefined
  const finished = new AbortController()
  const ended = running.ended.finally(() => finished.abort())
  const stop = AbortSignal.any([options.signal, finished.signal])
  const tickMs = Math.min(TICK_MS, options.stallMs / LOOKS_PER_STALL)
  while (!finished.signal.aborted && how === undefined) {
    await clock.sleep(Math.max(1, Math.min(tickMs, options.deadlineMs - clock.now())), stop)
    if (finished.signal.aborted) break
    if (options.signal.aborted) how = 'cancelled'
    else if (clock.now() >= options.deadlineMs) how = 'timed out'
    else {
      const moved = await movement.look(trace.inFlight())
      if (moved !== 'nothing') lastMovedMs = clock.now()
      if (moved === 'arriving') lastArrivedMs = clock.now()
      problem = silence.look(lastArrivedMs, clock.now())
      if (problem !== undefined || clock.now() - lastMovedMs >= options.stallMs) how = 'stalled'
      world.onTick(trace.read())
    }
  }
  const waiting = how === undefined ? NOTHING_AWAITED : awaited.read()
  if (how !== undefined) await running.end(options.graceMs)
  const { exitCode, startError } = await ended
  lines.end()
  return {
    how: how ?? (exitCode === 0 ? 'done' : 'failed'),
    exitCode,
    problem,
    waiting,
    words: startError ?? [words.trim(), ...errorsIn(json)].filter(text => text !== '').join('\n'),
    seconds: (clock.now() - startMs) / 1000,
    trace: trace.read(),
  }
}

/** The `Error` members of `-json`, without parsing what may be cut at its beginning. */
function errorsIn(json: string): readonly string[] {
  return [...json.matchAll(/^\t"Error": ("(?:[^"\\]|\\.)*")/gm)].flatMap(([, text]) => {
    try {
      return [String(JSON.parse(text ?? '""'))]
    } catch {
      return []
    }
  })
}

function logRequest(event: TraceEvent, log: Log): void {
  if (event.kind === 'request answered') log.debug(`${event.status} ${event.url} ${Math.round(event.ms)} ms`)
  if (event.kind === 'request failed') log.debug(`failed ${event.url}: ${event.reason}`)
}

function traceRecorder(proxies: readonly string[], clock: Clock) {
  const started = new Map<string, Date>()
  const answered = new Map<string, { proxy: string; startedAt: Date }>()
  let requests = 0
  let toolchain: { version: string; fromMs: number; toMs: number } | undefined
  return {
    note(event: TraceEvent): void {
      if (event.kind === 'toolchain') toolchain ??= { version: event.version, fromMs: clock.now(), toMs: clock.now() }
      if (event.kind === 'request started') {
        requests++
        started.set(event.url, clock.date())
      }
      if (!('url' in event)) return
      // The switch lasts until the new go asks for something of its own.
      if (toolchain !== undefined && !answeredAnything(answered)) toolchain.toMs = clock.now()
      const object = parseObjectUrl(event.url, proxies)
      if (object === undefined || event.kind !== 'request answered' || event.status !== 200) return
      if (object.escapedPath === 'golang.org/toolchain') return
      const key = `${object.escapedPath}/@v/${object.escapedVersion}.${object.extension}`
      answered.set(key, { proxy: object.proxy, startedAt: started.get(event.url) ?? clock.date() })
    },
    /** Zips that were answered: their bodies may still be arriving. */
    inFlight: () => [...answered.keys()].filter(key => key.endsWith('.zip')),
    read: (): Trace => ({
      requests,
      answered: new Map(answered),
      toolchain: toolchain && { version: toolchain.version, seconds: (toolchain.toMs - toolchain.fromMs) / 1000 },
    }),
  }
}

function answeredAnything(answered: ReadonlyMap<string, unknown>): boolean {
  return answered.size > 0
}
