import { join } from 'node:path'
import type { CommandResult, Commands, Environment, Files } from '../effects.ts'
import { reasonOf } from '../errors.ts'
import { classifyGoError } from '../go/failure.ts'
import type { Mismatch } from '../go/mismatch.ts'
import { mismatchesIn } from '../go/mismatch.ts'

/** A place that has the module: one proxy, or the repository itself. */
export interface ModulePlace {
  /** As it is told: a proxy's URL without its password, or `its repository`. */
  readonly name: string
  readonly kind: 'proxy' | 'repository'
  /** For GOPROXY. */
  readonly goproxy: string
}

/** Who can be asked about a disputed module. */
export interface Witnesses {
  readonly sources: readonly ModulePlace[]
  /** Asked only where the others cannot tell, since go clones it. */
  readonly repository?: ModulePlace
  /** Whether a checksum database may be asked for it; else why not, as a part of a sentence. */
  readonly database: 'may be asked' | { readonly why: string }
}

/** What all say of the content of one module. */
export interface Testimony {
  readonly mismatch: Mismatch
  /** The content that each source gives now, as its h1; those that gave none are left out. */
  readonly said: readonly { readonly source: ModulePlace; readonly hash: string }[]
  /** Sources that gave something that is no module at all. */
  readonly rubbish: readonly ModulePlace[]
  /** Sources that gave nothing that can be compared, and what go said of each, in words of a peer. */
  readonly silent: readonly { readonly source: ModulePlace; readonly why: string }[]
  /** The hash that the checksum database has, proved by go; else why it is not known. */
  readonly database: { readonly hash: string } | { readonly why: string }
}

export interface ExamineOptions {
  /** Of go, without GOPROXY. */
  readonly env: Environment
  /** Ours; removed by the caller. */
  readonly directory: string
  /** Of one run of go. */
  readonly timeoutMs: number
  /** Between SIGTERM and SIGKILL. */
  readonly graceMs: number
  /** Ends all of them; then nothing was said. */
  readonly signal: AbortSignal
}

/** What asking takes. */
export interface ExamineWorld {
  readonly commands: Commands
  readonly files: Files
}

/**
 * Asks each source for the module once more, with the go command itself and into a cache of its own: without a go.sum, so
 * that go compares what comes with the checksum database alone, and proves the database's answer. Never rejects, and
 * leaves no go running.
 */
export async function examine(
  mismatch: Mismatch,
  { sources, database }: Witnesses,
  options: ExamineOptions,
  world: ExamineWorld,
): Promise<Testimony> {
  const asks = database === 'may be asked'
  const answers = await Promise.all(
    sources.map(async (source, i) => {
      const directory = join(options.directory, String(i))
      const first = await askGo(mismatch, source, { ...options, directory, asks }, world)
      // Without the database's word its own is still worth something.
      const isMute = 'why' in first && asks
      const answer = isMute ? await askGo(mismatch, source, { ...options, directory, asks: false }, world) : first
      return { source, ...answer }
    }),
  )
  const proved = mismatch.database !== undefined ? mismatch.expected : answers.find(one => one.proved)?.proved
  const why = asks ? 'the checksum database did not answer' : database.why
  return {
    mismatch,
    said: answers.flatMap(({ source, hash }) => (hash === undefined ? [] : [{ source, hash }])),
    rubbish: answers.flatMap(({ source, rubbish }) => (rubbish ? [source] : [])),
    silent: answers.flatMap(({ source, why: reason }) => (reason === undefined ? [] : [{ source, why: reason }])),
    database: proved === undefined ? { why } : { hash: proved },
  }
}

interface Answer {
  /** Of the content that the source gave. */
  readonly hash?: string
  /** Of the content that the database has. */
  readonly proved?: string
  /** What came is no module: a page, or a broken file. */
  readonly rubbish?: true
  /** Nothing came that can be compared, and this is why. */
  readonly why?: string
}

async function askGo(
  { module: { path, version }, kind }: Mismatch,
  { goproxy }: ModulePlace,
  { asks, ...options }: ExamineOptions & { readonly asks: boolean },
  world: ExamineWorld,
): Promise<Answer> {
  const { env, directory, signal } = options
  if (signal.aborted) return { why: 'the search had ended by then' }
  try {
    await world.files.makeDirectory(directory, 0o700)
  } catch (error) {
    return { why: reasonOf(error) }
  }
  const ownEnv = {
    ...env,
    GOPROXY: goproxy,
    GOMODCACHE: join(directory, 'modcache'),
    GOPATH: join(directory, 'gopath'),
    // Read-only directories could not be removed.
    GOFLAGS: '-modcacherw',
    GOWORK: 'off',
    GO111MODULE: 'on',
    GOTOOLCHAIN: 'local',
    ...(asks ? {} : { GONOSUMDB: '*' }),
  }
  const { timeoutMs, graceMs } = options
  const args = ['mod', 'download', '-json', `${path}@${version}`]
  const bounds = { timeoutMs, graceMs, signal }
  const ran = await world.commands.runOrEnd('go', args, { cwd: directory, env: ownEnv, ...bounds })
  const { Sum, GoModSum, Error: words } = parseJson(ran.stdout)
  const refuted = mismatchesIn(typeof words === 'string' ? words : '').find(one => one.kind === kind)
  if (refuted?.database !== undefined) return { hash: refuted.downloaded, proved: refuted.expected }
  const hash = kind === 'zip' ? Sum : GoModSum
  if (typeof hash !== 'string' || !HASH.test(hash))
    return typeof words === 'string' && NO_MODULE.includes(classifyGoError(words).code)
      ? { rubbish: true }
      : { why: typeof words === 'string' ? words : whySilent(ran) }
  return asks && words === undefined ? { hash, proved: hash } : { hash }
}

/** Why go printed no object. */
function whySilent({ startError, timedOut, exitCode, stderr }: CommandResult): string {
  if (startError !== undefined) return startError
  if (timedOut) return 'go was stopped before it had an answer'
  return `go ended with ${exitCode ?? 'a signal'}: ${stderr.trim()}`
}

/** How go complains of what it cannot read. */
const NO_MODULE: readonly string[] = ['GO_BAD_CONTENT', 'GO_MOD_SYNTAX', 'GO_MOD_WITHOUT_MODULE']

const HASH = /^h1:[A-Za-z0-9+/]{43}=$/

function parseJson(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
