import type { Command, Option } from 'commander'

/** A word that may stand next. */
export interface Suggestion {
  readonly word: string
  /** One line of printable characters without quotes or backslashes: fit for every shell's single quotes. */
  readonly description: string
}

/** What may be the value of an option: these words, or what the shell itself finds. */
export type Values = readonly string[] | 'files' | 'directories' | 'text'

/** A place of the command line behind verbs: what may stand there. */
export interface CompletionPlace {
  /** The verbs before it: '', `run`, `report show`. */
  readonly path: string
  /** Verbs and words that an argument allows. */
  readonly words: readonly Suggestion[]
  readonly options: readonly Suggestion[]
  /** Options that take a value, with all their names. */
  readonly values: readonly { readonly names: readonly string[]; readonly values: Values }[]
  /** Arguments are files, or a command. */
  readonly takesFiles: boolean
}

/** Every place of a program, from its description, so that no verb or option can be forgotten. */
export function placesOf(command: Command, path = ''): readonly CompletionPlace[] {
  const help = command.createHelp()
  const commands = help.visibleCommands(command)
  const options = help.visibleOptions(command)
  const allowed = command.registeredArguments.flatMap(one => one.argChoices ?? [])
  const place: CompletionPlace = {
    path,
    words: [
      ...commands.map(one => ({ word: one.name(), description: plain(one.description()) })),
      ...allowed.map(word => ({ word, description: '' })),
    ],
    options: options.flatMap(one => namesOf(one).map(word => ({ word, description: plain(one.description) }))),
    values: options
      .filter(one => one.required || one.optional)
      .map(one => ({ names: namesOf(one), values: valuesOf(one) })),
    takesFiles: allowed.length === 0 && command.registeredArguments.length > 0,
  }
  return [place, ...command.commands.filter(one => commands.includes(one)).flatMap(below)]

  function below(one: Command): readonly CompletionPlace[] {
    return placesOf(one, path === '' ? one.name() : `${path} ${one.name()}`)
  }
}

function namesOf({ short, long }: Option): readonly string[] {
  return [short, long].filter(name => name !== undefined)
}

/**
 * From the choices, or from the name of the value: `<fastest|ordered>`, `[true|false]`, `<file>`, `<directory>`. Where a word
 * is only the beginning, `dotenv:FILE`, what stands before the capitals.
 */
function valuesOf({ argChoices, flags }: Option): Values {
  if (argChoices !== undefined) return argChoices
  const [, name = ''] = /[<[]([^>\]]+)[>\]]$/.exec(flags) ?? []
  if (name.includes('|')) return name.split('|').map(word => word.replace(/:[A-Z]+$/, ':'))
  if (name === 'file' || name === 'files') return 'files'
  return name === 'directory' ? 'directories' : 'text'
}

const MOST_CHARACTERS = 70

/** The first sentence, or as much of it as a line has room for. */
function plain(text: string): string {
  const [first = ''] = text.split(/(?<=[.:;]) /)
  const line = first.replace(/[^ -~]/g, '-').replace(/['"\\`$]/g, '')
  return line.length <= MOST_CHARACTERS ? line : `${line.slice(0, MOST_CHARACTERS - 3)}...`
}

/** Each value that options of a place take, with its options as `PATH:NAME`: for a case statement or a table. */
export function valuesByKey({ path, values }: CompletionPlace): readonly (readonly [readonly string[], Values])[] {
  return values.map(one => [one.names.map(name => `${path}:${name}`), one.values])
}
