import { renderGateway } from '../../report/later-steps.ts'
import { tell, tellProblems, tellStopped } from '../../report/tell.ts'
import { holdBack } from '../../runner/quiet-log.ts'
import { effectsForTerminal } from '../../runner/terminal.ts'
import { DONE, EXEC_FAILED, refuse } from '../exit-code.ts'
import { type Options, readInputsFrom } from '../options.ts'
import { runJobHere } from '../run-here.ts'
import { inWorld, type VerbWorld } from '../world.ts'

/**
 * Runs a command behind the gateway. With `quiet` nothing of ours is printed unless we or the command fail, and then
 * only warnings and errors. @returns the command's exit code
 */
export async function exec(options: Options, command: readonly string[]): Promise<number> {
  const { effects, children } = effectsForTerminal(process)
  const { log, release } = options['quiet'] === true ? holdBack(effects.log) : { log: effects.log, release: () => {} }
  let own: number | undefined
  const code = await inWorld(
    async world => {
      own = await runBehindGateway(options, command, world)
      return own ?? EXEC_FAILED
    },
    EXEC_FAILED,
    { effects: { ...effects, log }, children },
  )
  // A command that was told to end says itself how it ended.
  const exitCode = own ?? code
  if (exitCode !== DONE) release()
  return exitCode
}

/** @returns undefined where the command did not run: something failed before, or the user stopped us */
async function runBehindGateway(
  options: Options,
  command: readonly string[],
  world: VerbWorld,
): Promise<number | undefined> {
  const { log } = world.effects
  const read = await readInputsFrom(options, world)
  if (!read.ok) return refuse(read.problems, log, EXEC_FAILED)
  const { story, report, push } = await runJobHere(read.value, world, { command })
  if (world.signal.aborted && story.exitCode === undefined) {
    await tellStopped(story, report, log)
    return undefined
  }
  const { gateway } = story
  const served = gateway !== undefined && gateway.served > 0 ? `Gateway: ${renderGateway(gateway)}` : undefined
  // A person sees what the command says; a program is told all of it, and how it ended last.
  if (log.records) {
    if (served !== undefined) log.info(served)
    await tell(report, log)
  } else {
    tellProblems(report, log)
    if (served !== undefined) log.info(served)
  }
  await push()
  return story.exitCode
}
