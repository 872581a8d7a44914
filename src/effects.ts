import type { Problem } from './errors.ts'
import type { Fact } from './text/fact.ts'
import type { Progress } from './text/progress.ts'

export type { Fact } from './text/fact.ts'
export type { Progress, Share } from './text/progress.ts'

/** The world outside; `runner/` has the adapters for the real one. Tests replace only the clock and randomness. */
export interface Effects {
  readonly clock: Clock
  readonly random: Random
  readonly files: Files
  readonly commands: Commands
  readonly threads: Threads
  readonly log: Log
  /** The process's environment as it was at the start. On Windows names are upper case. */
  readonly env: Environment
  readonly platform: NodeJS.Platform
  /** The process's user by number; undefined where the system has none. */
  readonly userId?: number | undefined
  /** How many files and sockets this process may have open; undefined where the system does not tell. */
  readonly openFiles?: number | undefined
  /** How many processors' time this process may use, such as 0.2, where a control group bounds it; undefined: all of them. */
  readonly processorQuota?: number | undefined
  /** The current addresses of this machine's interfaces; undefined if they cannot be read. */
  readonly addresses?: (() => readonly MachineAddress[]) | undefined
}

/** An IP address of an interface. */
export interface MachineAddress {
  /** Its name, such as `docker0`. */
  readonly interface: string
  /** Without a zone. */
  readonly address: string
  /** The network that it is in, such as `172.17.0.0/16`. */
  readonly network: string
}

export type Environment = Readonly<Record<string, string | undefined>>

export interface Clock {
  /** Milliseconds of a monotonic clock; only differences mean something. */
  now(): number
  /** The calendar's time, for reports only. */
  date(): Date
  /** Resolves after `ms` milliseconds, or as soon as `signal` aborts; never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
  /** Calls `callback` once after `ms` milliseconds unless the returned function was called before. */
  after(ms: number, callback: () => void): () => void
  /** Calls `callback` once all that has come from outside until now is handled, such as answers while this process was busy. */
  soon(callback: () => void): void
}

export interface Random {
  /** Uniform in [0, 1). */
  next(): number
  /** `bytes` random bytes in hexadecimal, fit for a secret. */
  hex(bytes: number): string
}

export interface Files {
  /** The file's bytes, or undefined when there is no such file. Other failures reject. */
  read(path: string): Promise<Buffer | undefined>
  /** The file as UTF-8, or undefined when there is no such file. */
  readText(path: string): Promise<string | undefined>
  /** Replaces the file at once (temporary file and rename): a reader sees the old or the new one, never half. */
  write(path: string, data: string | Uint8Array, mode?: number): Promise<void>
  append(path: string, text: string): Promise<void>
  /**
   * For a path that the user named: through the user's own link, and into what is no regular file (a FIFO, a device,
   * `/dev/fd/3`) as it is; else as `write` or `append` do.
   * @param how `confinedTo`: links in this directory that lead out of it may be another user's: in the file's place
   * they are not followed, on the way to it they reject with the code `LEADS_OUT`. `stallMs`: how long the reader of a
   * FIFO or a pipe may take nothing; then it rejects with the code `READER_STALLED`. `mode`: the file's, whatever the umask
   */
  deliver(
    path: string,
    data: string | Uint8Array,
    how?: Readonly<{ append?: boolean; confinedTo?: string | undefined; stallMs?: number; mode?: number | undefined }>,
  ): Promise<void>
  /** Removes a file or a directory with what is in it; silent when there is none. Never follows a link. */
  remove(path: string): Promise<void>
  makeDirectory(path: string, mode?: number): Promise<void>
  /**
   * Makes a directory of mode 0700 whose name begins with `prefix`; returns its path.
   * @param announce called with the path before anything is there
   */
  makeTemporaryDirectory(parent: string, prefix: string, announce?: (path: string) => void): Promise<string>
  /**
   * Opens a directory that may be another user's, to look at it and to remove it: nothing put into its place meanwhile
   * is touched. @returns undefined when there is none, or it is a link, or closed to this user; close it
   */
  holdDirectory(path: string): Promise<HeldDirectory | undefined>
  /** Entries of a directory; empty when there is no such directory. */
  list(path: string): Promise<readonly FileEntry[]>
  kind(path: string): Promise<'file' | 'directory' | 'other' | undefined>
  /** Whether this user may write into what is there, which `write` does not ask; true where nothing is. */
  isWritable(path: string): Promise<boolean>
  /** Looks at many places at once. @returns for each the regular file there; undefined where there is none */
  stat(paths: readonly string[]): Promise<readonly (FileStat | undefined)[]>
  /** Reads many small regular files as UTF-8. @returns for each its text; undefined where it is too large or unreadable */
  readSmall(paths: readonly string[], maxBytes: number): Promise<readonly (string | undefined)[]>
  /** When what is at each of these places, a directory too, was last changed; undefined where nothing is, or it may not be seen. */
  modified(paths: readonly string[]): Promise<readonly (number | undefined)[]>
  /** Sets when each was last changed; a link's own time, never its target's. @returns how many are there */
  setTimes(times: readonly { readonly path: string; readonly timeMs: number }[]): Promise<number>
  /** Whether another process holds a lock of flock(2) on a file. Only Linux tells; elsewhere the answer is no. */
  isLocked(path: string): Promise<boolean>
  /** The path with links resolved, or undefined when there is none. */
  realPath(path: string): Promise<string | undefined>
  /** Gives a file a second name, which must be free; where the file system cannot, a copy. */
  link(from: string, to: string): Promise<void>
  /** Moves a file, also to another file system: a reader of `to` sees nothing, what was there, or all of it. */
  move(from: string, to: string): Promise<void>
  /** A regular file for reading here and there; undefined when there is none, or it is a link. */
  open(path: string): Promise<OpenFile | undefined>
  /** A new file to be written from beginning to end; rejects when something is there already. */
  create(path: string, mode?: number): Promise<NewFile>
}

/** A directory that is open, so that it stays the same whatever happens to its name. Windows says nothing about owners. */
export interface HeldDirectory {
  /** Whether what is read and removed is surely this directory, even against another user's attempts. */
  readonly isFirm: boolean
  /** Whether it is this user's own. */
  readonly isOwn: boolean
  /** Whether no other user may enter it. */
  readonly isPrivate: boolean
  /** Whether it is this user's own, or of the owner of the directory that it lies in. */
  isOfOwnerAbove(): Promise<boolean>
  /** A regular file in it, of the directory's owner and of at most so many bytes; undefined for all else. */
  readSmall(name: string, maxBytes: number): Promise<string | undefined>
  /** Removes it with all that is in it. @param inner a name in it: this alone */
  remove(inner?: string): Promise<void>
  close(): Promise<void>
}

export interface OpenFile {
  readonly size: number
  read(offset: number, length: number): Promise<Buffer>
  close(): Promise<void>
}

export interface NewFile {
  write(chunk: Uint8Array): Promise<void>
  close(): Promise<void>
}

export interface FileStat {
  readonly bytes: number
  /** When it was last written, by the calendar; milliseconds. */
  readonly modifiedMs: number
}

export interface FileEntry extends FileStat {
  readonly name: string
  readonly kind: 'file' | 'directory' | 'other'
}

export interface Commands {
  /** Runs a short, silent command to its end; past `timeoutMs` it answers `timedOut` without waiting on. */
  run(file: string, args: readonly string[], options: TimedOptions): Promise<CommandResult>
  /**
   * Runs a silent command that may hang, such as one that asks the network: past `timeoutMs`, or when `signal` aborts, its
   * whole group is ended. Of each output at most 1 MiB is kept.
   */
  runOrEnd(file: string, args: readonly string[], options: EndedOptions): Promise<CommandResult>
  /** Starts a command in a process group of its own, which can be ended as a whole. */
  start(file: string, args: readonly string[], options: StartOptions): RunningCommand
  /** Runs a command in the foreground, with our own input and outputs. Resolves when it ended; never rejects. */
  attach(file: string, args: readonly string[], options: CommandOptions): RunningCommand['ended']
  /** Starts this program anew, to outlive us. @returns its first line; undefined: none came in time, and it was ended */
  startResident(
    args: readonly string[],
    options: TimedOptions & { readonly input: string },
  ): Promise<string | undefined>
  isRunning(processId: number): boolean
}

/** Work that would block everything else, done in a thread. */
export interface Threads {
  /**
   * Starts this program once more in a thread of its own, for `task`.
   * @param onMessage called with each of its answers  @param onGone called when it ended by itself
   */
  start(task: string, onMessage: (message: unknown) => void, onGone: () => void): Thread
}

export interface Thread {
  post(message: unknown): void
  end(): void
}

export interface CommandOptions {
  readonly cwd: string
  /** The child's whole environment. */
  readonly env: Environment
}

export interface TimedOptions extends CommandOptions {
  readonly timeoutMs: number
}

export interface EndedOptions extends TimedOptions {
  /** Between SIGTERM and SIGKILL. */
  readonly graceMs: number
  readonly signal?: AbortSignal
}

export interface CommandResult {
  /** null when a signal ended it, when it could not be started, or when time ran out. */
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
  readonly timedOut: boolean
  /** Why it could not be started (no such file, not executable), if so. */
  readonly startError?: string
}

export interface StartOptions extends CommandOptions {
  readonly onStdout: (chunk: Buffer) => void
  readonly onStderr: (chunk: Buffer) => void
}

export interface RunningCommand {
  /** Settles when the process ended and its output is read. Never rejects. */
  readonly ended: Promise<{
    readonly exitCode: number | null
    readonly signal: string | null
    readonly startError?: string
  }>
  /** Ends the whole group: SIGTERM, and SIGKILL `graceMs` later. Safe to call twice and after the end. */
  end(graceMs: number): Promise<void>
  /** Milliseconds of processor time of the group so far, with ended children; undefined: the system does not tell. */
  processorMs(): Promise<number | undefined>
}

/**
 * Does work in a new directory of ours within `parent`, which exists: what is whole is moved from there to its place, and the
 * rest goes with the directory, or in a later run should we be killed. Rejects as the work does, and as `parent` is at fault.
 */
export type InStaging = <T>(parent: string, work: (directory: string) => Promise<T>) => Promise<T>

/** Styles a text if the log has styles. */
export type Paint = (style: 'bold' | 'dim' | 'red' | 'yellow' | 'green' | 'cyan', text: string) => string

/**
 * Where words go. Every text is sanitised here, our own too: no line can become a workflow command,
 * and control characters are gone. Registered secrets are replaced by `***`.
 */
export interface Log {
  debug(text: string): void
  /** @param fact the same for a log for programs; a log for people ignores it */
  info(text: string, fact?: Fact): void
  /** Several lines, parts of which `render` may style. */
  lines(render: (paint: Paint) => readonly string[]): void
  /** A warning in the log, and an annotation if the runner shows them. */
  warning(problem: Problem): void
  /** Several at once: all of them in the log, and one annotation for them together, for a runner shows ten a step. */
  warnings(problems: readonly Problem[]): void
  error(problem: Problem): void
  /** One notice annotation; on a terminal a plain line. */
  notice(title: string, text: string): void
  /** Lines logged by `body` are folded under `title` where the runner can fold. */
  group<T>(title: string, body: () => Promise<T>): Promise<T>
  /**
   * Shows how far something is until the returned function is called: on a terminal one line that is drawn over, elsewhere
   * a line now and then. Of several the one begun last is shown. It keeps no process alive.
   * @param read called at most ten times a second; undefined: there is nothing to show now
   */
  follow(read: () => Progress | undefined): () => void
  /** Removes that line for good, before something else is written to the same terminal. */
  endProgress(): void
  /** The terminal's width, within which lines are broken between words; undefined where there is none. */
  readonly columns: number | undefined
  /** From now on `secret` and its usual encodings are hidden in everything logged. */
  mask(secret: string): void
  /** Hides from now on where a directory of ours is. What is in it is gone when a message is read. */
  conceal(directory: string): void
  /** The text with every secret hidden that was given to `mask`: for files and outputs, which no runner masks. */
  redact(text: string): string
  readonly debugging: boolean
  /** Set where each line is a record for programs: what else stands in a table is then told row by row, as facts. */
  readonly records?: true
}

/**
 * What a step can hand to its job: variables, PATH and problem matchers for later steps, outputs, state for post, the
 * summary. Each answers what went wrong; none is printed as a workflow command instead. A command line has none of it.
 */
export interface Outputs {
  exportVariable(name: string, value: string): Problem | undefined
  addPath(directory: string): Problem | undefined
  addMatcher(path: string): void
  setOutput(name: string, value: string): Problem | undefined
  saveState(name: string, value: string): Problem | undefined
  /** Adds Markdown to the job's summary. */
  appendSummary(markdown: string): Promise<Problem | undefined>
}
