import { generateKeyPairSync } from 'node:crypto'
import { join } from 'node:path'
import type { Clock, Effects, Environment, Files } from '../effects.ts'
import type { ModuleDirectory } from '../project/project.ts'
import type { GoSettings } from '../settings/settings.ts'
import { sanitizeLine } from '../text/sanitiser.ts'
import { signOwnCertificate } from './certificate.ts'
import { type DrillChain, drillEnvironment, moduleCacheOf, plainGoproxy } from './chain.ts'
import { type FrontEvent, sumUp } from './events.ts'
import { type DrillFront, type FrontCertificates, openFront } from './front.ts'
import type { PlayedLine, PlayedRun, RunOutcome } from './judge.ts'
import type { Scheduled } from './plan.ts'
import { labelOf, printLine } from './schedule.ts'
import { findWrong, type ModuleStore, placePrivate, type StoredProject } from './store.ts'

/** What every line of a plan is played with. */
export interface Stage extends StoredProject {
  readonly store: ModuleStore
  readonly chain: DrillChain
  readonly settings: Pick<GoSettings, 'goroot'>
  /** The one directory that is downloaded for. */
  readonly module: ModuleDirectory
  readonly env: Environment
  /** Ours, existing; nothing is written anywhere else. */
  readonly directory: string
  readonly signal: AbortSignal
  /** Downloads the project's modules as this program does. */
  readonly runOurs: (run: RunTask) => Promise<RunEnd>
}

/** One download. */
export interface RunTask {
  readonly env: Environment
  /** The fronts, in the order of the user's proxies. */
  readonly fronts: readonly string[]
  /** Ours, for this run alone. */
  readonly directory: string
  readonly limitMs: number
  readonly signal: AbortSignal
}

export interface RunEnd {
  readonly outcome: RunOutcome
  /** Foreign text. */
  readonly why: string | undefined
}

type StageEffects = Pick<Effects, 'files' | 'commands' | 'clock'>

/** Fronts stand nearer than the proxies of the world; the first is the nearest, so that it is asked first. */
const FIRST_LATENCY_MS = 2
const OTHER_LATENCY_MS = 10

/** Plays one line: plain go first, then ours, each with fronts and a module cache of its own. */
export async function playLine(
  line: Scheduled,
  number: number,
  stage: Stage,
  effects: StageEffects,
): Promise<PlayedLine> {
  const play = (who: 'plain' | 'ours') =>
    playRun(line, { who, directory: join(stage.directory, `${number}-${who}`) }, stage, effects)
  const plain = await play('plain')
  const ours = await play('ours')
  return { line: printLine(line), label: labelOf(line), plain, ours }
}

interface Player {
  readonly who: 'plain' | 'ours'
  readonly directory: string
}

async function playRun(line: Scheduled, player: Player, stage: Stage, effects: StageEffects): Promise<PlayedRun> {
  const { files, clock } = effects
  const { directory, who } = player
  const gomodcache = moduleCacheOf(directory)
  await files.makeDirectory(directory)
  const events: FrontEvent[] = []
  const tls = line.kind === 'expired' ? makeCertificates(clock) : undefined
  const fronts = await openFronts(line, { stage, tls, clock, onEvent: event => events.push(event) })
  try {
    await placePrivate(stage.store, stage, gomodcache, files)
    const env = await environmentOf(directory, { fronts, tls, stage, files })
    const startMs = clock.now()
    for (const front of fronts) front.start()
    const task = { env, fronts: urlsOf(fronts), directory, limitMs: line.limitMs, signal: stage.signal }
    const { outcome, why } = who === 'ours' ? await stage.runOurs(task) : await runPlain(task, stage, effects)
    const ms = Math.round(clock.now() - startMs)
    const wrong = await findWrong(gomodcache, stage, files)
    const figures = sumUp(events, outcome === 'done')
    return { outcome, ms, wrong, why: why === undefined ? null : sanitizeLine(why, WHY_BYTES), ...figures }
  } finally {
    await Promise.all(fronts.map(front => front.close()))
    await files.remove(directory)
  }
}

const WHY_BYTES = 300

function urlsOf(fronts: readonly DrillFront[]): readonly string[] {
  return fronts.map(({ url }) => url)
}

interface FrontSetup {
  readonly stage: Stage
  readonly tls: FrontCertificates | undefined
  readonly clock: Clock
  readonly onEvent: (event: FrontEvent) => void
}

function openFronts(line: Scheduled, { stage, tls, clock, onEvent }: FrontSetup): Promise<readonly DrillFront[]> {
  const { store, chain } = stage
  return Promise.all(
    chain.entries.map((_, i) =>
      openFront({
        store,
        latencyMs: i === 0 ? FIRST_LATENCY_MS : OTHER_LATENCY_MS,
        trouble: line.kind !== 'sound' && (line.on === 'all' || line.on === i + 1) ? line : undefined,
        tls,
        clock,
        onEvent,
      }),
    ),
  )
}

async function environmentOf(
  directory: string,
  { fronts, tls, stage, files }: Pick<FrontSetup, 'stage' | 'tls'> & { fronts: readonly DrillFront[]; files: Files },
): Promise<Environment> {
  const certificates = tls === undefined ? undefined : join(directory, 'certificates.pem')
  if (certificates !== undefined && tls !== undefined) await files.write(certificates, tls.valid + tls.expired)
  const home = join(stage.directory, 'home')
  const goproxy = plainGoproxy(stage.chain, urlsOf(fronts))
  const { privatePatterns } = stage
  return drillEnvironment(stage.env, stage.settings, { directory, home, goproxy, privatePatterns, certificates })
}

const DAY_MS = 86_400_000

function makeCertificates(clock: Clock): FrontCertificates {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const now = clock.date().getTime()
  const validFor = (from: number, to: number) =>
    signOwnCertificate(privateKey, new Date(now + from * DAY_MS), new Date(now + to * DAY_MS))
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  return { key, valid: validFor(-1, 1), expired: validFor(-2, -1) }
}

const GRACE_MS = 500

/** `go mod download` without anything of ours, with a copy of go.mod and go.sum. */
async function runPlain(
  { env, directory, limitMs, signal }: RunTask,
  { module }: Stage,
  { files, commands }: StageEffects,
): Promise<RunEnd> {
  const modfile = join(directory, 'go.mod')
  const [modFile, sumFile] = [module.modFiles[0], module.sumFiles[0]]
  await files.write(modfile, (modFile && (await files.read(modFile))) ?? '')
  const sums = sumFile && (await files.read(sumFile))
  if (sums) await files.write(join(directory, 'go.sum'), sums)
  const options = { cwd: module.path, env, timeoutMs: limitMs, graceMs: GRACE_MS, signal }
  const ended = await commands.runOrEnd('go', ['mod', 'download', `-modfile=${modfile}`], options)
  if (ended.timedOut) return { outcome: 'not done in time', why: undefined }
  if (ended.exitCode === 0) return { outcome: 'done', why: undefined }
  return { outcome: 'failed', why: ended.startError ?? ended.stderr.trim().split('\n').at(-1) }
}

/** Where go would else start a child that writes its counters after it has ended itself, into a home that is gone. */
export async function makeHome(directory: string, files: Pick<Files, 'makeDirectory' | 'write'>): Promise<void> {
  for (const below of [['go'], ['Library', 'Application Support', 'go']]) {
    const place = join(directory, 'home', ...below, 'telemetry')
    await files.makeDirectory(place)
    await files.write(join(place, 'mode'), 'off')
  }
}
