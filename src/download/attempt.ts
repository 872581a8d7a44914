import { dirname, relative, sep } from 'node:path'
import type { Clock, Commands, Environment, Log, RunningCommand } from '../effects.ts'
import type { Problem } from '../errors.ts'
import { lineSplitter, parseObjectUrl, parseTraceLine, type TraceEvent } from '../go/trace.ts'
import { keepEnd } from '../go/words.ts'
import type { Moved, Movement } from './movement.ts'
import { type Patience, type PatienceRules, startPatience } from './patience.ts'
import { watchProcessor } from './processor.ts'
import { watchSilence } from './silence.ts'
import { followWaiting, NOTHING_AWAITED, type Waiting } from './waiting.ts'

/** One run of `go mod download`. */
export interface AttemptOptions extends PatienceRules {
  readonly directory: string
  /** A copy of go.mod to work on, beside which go keeps its sums; undefined in a workspace, where go refuses it. */
  readonly modfile: string | undefined
  readonly env: Environment
  /** The proxies of env's GOPROXY, to find which one an object came from. */
  readonly proxies: readonly string[]
  /** Where go asks what fetches ahead of it: such requests reach no proxy, and are not counted. */
  readonly aheadUrl: string | undefined
  /** After this long without a byte we ask the hosts that go waits for. */
  readonly hostMs: number
  readonly graceMs: number
  readonly signal: AbortSignal
}

export interface AttemptWorld {
  readonly commands: Commands
  readonly clock: Clock
  readonly log: Log
  readonly movement: Movement
  /** Asks the hosts that go waits for. @returns why one of them will not answer; undefined: none is silent */
  readonly findSilentHost: (waiting: Waiting) => Promise<Problem | undefined>
  /** Called now and then while go runs. */
  readonly onTick: (trace: Trace) => void
  /** Called once go has fetched the toolchain that it switches to. */
  readonly onToolchain: (toolchain: FetchedToolchain) => void
}

export interface FetchedToolchain {
  /** `go1.26.7`. */
  readonly version: string
  readonly seconds: number
}

/** What go asked for, as `-x` shows it. */
export interface Trace {
  /** To proxies and other servers. go shows none of those for a toolchain. */
  readonly requests: number
  /** Objects answered with 200, by path below the proxy (`example.com/m/@v/v1.0.0.zip`), with the proxy of the last answer. */
  readonly answered: ReadonlyMap<string, { readonly proxy: string; readonly startedAt: Date }>
  /** How each proxy failed last, by path of the version below it without an ending, then by its entry of GOPROXY. */
  readonly failed: ReadonlyMap<string, ReadonlyMap<string, FailedRequest>>
  readonly toolchain: FetchedToolchain | undefined
  /** The toolchain that go is fetching now. */
  readonly comingToolchain: string | undefined
}

/** How a request failed: its status, or why there is none. */
export type FailedRequest = number | string

export interface AttemptEnd {
  readonly how: 'done' | 'failed' | 'stalled' | 'timed out' | 'cancelled'
  readonly exitCode: number | null
  /** Why we ended go early, where that is known. */
  readonly problem: Problem | undefined
  /** What go waited for when we ended it; nothing, where it ended by itself. */
  readonly waiting: Waiting
  /** We ended it while nothing arrived, for `hostMs` or from its beginning on. */
  readonly silent: boolean
  /** The end of standard error without `-x` lines, and the errors in the `-json` output. Foreign text. */
  readonly words: string
  /** The whole of them, up to a limit of `SAID_CHARACTERS`. Foreign text. */
  readonly said: string
  /** `path@version` of the modules whose `-json` output has an error. Foreign text. */
  readonly failedModules: readonly string[]
  /** The clock's reading when go was started. */
  readonly startedMs: number
  readonly seconds: number
  readonly trace: Trace
}

/** So much of go's output is kept. */
const KEPT_CHARACTERS = 64 << 10
/** So much of it is shown. */
const SAID_CHARACTERS = 1 << 20
const TICK_MS = 1_000
/** At least so many looks for movement before a stall is declared. */
const LOOKS_PER_STALL = 4

/** Runs go once, in a process group that is ended on time-out, on a stall, or when the caller aborts. */
export async function runAttempt(options: AttemptOptions, world: AttemptWorld): Promise<AttemptEnd> {
  const { clock, commands, log } = world
  const startMs = clock.now()
  const trace = traceRecorder(options, clock, world.onToolchain)
  const awaited = followWaiting()
  const patience = startPatience(options, startMs)
  let json = ''
  let words = ''
  let said = ''
  let asked = false
  const lines = lineSplitter(line => {
    const event = parseTraceLine(line)
    trace.note(event)
    awaited.note(event)
    patience.note(event.kind === 'request answered' ? 'arriving' : 'trying', clock.now())
    if (event.kind !== 'step') asked = true
    if (event.kind === 'words' && said.length < SAID_CHARACTERS) said += `${line}\n`
    if (event.kind === 'words') words = keepEnd(`${words}${line}\n`, KEPT_CHARACTERS)
    else if (log.debugging) logRequest(event, log)
  })
  const running = commands.start('go', argumentsOf(options), {
    cwd: options.directory,
    env: options.env,
    onStdout: chunk => {
      trace.noteSwitched()
      json = (json + chunk.toString('utf8')).slice(-16 * KEPT_CHARACTERS)
    },
    onStderr: chunk => lines.push(chunk.toString('utf8')),
  })
  const stopped = await watchOver(running, { trace, awaited, patience, hasAsked: () => asked }, options, world)
  const waiting = stopped === undefined ? { ...NOTHING_AWAITED, clones: awaited.read().clones } : awaited.read()
  const arrivedMs = patience.arrivedMs()
  const silent = stopped !== undefined && (arrivedMs === startMs || clock.now() - arrivedMs >= options.hostMs)
  if (stopped !== undefined) await running.end(options.graceMs)
  const { exitCode, startError } = await running.ended
  lines.end()
  if (stopped === undefined && exitCode === 0) trace.noteSwitched()
  const all = (text: string) =>
    nameCopies([text.trim(), ...errorsIn(json)].filter(one => one !== '').join('\n'), options)
  return {
    how: stopped?.how ?? (exitCode === 0 ? 'done' : 'failed'),
    exitCode,
    problem: stopped?.problem,
    waiting,
    silent,
    words: startError ?? all(words),
    said: startError ?? all(said),
    failedModules: modulesWithErrorIn(json),
    startedMs: startMs,
    seconds: (clock.now() - startMs) / 1000,
    trace: trace.read(),
  }
}

/** go names the copies of go.mod and go.sum, by the shortest way to them; the user knows the files that they stand for. */
function nameCopies(words: string, { modfile, directory }: AttemptOptions): string {
  if (modfile === undefined) return words
  const copies = dirname(modfile)
  return [copies, relative(directory, copies)].reduce((text, way) => text.replaceAll(`${way}${sep}`, ''), words)
}

function argumentsOf({ modfile }: AttemptOptions): readonly string[] {
  return ['mod', 'download', '-x', '-json', ...(modfile === undefined ? [] : [`-modfile=${modfile}`])]
}

/** What is known of a go that runs. */
interface Watched {
  readonly trace: ReturnType<typeof traceRecorder>
  readonly awaited: ReturnType<typeof followWaiting>
  readonly patience: Patience
  /** Whether go has used the network: before that it cannot wait for it. */
  readonly hasAsked: () => boolean
}

interface Stop {
  readonly how: 'stalled' | 'timed out' | 'cancelled'
  readonly problem: Problem | undefined
}

/** @returns why go is to be ended; undefined when it has ended by itself */
async function watchOver(
  running: RunningCommand,
  { trace, awaited, patience, hasAsked }: Watched,
  options: AttemptOptions,
  { clock, movement, findSilentHost, onTick }: AttemptWorld,
): Promise<Stop | undefined> {
  const silence = watchSilence(options.hostMs, () => findSilentHost(awaited.read()))
  const processor = watchProcessor(Math.min(options.stallMs, options.hostMs) / 2)
  const finished = new AbortController()
  void running.ended.finally(() => finished.abort())
  const stop = AbortSignal.any([options.signal, finished.signal])
  const tickMs = Math.min(TICK_MS, options.stallMs / LOOKS_PER_STALL, options.quietMs / LOOKS_PER_STALL)
  for (;;) {
    await clock.sleep(Math.max(1, Math.min(tickMs, options.deadlineMs - clock.now())), stop)
    if (finished.signal.aborted) return undefined
    if (options.signal.aborted) return { how: 'cancelled', problem: undefined }
    // Every watch looks each time: one that skipped a look would take old movement for new.
    const works = processor.look(await running.processorMs(), clock.now())
    const moved = await movement.look(trace.inFlight())
    patience.note(
      works || awaited.read().gitWorks ? 'arriving' : hasAsked() ? moved : atLeastTrying(moved),
      clock.now(),
    )
    const problem = hasAsked() ? silence.look(patience.arrivedMs(), clock.now()) : undefined
    if (finished.signal.aborted) return undefined
    if (problem !== undefined) return { how: 'stalled', problem }
    const how = patience.verdict(clock.now())
    if (how !== undefined) return { how, problem: undefined }
    onTick(trace.read())
  }
}

/** A go that has asked for nothing yet waits for no host: on a busy machine its work may not show. */
function atLeastTrying(moved: Moved): Moved {
  return moved === 'nothing' ? 'trying' : moved
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

/** Source: cmd/go/internal/modcmd/download.go, ModuleJSON. Neither paths nor versions have characters that JSON escapes. */
function modulesWithErrorIn(json: string): readonly string[] {
  const found = json.matchAll(/^\t"Path": "([^"\\]+)",\n\t"Version": "([^"\\]+)",\n(?:\t"Query": .*\n)?\t"Error": /gm)
  return [...found].map(([, path, version]) => `${path}@${version}`)
}

function logRequest(event: TraceEvent, log: Log): void {
  if (event.kind === 'request answered') log.debug(`${event.status} ${event.url} ${Math.round(event.ms)} ms`)
  if (event.kind === 'request failed') log.debug(`failed ${event.url}: ${event.reason}`)
}

function traceRecorder(
  { proxies, aheadUrl }: Pick<AttemptOptions, 'proxies' | 'aheadUrl'>,
  clock: Clock,
  onToolchain: AttemptWorld['onToolchain'],
) {
  const started = new Map<string, Date>()
  const answered = new Map<string, { proxy: string; startedAt: Date }>()
  const failed = new Map<string, Map<string, FailedRequest>>()
  const noteFailure = (version: string, proxy: string, how: FailedRequest) => {
    failed.set(version, (failed.get(version) ?? new Map()).set(proxy, how))
  }
  let requests = 0
  let coming: { readonly version: string; readonly fromMs: number } | undefined
  let toolchain: FetchedToolchain | undefined
  const noteSwitched = () => {
    if (coming === undefined) return
    toolchain ??= { version: coming.version, seconds: (clock.now() - coming.fromMs) / 1000 }
    coming = undefined
    onToolchain(toolchain)
  }
  return {
    /** The new go has begun its own work, or ended it. */
    noteSwitched,
    note(event: TraceEvent): void {
      if (event.kind === 'toolchain') coming ??= { version: event.version, fromMs: clock.now() }
      // While go fetches a toolchain it shows none of its steps.
      else if (event.kind !== 'words') noteSwitched()
      if (event.kind === 'request started') {
        if (aheadUrl === undefined || !event.url.startsWith(aheadUrl)) requests++
        started.set(event.url, clock.date())
      }
      if (!('url' in event)) return
      const object = parseObjectUrl(event.url, proxies)
      if (object === undefined || object.escapedPath === 'golang.org/toolchain') return
      const version = `${object.escapedPath}/@v/${object.escapedVersion}`
      if (event.kind === 'request failed') noteFailure(version, object.proxy, event.reason)
      if (event.kind !== 'request answered') return
      if (event.status !== 200) {
        noteFailure(version, object.proxy, event.status)
        return
      }
      const key = `${version}.${object.extension}`
      answered.set(key, { proxy: object.proxy, startedAt: started.get(event.url) ?? clock.date() })
    },
    /** Zips that were answered: their bodies may still be arriving. */
    inFlight: () => [...answered.keys()].filter(key => key.endsWith('.zip')),
    read: (): Trace => ({
      requests,
      answered: new Map(answered),
      failed,
      toolchain,
      comingToolchain: coming?.version,
    }),
  }
}
