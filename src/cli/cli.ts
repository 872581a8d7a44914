import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { Command, CommanderError, Option } from 'commander'
import { openPublicity } from '../candidates/publicity.ts'
import type { Effects, Environment } from '../effects.ts'
import { FORMATS } from '../environment/formats/format.ts'
import { planExport } from '../environment/variables.ts'
import { failed, type Problem, type Result } from '../errors.ts'
import { startPlanned } from '../gateway/plan.ts'
import { type Residence, reside } from '../gateway/resident.ts'
import type { Inputs } from '../inputs/inputs.ts'
import { addInputOptions, readOptions, readSecretPaths } from '../inputs/options.ts'
import { type CheckedInputs, readInputs } from '../inputs/read.ts'
import { commandSource } from '../inputs/sources.ts'
import type { InputName } from '../inputs/table.ts'
import { runJob } from '../job/run.ts'
import { parsePolicy } from '../policy.ts'
import { renderJson } from '../report/json.ts'
import { renderGateway } from '../report/later-steps.ts'
import { publish } from '../report/publish.ts'
import { buildReport, type Report, redactReport } from '../report/report.ts'
import type { Story } from '../report/story.ts'
import { tell } from '../report/tell.ts'
import { renderCandidates } from '../report/text.ts'
import { untilStopped } from '../runner/stop.ts'
import { makeTemporary, removeTemporary, sweepTemporary } from '../runner/temporary.ts'
import { effectsForTerminal } from '../runner/terminal.ts'
import { openTransport } from '../upstream/transport.ts'
import { VERSION } from '../version.ts'

/** Exit codes: what a script may rely on. */
const DONE = 0
const FAILED = 1
const WRONG_USAGE = 2

/** The command line. Results go to standard output, everything else to standard error. @returns the exit code */
export async function cli(args: readonly string[]): Promise<number> {
  let exitCode = DONE
  const program = describeProgram(async (verb, options, command = []) => {
    exitCode = verb === 'serve' ? await serve() : await perform(verb, options, command)
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

type Verb = 'run' | 'bench' | 'env' | 'download' | 'exec' | 'demo'
type Options = Readonly<Record<string, unknown>>
type Action = (verb: Verb | 'serve', options: Options, command?: readonly string[]) => Promise<void>

function describeProgram(act: Action): Command {
  const program = new Command('go-proxy-setup')
    .description('Measures Go module proxies from here with this project’s own modules and downloads from the best.')
    .version(VERSION)
    .exitOverride()
    .enablePositionalOptions()
    .showHelpAfterError('Run `go-proxy-setup help` for the verbs and `go-proxy-setup help VERB` for options.')
    .addHelpText(
      'after',
      '\nEvery input is an option, and can also be given as GO_PROXY_SETUP_<NAME> (GO_PROXY_SETUP_PROXIES). Exit codes: 0 done, 1 the work failed, 2 wrong usage; exec: the command’s own; 127 when there is no such program, 125 when this program failed.',
    )
  const verb = (name: Verb, description: string) => {
    const command = addInputOptions(program.command(name).description(description))
      .exitOverride()
      .allowExcessArguments(false)
    return command.option('--json', 'print the result as JSON on standard output').action(function (this: Command) {
      return act(name, this.opts(), this.args)
    })
  }
  verb('run', 'benchmark, settings, download and report, as the action does')
  verb('bench', 'rank the candidates and print the table')
  verb('env', 'print the settings for a shell or another program').addOption(
    new Option('--format <format>', 'how to print them').choices(Object.keys(FORMATS)).default('shell'),
  )
  verb('download', 'go mod download through the gateway, without a benchmark')
  verb('exec', 'run any command with the settings and through the gateway: exec -- go build ./...')
    .argument('<command...>', 'the command and its arguments, after --')
    .allowExcessArguments(true)
    // What follows the command's name is the command's, with or without --.
    .passThroughOptions()
  program.command('serve', { hidden: true }).action(() => act('serve', {}))
  verb('demo', 'the whole job against proxies that it starts itself: no network needed')
  return program
}

async function perform(verb: Verb, options: Options, command: readonly string[]): Promise<number> {
  const { effects, children } = effectsForTerminal(process)
  await sweepTemporary(effects.env, effects)
  const made = await makeTemporary({ env: effects.env, files: effects.files, processId: process.pid, maker: 'command' })
  if (!made.ok) return refuse(made.problems, effects, verb === 'exec' ? EXEC_FAILED : FAILED)
  const temporaryDirectory = made.value
  let own: number | undefined
  try {
    const code = await untilStopped(process, children, async signal => {
      const world = { effects, temporaryDirectory, signal, cwd: process.cwd() }
      if (verb === 'demo') return demo(options, temporaryDirectory, effects, signal)
      if (verb !== 'exec') return work(verb, options, world)
      own = await exec(options, command, world)
      return own
    })
    // A command that was told to end says itself how it ended.
    return own ?? code
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

async function work(verb: Exclude<Verb, 'demo' | 'exec'>, options: Options, world: World): Promise<number> {
  const { effects } = world
  const read = await readOwnInputs(options, world)
  if (!read.ok) return refuse(read.problems, effects)
  const { inputs } = read.value
  if (inputs.reportFile === '-' && (options['json'] === true || verb === 'env')) return refuse([TWO_RESULTS], effects)
  const story = await tellStory(inputsFor(verb, inputs), read.value, world)
  const report = redactReport(buildReport(story), effects.log.redact)
  const problems = await publish(report, publishOptions(inputs), effects.files, undefined)
  const shown = verb === 'bench' && options['json'] !== true && inputs.reportFile !== '-' && story.failure === undefined
  await tell({ ...report, warnings: [...report.warnings, ...problems] }, effects.log, shown)
  if (inputs.reportFile === '-') process.stdout.write(renderJson(report))
  else if (story.failure === undefined || options['json'] === true)
    printResult(verb, options, story, report, effects.env)
  return exitCodeOf(story)
}

/** The inputs, where a job is not what the command is part of; secrets come from files, for others can read arguments. */
async function readOwnInputs(options: Options, { effects, cwd }: World): Promise<Result<CheckedInputs>> {
  const secrets: Partial<Record<InputName, string>> = {}
  for (const [name, path] of Object.entries(readSecretPaths(options))) {
    const text = await effects.files.readText(resolve(cwd, path)).catch(() => undefined)
    if (text === undefined) return failed(unreadableSecret(name, path))
    secrets[name as InputName] = text
  }
  const read = readInputs(commandSource({ ...readOptions(options), ...secrets }, effects.env, cwd))
  return read.ok && read.value.inputs.gateway === 'job' ? failed(NO_JOB_HERE) : read
}

function inputsFor(verb: 'run' | 'bench' | 'env' | 'download', inputs: Inputs): Inputs {
  if (verb === 'run') return inputs
  return verb === 'download' ? { ...inputs, benchmark: 'off' } : { ...inputs, download: false }
}

/** Our own part's failure, as `timeout` and `docker run` have it: 125 is no exit code of the command. */
const EXEC_FAILED = 125

async function exec(options: Options, command: readonly string[], world: World): Promise<number> {
  const { effects } = world
  const read = await readOwnInputs(options, world)
  if (!read.ok) return refuse(read.problems, effects, EXEC_FAILED)
  const { inputs } = read.value
  const story = await tellStory(inputs, read.value, world, command)
  const report = redactReport(buildReport(story), effects.log.redact)
  const problems = await publish(report, publishOptions(inputs), effects.files, undefined)
  effects.log.warnings([...report.warnings, ...problems])
  if (report.failure !== null) effects.log.error(report.failure)
  const { gateway } = story
  if (gateway !== undefined && gateway.served > 0) effects.log.info(`Gateway: ${renderGateway(gateway)}`)
  return story.exitCode ?? EXEC_FAILED
}

/** A gateway for a whole job, in the process that stays behind. What to serve comes in by standard input. */
async function serve(): Promise<number> {
  const { effects, children } = effectsForTerminal(process)
  return untilStopped(process, children, async signal => {
    const residence = JSON.parse(await text(process.stdin)) as Residence
    const { plan, directory } = residence
    const transport = await openTransport(
      {
        connectMs: plan.connectMs,
        connectionsPerOrigin: plan.policy.window.maximumTrusted,
        logins: plan.logins,
      },
      effects,
    )
    const gateway = await startPlanned(
      plan,
      { ...effects, transport, temporaryDirectory: directory },
      { publicity: openPublicity(plan.publicity) },
    )
    process.stdout.on('error', () => {})
    process.stdout.write(`${gateway.url}\n`)
    await reside(gateway, residence, effects, signal)
    await transport.connections.close()
    return DONE
  })
}

/** An input can also turn out to be wrong once the files are looked at. */
function exitCodeOf({ failure }: Story): number {
  if (failure === undefined) return DONE
  return failure.code.startsWith('INPUT_') ? WRONG_USAGE : FAILED
}

function tellStory(
  inputs: Inputs,
  { warnings }: CheckedInputs,
  { effects, temporaryDirectory, signal }: World,
  command?: readonly string[],
): Promise<Story> {
  return runJob({
    effects,
    // There are no later steps, and our directory goes when we do.
    inputs: { ...inputs, credentialsScope: 'download' },
    warnings,
    temporaryDirectory,
    signal,
    startMs: effects.clock.now() - process.uptime() * 1000,
    policy: parsePolicy(effects.env),
    processors: availableParallelism(),
    parentProcessId: process.ppid,
    ...(command === undefined ? {} : { command }),
    onBackup: () => {},
  })
}

function publishOptions({ reportFile, summary, workingDirectory }: Inputs) {
  return { namedPath: reportFile === '-' ? undefined : reportFile, summary, workspace: workingDirectory.workspace }
}

function printResult(verb: Verb, options: Options, story: Story, report: Report, env: Environment): void {
  const json = options['json'] === true
  if (verb === 'env') {
    const variables = story.choice === undefined ? [] : planExport(story.choice, env)
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
  const { startDemo } = await import(/* webpackMode: "eager" */ '../demo/project.ts')
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

function refuse(problems: readonly Problem[], { log }: Effects, exitCode = WRONG_USAGE): number {
  for (const problem of problems) log.error(problem)
  return exitCode
}

function unreadableSecret(name: string, path: string): Problem {
  return {
    code: 'INPUT_SECRET_FILE',
    message: `--${name}-file: ${path} cannot be read.`,
    hint: 'Name a file that exists and that this user may read.',
  }
}

const NO_JOB_HERE: Problem = {
  code: 'USAGE_NO_JOB',
  message: '--gateway job works only in the action; the command line has no post step to stop it.',
  hint: 'For one command: go-proxy-setup exec -- go build ./...',
}

const TWO_RESULTS: Problem = {
  code: 'USAGE_TWO_RESULTS',
  message: '--report-file - and another result would both go to standard output.',
  hint: 'Give --report-file a path, or omit --json.',
}
