import { arch, release, type } from 'node:os'
import type { Checkup } from '../../doctor/checkup.ts'
import { explainOutput, renderExplanation } from '../../doctor/explain.ts'
import { renderCheckup } from '../../doctor/text.ts'
import { renderWatched } from '../../doctor/watched.ts'
import { type Problem, whyNotWritten } from '../../errors.ts'
import { NO_TOOLS } from '../../inputs/tools.ts'
import { examine } from '../../job/doctor/examine.ts'
import { parseWatched, watchModule } from '../../job/doctor/watch.ts'
import type { Job } from '../../job/job.ts'
import { renderJson } from '../../report/json.ts'
import { plainScreen } from '../../report/screen.ts'
import { DONE, FAILED, refuse } from '../exit-code.ts'
import { jobHere } from '../job-here.ts'
import { readNamed, type UnreadText } from '../named-text.ts'
import { type Options, readInputsFrom } from '../options.ts'
import { printResult } from '../result.ts'
import type { VerbWorld } from '../world.ts'

/** Says layer by layer what works here and what does not, explains a failure of go's, or follows one request. @returns the exit code */
export async function doctor(options: Options, world: VerbWorld): Promise<number> {
  const { effects } = world
  const explain = options['explain']
  if (typeof explain === 'string') return explainFile(explain, options, world)
  const read = await readInputsFrom(options, world)
  if (!read.ok) return refuse(read.problems, effects.log)
  const { inputs, ...begun } = jobHere(read.value, world)
  const job = { ...begun, inputs: { ...inputs, tools: NO_TOOLS }, installsGo: false }
  if (typeof options['watch'] === 'string') return watch(options['watch'], job, options)
  const checkup = await examine(job)
  effects.log.endProgress()
  const save = options['save']
  const unsaved = typeof save === 'string' ? await saveTo(save, checkup, world) : undefined
  printResult({ value: checkup, toText: screen => renderCheckup(checkup, screen) }, options, effects)
  if (unsaved !== undefined) effects.log.error(unsaved)
  return checkup.faults === 0 && unsaved === undefined ? DONE : FAILED
}

/** A log of a whole job has less. */
const MOST_LOG_BYTES = 32 << 20

/** @returns 1 where the catalogue does not know the words */
async function explainFile(path: string, options: Options, { effects }: VerbWorld): Promise<number> {
  const read = await readNamed(path, MOST_LOG_BYTES, effects.clock)
  if ('why' in read) return refuse([unreadable(read)], effects.log)
  const explanation = explainOutput(read.text)
  if (explanation === undefined) return refuse([NOTHING_FAILED], effects.log, FAILED)
  printResult({ value: explanation, toText: screen => renderExplanation(explanation, screen) }, options, effects)
  return explanation.code === 'GO_FAILED' ? FAILED : DONE
}

function unreadable({ name, why }: UnreadText): Problem {
  return {
    code: 'USAGE_EXPLAIN',
    message: `--explain: ${name} cannot be read: ${why}.`,
    hint: 'Name a file with what go printed, or - for standard input: go build ./... 2>&1 | go-proxy-setup doctor --explain -',
  }
}

const NOTHING_FAILED: Problem = {
  code: 'DOCTOR_NOTHING_FAILED',
  message: 'The input contains no error message of go.',
  hint: 'go prints its errors to standard error: go build ./... 2>&1 | go-proxy-setup doctor --explain -',
}

async function watch(text: string, job: Job, options: Options): Promise<number> {
  const { log } = job.effects
  const module = parseWatched(text)
  if (!module.ok) return refuse(module.problems, log)
  const watched = await watchModule(job, module.value)
  log.endProgress()
  if (!watched.ok) return refuse(watched.problems, log, FAILED)
  const { value } = watched
  printResult({ value, toText: screen => renderWatched(value, screen) }, options, job.effects)
  return value.found ? DONE : FAILED
}

/** What to attach to a report of a fault: all that was found, in words and as JSON. @returns why it was not written */
async function saveTo(path: string, checkup: Checkup, { effects }: VerbWorld): Promise<Problem | undefined> {
  const system = `${type()} ${release()} ${arch()}, Node ${process.version}`
  const text = [
    `go-proxy-setup ${checkup.tool.version} doctor, ${system}, ${checkup.go ?? 'no go'}`,
    '',
    renderCheckup(checkup, plainScreen(120)),
    renderJson(checkup),
  ].join('\n')
  try {
    await effects.files.deliver(path, effects.log.redact(text))
    effects.log.info(
      `${path} has all of this, without secrets that are known here. Read it before you send it: it names your proxies and modules.`,
    )
    return undefined
  } catch (error) {
    return {
      code: 'DOCTOR_NOT_SAVED',
      message: `--save: ${path} was not written: ${whyNotWritten(error)}.`,
      hint: 'Name a file in a directory that this user may write to.',
    }
  }
}
