import { failed, ok, type Problem, type Result } from '../../errors.ts'
import { NO_TOOLS } from '../../inputs/tools.ts'
import { type PrewarmOptions, prewarm as warm } from '../../job/prewarm.ts'
import { renderWarm, warmToJson } from '../../prewarm/table.ts'
import { isWarm, problemsOf } from '../../prewarm/warmed.ts'
import { renderJson } from '../../report/json.ts'
import { sanitizeLine } from '../../text/sanitiser.ts'
import { DONE, FAILED, refuse, WRONG_USAGE } from '../exit-code.ts'
import { jobHere } from '../job-here.ts'
import { screenOf } from '../job-verb.ts'
import { type Options, readInputsFrom } from '../options.ts'
import type { VerbWorld } from '../world.ts'

/** Has the user's own proxies fetch what the project here needs. @returns the exit code: 1 where they do not have all of it */
export async function prewarm(options: Options, world: VerbWorld): Promise<number> {
  const { effects, signal } = world
  const { log, env } = effects
  const read = await readInputsFrom(options, world)
  const how = readHow(options)
  if (!read.ok || !how.ok)
    return refuse(
      [read, how].flatMap(one => (one.ok ? [] : one.problems)),
      log,
    )
  const { inputs, warnings } = read.value
  const job = { ...jobHere({ inputs: { ...inputs, tools: NO_TOOLS }, warnings }, world), installsGo: false }
  const warmed = await warm(job, how.value)
  log.endProgress()
  if (!warmed.ok) return refuse(warmed.problems, log, warmed.problems.every(isUsage) ? WRONG_USAGE : FAILED)
  const result = warmed.value
  const text =
    options['json'] === true ? renderJson(warmToJson(result)) : renderWarm(result, screenOf(process.stdout, env))
  process.stdout.write(log.redact(text))
  if (signal.aborted) return FAILED
  for (const problem of problemsOf(result)) log.error(problem)
  return isWarm(result) ? DONE : FAILED
}

/** Another command line, or another directory, would do. */
function isUsage({ code }: Problem): boolean {
  return code.startsWith('INPUT_') || code.startsWith('PREWARM_')
}

export const LEAST_PREWARM_RATE = 0.1
export const MOST_PREWARM_RATE = 1_000
export const MOST_AT_ONCE = 64
export const USUAL_RATE = 10
export const USUAL_AT_ONCE = 4

/** How the proxies are to be asked; all that is wrong with it together. */
function readHow({ rate, atOnce, alsoPublic }: Options): Result<PrewarmOptions> {
  const asked = readNumber(rate, USUAL_RATE, /^\d{1,4}(\.\d{1,3})?$/)
  const together = readNumber(atOnce, USUAL_AT_ONCE, /^\d{1,2}$/)
  const problems = [
    ...(asked >= LEAST_PREWARM_RATE && asked <= MOST_PREWARM_RATE ? [] : [wrongRate(rate)]),
    ...(together >= 1 && together <= MOST_AT_ONCE ? [] : [wrongNumber(atOnce)]),
  ]
  if (problems.length > 0) return failed(...problems)
  return ok({ rate: asked, atOnce: together, withPublic: alsoPublic === true })
}

/** @returns NaN for what is none */
function readNumber(given: unknown, otherwise: number, form: RegExp): number {
  if (given === undefined) return otherwise
  return form.test(String(given)) ? Number(given) : Number.NaN
}

function wrongRate(given: unknown): Problem {
  return {
    code: 'PREWARM_RATE',
    message: `--rate: ${sanitizeLine(String(given), 40)} is not a number of requests per second.`,
    hint: `Allowed: ${LEAST_PREWARM_RATE} to ${MOST_PREWARM_RATE}.`,
  }
}

function wrongNumber(given: unknown): Problem {
  return {
    code: 'PREWARM_AT_ONCE',
    message: `--at-once: ${sanitizeLine(String(given), 40)} is not a number of requests.`,
    hint: `Allowed: a whole number from 1 to ${MOST_AT_ONCE}.`,
  }
}
