import { Command, Option } from 'commander'
import { FORMATS } from '../environment/formats/format.ts'
import { addInputOptions } from '../inputs/options.ts'
import { VERSION } from '../version.ts'
import { type JobVerb, performJob } from './job-verb.ts'
import type { Options } from './options.ts'
import { BENCH } from './verbs/bench.ts'
import { demo } from './verbs/demo.ts'
import { DOWNLOAD } from './verbs/download.ts'
import { ENV } from './verbs/env.ts'
import { exec } from './verbs/exec.ts'
import { RUN } from './verbs/run.ts'
import { serve } from './verbs/serve.ts'
import { inWorld } from './world.ts'

/** @returns the exit code */
type Perform = (options: Options, args: readonly string[]) => Promise<number>

/** The verbs, their options and what performs each. @param onEnd receives the exit code of the verb that ran */
export function describeProgram(onEnd: (exitCode: number) => void): Command {
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
  const verb = (name: string, description: string, perform: Perform) =>
    addInputOptions(program.command(name).description(description))
      .exitOverride()
      .allowExcessArguments(false)
      .option('--json', 'print the result as JSON on standard output')
      .action(async function (this: Command) {
        onEnd(await perform(this.opts(), this.args))
      })
  verb('run', 'benchmark, settings, download and report, as the action does', job(RUN))
  verb('bench', 'rank the candidates and print the table', job(BENCH))
  verb('env', 'print the settings for a shell or another program', job(ENV)).addOption(
    new Option('--format <format>', 'how to print them').choices(Object.keys(FORMATS)).default('shell'),
  )
  verb('download', 'go mod download through the gateway, without a benchmark', job(DOWNLOAD))
  verb('exec', 'run any command with the settings and through the gateway: exec -- go build ./...', exec)
    .argument('<command...>', 'the command and its arguments, after --')
    .allowExcessArguments(true)
    // What follows the command's name is the command's, with or without --.
    .passThroughOptions()
  program.command('serve', { hidden: true }).action(async () => onEnd(await serve()))
  verb('demo', 'the whole job against proxies that it starts itself: no network needed', options =>
    inWorld(world => demo(options, world)),
  )
  return program
}

function job(verb: JobVerb): Perform {
  return options => inWorld(world => performJob(verb, options, world))
}
