import { Argument, Command } from 'commander'
import { renderBashCompletion } from '../completion/bash.ts'
import { renderFishCompletion } from '../completion/fish.ts'
import { type CompletionPlace, placesOf } from '../completion/places.ts'
import { renderPowershellCompletion } from '../completion/powershell.ts'
import { renderZshCompletion } from '../completion/zsh.ts'
import { examplesOf, layOut, logFormatOption } from '../help.ts'

const SHELLS: Readonly<Record<string, (places: readonly CompletionPlace[]) => string>> = {
  bash: renderBashCompletion,
  zsh: renderZshCompletion,
  fish: renderFishCompletion,
  powershell: renderPowershellCompletion,
}

const EXAMPLES = [
  ['source <(go-proxy-setup completion bash)', 'for this shell; for zsh, run it after compinit'],
  ['go-proxy-setup completion fish | source', 'for fish'],
] as const

/** The verb `completion`: a script for a shell, made from the program's own description. */
export function describeCompletion(program: Command, columns: number | undefined): Command {
  return layOut(new Command('completion'), columns)
    .description('print a script with which a shell completes verbs, options and values')
    .exitOverride()
    .allowExcessArguments(false)
    .addArgument(new Argument('<shell>', 'The shell that reads it.').choices(Object.keys(SHELLS)))
    .addHelpText('after', examplesOf({ examples: EXAMPLES }))
    .addOption(logFormatOption())
    .action((shell: string) => {
      process.stdout.write(SHELLS[shell]?.(placesOf(program)) ?? '')
    })
}
