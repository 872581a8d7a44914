import { judge, type PlayedLine, type PlayedRun } from '../../drill/judge.ts'
import { DEFAULT_PLAN, type PlanLine, parsePlan, type Scheduled } from '../../drill/plan.ts'
import { makeHome, playLine, type Stage } from '../../drill/play.ts'
import { longestOf, MOST_SEED, printLine, settle } from '../../drill/schedule.ts'
import { drillToJson, type PlayedDrill, renderDrill } from '../../drill/table.ts'
import { failed, ok, type Problem, type Result } from '../../errors.ts'
import { type DrillProject, fillStore, misplacedLines, readDrillProject, runThroughFronts } from '../../job/drill.ts'
import { formatMs } from '../../report/units.ts'
import { count } from '../../text/count.ts'
import { sanitizeLine } from '../../text/sanitiser.ts'
import { DONE, FAILED, refuse, WRONG_USAGE } from '../exit-code.ts'
import { jobHere } from '../job-here.ts'
import { readNamed } from '../named-text.ts'
import { type Options, readInputsFrom } from '../options.ts'
import { printResult } from '../result.ts'
import type { VerbWorld } from '../world.ts'

/**
 * Downloads the project's modules through proxies of its own on loopback while these are in trouble, beside plain go.
 * @returns the exit code: 1 where plain go fared better, or something wrong came into the module cache
 */
export async function drill(options: Options, world: VerbWorld): Promise<number> {
  const { effects, signal } = world
  const { log, clock } = effects
  const read = await readInputsFrom(options, world)
  if (!read.ok) return refuse(read.problems, log)
  const planned = await readPlan(options, world)
  if (!planned.ok) return refuse(planned.problems, log)
  const job = { ...jobHere(read.value, world), installsGo: false }
  const project = await readDrillProject(job)
  if (!project.ok) {
    const isUsage = project.problems.some(({ code }) => code.startsWith('INPUT_'))
    return refuse(project.problems, log, isUsage ? WRONG_USAGE : FAILED)
  }
  const { seed, lines } = planned.value
  const misplaced = misplacedLines(lines, project.value.chain)
  if (misplaced.length > 0) return refuse(misplaced, log)
  introduce(seed, lines, project.value, log)
  const startMs = clock.now()
  const store = await fillStore(job, project.value)
  if (signal.aborted) return FAILED
  if (!store.ok) return refuse(store.problems, log, FAILED)
  await makeHome(world.temporaryDirectory, effects.files)
  const stage: Stage = {
    ...project.value,
    store: store.value,
    env: effects.env,
    directory: world.temporaryDirectory,
    signal,
    runOurs: task => runThroughFronts(job, task, project.value.chain),
  }
  const played = await playAll(lines, stage, world)
  if (signal.aborted) return FAILED
  const seconds = Number(((clock.now() - startMs) / 1000).toFixed(1))
  return tell({ seed, modules: project.value.proxied, played, seconds }, options, world)
}

async function playAll(
  lines: readonly Scheduled[],
  stage: Stage,
  { effects }: VerbWorld,
): Promise<readonly PlayedLine[]> {
  const played: PlayedLine[] = []
  const sinceMs = effects.clock.now()
  for (const [i, line] of lines.entries()) {
    const what = `playing ${line.kind}, ${i + 1} of ${lines.length}`
    const stop = effects.log.follow(() => ({ phase: what, what, sinceMs }))
    played.push(await playLine(line, i, stage, effects).finally(stop))
    if (stage.signal.aborted) break
  }
  effects.log.endProgress()
  return played
}

function introduce(
  seed: number,
  lines: readonly Scheduled[],
  { proxied, chain }: DrillProject,
  log: VerbWorld['effects']['log'],
): void {
  log.lines(paint => [
    `${count(proxied, 'module')}; proxies on this machine stand for ${chain.names.join(', ')}.`,
    ...(chain.plainCount < chain.names.length ? [`Plain go has ${chain.names[0]} alone, as GOPROXY says.`] : []),
    paint('bold', `The plan, with seed ${seed}; over in ${formatMs(longestOf(lines))} at the latest`),
    ...lines.map(line => `  ${printLine(line)}`),
  ])
}

function tell(drilled: PlayedDrill, options: Options, { effects }: VerbWorld): number {
  printResult({ value: drillToJson(drilled), toText: screen => renderDrill(drilled, screen) }, options, effects)
  const worse = drilled.played.filter(one => judge(one) === 'worse')
  for (const { label, ours } of worse) effects.log.error(worseThanPlain(label, ours))
  return worse.length === 0 ? DONE : FAILED
}

function worseThanPlain(label: string, { wrong, why, outcome }: PlayedRun): Problem {
  if (wrong.length > 0)
    return {
      code: 'DRILL_WRONG_FILE',
      message: `${label}: ${count(wrong.length, 'wrong file')} came into the module cache, the first ${wrong[0]}.`,
      hint: 'This must never happen. Report it with the seed and the plan.',
    }
  return {
    code: 'DRILL_WORSE',
    message: `${label}: plain go succeeds, go-proxy-setup ${outcome === 'failed' ? 'fails' : 'is not done in time'}${why === null ? '' : ` (${why})`}.`,
    hint: 'Do `timeout`, `retries` or `gateway` allow less than plain go has? If not, report it with the seed and the plan.',
  }
}

const MOST_PLAN_BYTES = 1 << 16

/** The plan with nothing left open. */
async function readPlan(
  { plan, seed }: Options,
  { effects }: VerbWorld,
): Promise<Result<{ readonly seed: number; readonly lines: readonly Scheduled[] }>> {
  const lines = typeof plan === 'string' ? await readPlanFile(plan, effects.clock) : ok(DEFAULT_PLAN)
  const number = readSeed(seed, effects.random.next())
  const problems = [lines, number].flatMap(one => (one.ok ? [] : one.problems))
  if (!lines.ok || !number.ok) return failed(...problems)
  return ok({ seed: number.value, lines: settle(lines.value, number.value) })
}

async function readPlanFile(path: string, clock: VerbWorld['effects']['clock']): Promise<Result<readonly PlanLine[]>> {
  const read = await readNamed(path, MOST_PLAN_BYTES, clock)
  if ('text' in read) return parsePlan(read.text, read.name)
  return failed({
    code: 'DRILL_PLAN_UNREADABLE',
    message: `--plan: ${read.name} cannot be read: ${read.why}.`,
    hint: 'Name a file with a kind of trouble on each line, or - for standard input.',
  })
}

/** @param random from 0 to below 1, for a drill without a seed */
function readSeed(seed: unknown, random: number): Result<number> {
  if (seed === undefined) return ok(Math.floor(random * (MOST_SEED + 1)))
  const text = String(seed)
  if (/^\d{1,6}$/.test(text)) return ok(Number(text))
  return failed({
    code: 'DRILL_SEED',
    message: `--seed: ${sanitizeLine(text, 40)} is not a seed.`,
    hint: `Allowed: a whole number from 0 to ${MOST_SEED}, as an earlier drill has printed it.`,
  })
}
