import { availableParallelism } from 'node:os'
import { Command, CommanderError, Option } from 'commander'
import type { Effects } from './effects.ts'
import { FORMATS } from './environment/formats/format.ts'
import { planExport } from './environment/variables.ts'
import type { Problem } from './errors.ts'
import type { Inputs } from './inputs/inputs.ts'
import { addInputOptions, readOptions } from './inputs/options.ts'
import { type CheckedInputs, readInputs } from './inputs/read.ts'
import { commandSource } from './inputs/sources.ts'
import { runJob } from './job.ts'
import { parsePolicy } from './policy.ts'
import { buildReport, type Report } from './report/model.ts'
import { renderJson } from './report/outputs.ts'
import { publish } from './report/publish.ts'
import type { Story } from './report/report.ts'
import { renderCandidates } from './report/text.ts'
import { untilStopped } from './runner/stop.ts'
import { effectsForTerminal } from './runner/terminal.ts'
import { tell } from './tell.ts'
import { makeTemporary, removeTemporary } from './temporary.ts'
import { VERSION } from './version.ts'

/** Exit codes: what a script may rely on. */
const DONE = 0
const FAILED = 1
const WRONG_USAGE = 2

/** The command line. Results go to standard output, everything else to standard error. @returns the exit code */
export async function cli(args: readonly string[]): Promise<number> {
  let exitCode = DONE
  const program = describeProgram(async (verb, options) => {
    exitCode = await perform(verb, options)
  })
  try {
    await program.parseAsync([...args], { from: 'user' })
    return exitCode
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    // commander has said what is wrong, or printed the help that was asked for.
    return error.exitCode === 0 ? DONE : WRONG_USAGE
  }
}

type Verb = 'run' | 'bench' | 'env' | 'demo'
type Options = Readonly<Record<string, unknown>>
type Action = (verb: Verb, options: Options) => Promise<void>

function describeProgram(act: Action): Command {
  const program = new Command('go-proxy-setup')
    .description('Measures Go module proxies from here with this project’s own modules and downloads from the best.')
    .version(VERSION)
    .exitOverride()
    .showHelpAfterError('Run `go-proxy-setup help` for the verbs and `go-proxy-setup help VERB` for options.')
    .addHelpText(
      'after',
      '\nEvery option can also be given as GO_PROXY_SETUP_<NAME>. Exit codes: 0 done, 1 the work failed, 2 wrong usage.',
    )
  const verb = (name: Verb, description: string) => {
    const command = addInputOptions(program.command(name).description(description))
      .exitOverride()
      .allowExcessArguments(false)
    return command
      .option('--json', 'print the result as JSON on standard output')
      .action((options: Options) => act(name, options))
  }
  verb('run', 'benchmark, settings, download and report, as the action does')
  verb('bench', 'rank the candidates and print the table')
  verb('env', 'print the settings for a shell or another program').addOption(
    new Option('--format <format>', 'how to print them').choices(Object.keys(FORMATS)).default('shell'),
  )
  verb('demo', 'the whole job against proxies that it starts itself: no network needed')
  return program
}

async function perform(verb: Verb, options: Options): Promise<number> {
  const { effects, children } = effectsForTerminal(process)
  const temporaryDirectory = await makeTemporary(effects.env, effects.files)
  try {
    return await untilStopped(process, children, signal =>
      verb === 'demo'
        ? demo(options, temporaryDirectory, effects, signal)
        : work(verb, options, { effects, temporaryDirectory, signal, cwd: process.cwd() }),
    )
  } finally {
    await removeTemporary(temporaryDirectory, effects.env, effects.files)
  }
}

interface World {
  readonly effects: Effects
  readonly temporaryDirectory: string
  readonly signal: AbortSignal
  readonly cwd: string
}

async function work(verb: Exclude<Verb, 'demo'>, options: Options, world: World): Promise<number> {
  const { effects } = world
  const read = readInputs(commandSource(readOptions(options), effects.env, world.cwd))
  if (!read.ok) return refuse(read.problems, effects)
  const { inputs } = read.value
  if (inputs.reportFile === '-' && (options['json'] === true || verb === 'env')) return refuse([TWO_RESULTS], effects)
  const story = await tellStory(verb === 'run' ? inputs : { ...inputs, download: false }, read.value, world)
  const report = buildReport(story)
  const problems = await publish(report, publishOptions(inputs), effects.files, undefined)
  await tell({ ...report, warnings: [...report.warnings, ...problems] }, effects.log)
  if (inputs.reportFile === '-') process.stdout.write(renderJson(report))
  else if (story.failure === undefined || options['json'] === true) printResult(verb, options, story, report)
  return story.failure === undefined ? DONE : FAILED
}

function tellStory(
  inputs: Inputs,
  { warnings }: CheckedInputs,
  { effects, temporaryDirectory, signal }: World,
): Promise<Story> {
  return runJob({
    effects,
    inputs,
    warnings,
    temporaryDirectory,
    signal,
    startMs: effects.clock.now() - process.uptime() * 1000,
    policy: parsePolicy(effects.env),
    processors: availableParallelism(),
    onBackup: () => {},
  })
}

function publishOptions({ reportFile, summary }: Inputs) {
  const named = reportFile === undefined || reportFile === '-' ? [] : [reportFile]
  return { reportPaths: named, toldPath: named[0], summary }
}

function printResult(verb: Verb, options: Options, story: Story, report: Report): void {
  const json = options['json'] === true
  if (verb === 'env') {
    const variables = planExport(story.choice?.settings ?? [], story.settings?.env ?? {})
    process.stdout.write((FORMATS[json ? 'json' : String(options['format'])] ?? FORMATS['shell'])?.(variables) ?? '')
  } else if (json) {
    const { candidates, benchmark, choice, download } = report
    process.stdout.write(
      `${JSON.stringify(verb === 'bench' ? { candidates, benchmark, choice } : { choice, download, failure: report.failure }, null, 2)}\n`,
    )
  } else if (verb === 'bench') process.stdout.write(`${renderCandidates(report).join('\n')}\n`)
}

/** The demo is the `run` verb in a world of its own making. */
async function demo(
  options: Options,
  temporaryDirectory: string,
  effects: Effects,
  signal: AbortSignal,
): Promise<number> {
  const { startDemo } = await import(/* webpackMode: "eager" */ './demo/project.ts')
  const { env, directory, proxies, close } = await startDemo(temporaryDirectory, effects.env, effects.files)
  try {
    effects.log.info('A project of 24 modules and eight proxies, all on this machine:')
    for (const { url, what } of proxies) effects.log.info(`  ${url}  ${what}`)
    const world = { effects: { ...effects, env }, temporaryDirectory, signal, cwd: directory }
    return await work(
      'run',
      { ...options, proxies: proxies.map(({ url }) => url).join('\n'), workingDirectory: directory, fallback: 'off' },
      world,
    )
  } finally {
    await close()
  }
}

function refuse(problems: readonly Problem[], { log }: Effects): number {
  for (const problem of problems) log.error(problem)
  return WRONG_USAGE
}

const TWO_RESULTS: Problem = {
  code: 'USAGE_TWO_RESULTS',
  message: '--report-file - and another result both want standard output.',
  hint: 'Give --report-file a path, or leave --json out.',
}
