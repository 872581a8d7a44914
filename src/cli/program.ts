import { Command, InvalidArgumentError, Option } from 'commander'
import { FORMAT_NAMES } from '../environment/formats/format.ts'
import { PURPOSES } from '../environment/written/lasting.ts'
import { parseTarget, type WriteTarget } from '../environment/written/target.ts'
import { optionsOf } from '../inputs/options.ts'
import { rowOf } from '../inputs/table.ts'
import { VERSION } from '../version.ts'
import { EXIT_CODES } from './exit-code.ts'
import { examplesOf, headingOf, inHelpOrder, isShown, layOut, VERBS, type VerbHelp } from './help.ts'
import { type JobVerb, performJob } from './job-verb.ts'
import type { Options } from './options.ts'
import { BENCH } from './verbs/bench.ts'
import { bundle, describeBundle } from './verbs/bundle.ts'
import { describeCompletion } from './verbs/completion.ts'
import { demo } from './verbs/demo.ts'
import { doctor } from './verbs/doctor.ts'
import { DOWNLOAD } from './verbs/download.ts'
import { drill } from './verbs/drill.ts'
import { env } from './verbs/env.ts'
import { exec } from './verbs/exec.ts'
import {
  LEAST_PREWARM_RATE,
  MOST_AT_ONCE,
  MOST_PREWARM_RATE,
  prewarm,
  USUAL_AT_ONCE,
  USUAL_RATE,
} from './verbs/prewarm.ts'
import { describeReport } from './verbs/report.ts'
import { RUN } from './verbs/run.ts'
import { serve } from './verbs/serve.ts'
import { inWorld } from './world.ts'

/** @returns the exit code */
type Perform = (options: Options, args: readonly string[]) => Promise<number>

/**
 * The verbs, their options and what performs each. @param onEnd receives the exit code of the verb that ran
 * @param columns the width of the terminal; undefined where there is none
 */
export function describeProgram(onEnd: (exitCode: number) => void, columns: number | undefined): Command {
  const program = layOut(new Command('go-proxy-setup'), columns)
    .description('Measures Go module proxies from here with this project’s own modules and downloads from the best.')
    .version(VERSION)
    .exitOverride()
    .enablePositionalOptions()
    .addHelpText('after', `\n${AFTER}`)
  // As for go, git and make, the directory may come before the verb.
  for (const option of optionsOf('working-directory')) program.addOption(option)
  const verb = (name: keyof typeof VERBS, perform: Perform) => {
    const help: VerbHelp = VERBS[name]
    const command = layOut(program.command(name), columns)
      .description(help.description)
      .exitOverride()
      .allowExcessArguments(false)
      .addHelpText('after', examplesOf(help))
      .action(async function (this: Command) {
        const [before, after] = [program.opts(), this.opts()]
        if (Object.keys(before).length > 0 && PLACES.some(name => name in after))
          this.error('error: the directory is given both before and after the verb: give it once', { exitCode: 1 })
        onEnd(await perform({ ...before, ...after }, this.args))
      })
    for (const input of inHelpOrder()) {
      for (const option of optionsOf(input)) {
        command.addOption(option.helpGroup(headingOf(rowOf(input).group)).hideHelp(!isShown(help, input)))
      }
    }
    return command.addOption(
      new Option('--json', 'Print the result as JSON on standard output.').helpGroup(headingOf('reports')),
    )
  }
  verb('run', job(RUN))
  verb('bench', job(BENCH)).addOption(
    new Option('--markdown', 'Print the result as a table for GitHub on standard output.')
      .conflicts('json')
      .helpGroup(headingOf('reports')),
  )
  writeWith(verb('env', options => inWorld(world => env(options, world))))
  verb('download', job(DOWNLOAD))
  takeCommand(verb('exec', exec))
  program.command('serve', { hidden: true }).action(async () => onEnd(await serve()))
  examineWith(verb('doctor', options => inWorld(world => doctor(options, world))))
  describeBundle(verb('bundle', bundle), columns, onEnd)
  verb('demo', options => inWorld(world => demo(options, world)))
  playPlan(verb('drill', options => inWorld(world => drill(options, world))))
  askGently(verb('prewarm', options => inWorld(world => prewarm(options, world))))
  program.addCommand(describeReport(columns, onEnd))
  program.addCommand(describeCompletion(program, columns))
  program
    .command('version')
    .description('print the version, as --version does')
    .action(() => {
      process.stdout.write(`${VERSION}\n`)
    })
  return program
}

const TARGETS = '<go-env|profile|dotenv:FILE>'

function writeWith(verb: Command): void {
  const format = new Option('--format <format>', 'How to print them.').choices(FORMAT_NAMES).default('shell')
  const write = new Option(
    `--write ${TARGETS}`,
    'Write them permanently instead of printing them: into go’s own file, the shell’s, or a .env file.',
  )
  const remove = new Option(
    `--remove ${TARGETS}`,
    'Remove what --write wrote there, and restore what was there before.',
  )
  const purpose = new Option(
    '--for <purpose>',
    'Who reads them: a developer on this machine, or production, which gets nothing that depends on this machine or on today.',
  )
  for (const option of [
    format,
    write.argParser(toTarget).conflicts(['format', 'remove']),
    remove.argParser(toTarget).conflicts(['format', 'for']),
    purpose.choices(PURPOSES),
  ])
    verb.addOption(option.helpGroup(headingOf('reports')))
}

function toTarget(text: string): WriteTarget {
  const target = parseTarget(text)
  if (target === undefined) throw new InvalidArgumentError('It is go-env, profile, or dotenv: and the name of a file.')
  return target
}

function examineWith(verb: Command): void {
  const explain = new Option('--explain <file>', 'Explain what go printed when it failed; - for standard input.')
  const watch = new Option(
    '--watch <module@version>',
    'Follow one module through cache and proxies; show where it waits.',
  )
  const save = new Option('--save <file>', 'Write all of it, without secrets, to attach to a report of a fault.')
  for (const option of [explain.conflicts(['watch', 'save']), watch.conflicts('save'), save])
    verb.addOption(option.helpGroup(headingOf('reports')))
}

function playPlan(verb: Command): void {
  const plan = new Option('--plan <file>', 'Which troubles to play: one on each line; - for standard input.')
  const seed = new Option('--seed <number>', 'Repeats what an earlier drill left to chance.')
  for (const option of [plan, seed]) verb.addOption(option.helpGroup(headingOf('reports')))
}

function askGently(verb: Command): void {
  const rate = new Option(
    '--rate <number>',
    `The most requests per second. Allowed: ${LEAST_PREWARM_RATE} to ${MOST_PREWARM_RATE}. (default: ${USUAL_RATE})`,
  )
  const atOnce = new Option(
    '--at-once <number>',
    `The most requests at a time. Allowed: 1 to ${MOST_AT_ONCE}. (default: ${USUAL_AT_ONCE})`,
  )
  const alsoPublic = new Option('--also-public', 'Also ask the public proxies that are named. They need no warming.')
  for (const option of [rate, atOnce, alsoPublic]) verb.addOption(option.helpGroup(headingOf('proxies')))
}

function takeCommand(verb: Command): void {
  const quiet = new Option('-q, --quiet', 'Print nothing of this program’s own unless it or the command fails.')
  verb
    .addOption(quiet.helpGroup(headingOf('reports')))
    .argument('<command...>', 'The command and its arguments, after --.')
    .allowExcessArguments(true)
    // What follows the command's name is the command's, with or without --.
    .passThroughOptions()
}

/** As commander names the options of the directory. */
const PLACES = ['workingDirectory', 'directory']

const AFTER = `Every input is an option, and can also be given as GO_PROXY_SETUP_<NAME>
(GO_PROXY_SETUP_PROXIES).

Exit codes:
${EXIT_CODES.map(([codes, meaning]) => `  ${codes.padEnd(8)}  ${meaning}`).join('\n')}
Otherwise exec returns the command’s own code.`

function job(verb: JobVerb): Perform {
  return options => inWorld(world => performJob(verb, options, world))
}
