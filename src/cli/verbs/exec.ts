import { renderGateway } from '../../report/later-steps.ts'
import { EXEC_FAILED, refuse } from '../exit-code.ts'
import { type Options, readInputsFrom } from '../options.ts'
import { runJobHere } from '../run-here.ts'
import { inWorld, type VerbWorld } from '../world.ts'

/** Runs a command behind the gateway. @returns the command's exit code */
export async function exec(options: Options, command: readonly string[]): Promise<number> {
  let own: number | undefined
  const code = await inWorld(async world => {
    own = await runBehindGateway(options, command, world)
    return own
  }, EXEC_FAILED)
  // A command that was told to end says itself how it ended.
  return own ?? code
}

async function runBehindGateway(options: Options, command: readonly string[], world: VerbWorld): Promise<number> {
  const { log } = world.effects
  const read = await readInputsFrom(options, world)
  if (!read.ok) return refuse(read.problems, log, EXEC_FAILED)
  const { story, report } = await runJobHere(read.value, world, command)
  log.warnings(report.warnings)
  if (report.failure !== null) log.error(report.failure)
  const { gateway } = story
  if (gateway !== undefined && gateway.served > 0) log.info(`Gateway: ${renderGateway(gateway)}`)
  return story.exitCode ?? EXEC_FAILED
}
