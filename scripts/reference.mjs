// The tables of docs/reference.md: verbs, options and exit codes, from the description by which the program itself parses
// its command line and prints its help.
import { mkdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

/** What the program says of its command line. @param root the repository's */
export async function readReference(root) {
  const { describeProgram, EXIT_CODES, INPUT_NAMES, optionsOf, rowOf } = await load(root)
  const program = describeProgram(() => undefined, undefined)
  const options = INPUT_NAMES.flatMap(input => optionsOf(input).map(option => ({ input, option })))
  return {
    verbs: visibleIn(program).map(([path, verb]) => ({
      path,
      usage: usageOf(path, verb),
      description: verb.description(),
      ownOptions: [
        ...verb.registeredArguments.map(one => [argumentOf(one), meaningOf(one)]),
        ...visibleOptionsOf(verb)
          .filter(option => !options.some(one => one.option.long === option.long))
          .map(option => [option.flags, meaningOf(option)]),
      ],
      inputs: INPUT_NAMES.filter(input =>
        visibleOptionsOf(verb).some(option => optionsOf(input).some(one => one.long === option.long)),
      ),
    })),
    options: options.map(({ input, option }) => ({
      flags: option.flags,
      variable: `GO_PROXY_SETUP_${input.toUpperCase().replaceAll('-', '_')}`,
      group: rowOf(input).group,
      input,
    })),
    exitCodes: EXIT_CODES,
  }
}

/** The sources are TypeScript: a bundle of what is asked for, which stays in the repository to find its packages. */
async function load(root) {
  const directory = resolve(root, '.cache', `reference-${process.pid}`)
  mkdirSync(directory, { recursive: true })
  const outfile = join(directory, 'reference.mjs')
  try {
    await build({
      stdin: {
        contents: [
          "export { describeProgram } from './src/cli/program.ts'",
          "export { EXIT_CODES } from './src/cli/exit-code.ts'",
          "export { INPUT_NAMES, rowOf } from './src/inputs/table.ts'",
          "export { optionsOf } from './src/inputs/options.ts'",
        ].join('\n'),
        resolveDir: resolve(root),
      },
      bundle: true,
      platform: 'node',
      format: 'esm',
      packages: 'external',
      logLevel: 'error',
      outfile,
    })
    return await import(pathToFileURL(outfile).href)
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

/** Every verb that help shows, with the words that name it. */
function visibleIn(command, above = []) {
  return command
    .createHelp()
    .visibleCommands(command)
    .filter(one => one.name() !== 'help')
    .flatMap(one => {
      const path = [...above, one.name()]
      // `report` alone does nothing; `bundle` has options of its own.
      const isVerb = one.commands.length === 0 || one.options.length > 0
      return [...(isVerb ? [[path.join(' '), one]] : []), ...visibleIn(one, path)]
    })
}

function visibleOptionsOf(verb) {
  return verb
    .createHelp()
    .visibleOptions(verb)
    .filter(({ long }) => long !== '--help')
}

function usageOf(path, verb) {
  const options = verb.options.some(option => !option.hidden) ? ['[options]'] : []
  return ['go-proxy-setup', path, ...options, ...verb.registeredArguments.map(argumentOf)].join(' ')
}

function argumentOf(argument) {
  const name = `${argument.name()}${argument.variadic ? '...' : ''}`
  return argument.required ? `<${name}>` : `[${name}]`
}

function meaningOf({ description, argChoices, defaultValue }) {
  const allowed = argChoices === undefined ? '' : ` One of ${argChoices.map(one => `\`${one}\``).join(', ')}.`
  return `${description}${allowed}${defaultValue === undefined ? '' : ` Default: \`${defaultValue}\`.`}`
}
