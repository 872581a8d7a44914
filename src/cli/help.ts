import { type Command, type Help, Option } from 'commander'
import { INPUT_NAMES, INPUTS, type InputGroup, type InputName, rowOf } from '../inputs/table.ts'
import { count } from '../text/count.ts'

/** What `help VERB` says beyond the description of the verb. */
export interface VerbHelp {
  readonly description: string
  /** Groups of inputs that the verb does not use. They are accepted, so that one set of options fits all verbs. */
  readonly without: readonly InputGroup[]
  /** Single inputs that it does not use, of the other groups. */
  readonly unused: readonly InputName[]
  readonly examples: readonly (readonly [command: string, what: string])[]
}

const FOR_LATER_STEPS = ['export', 'credentials-scope', 'allow-unsafe-pr-credentials'] as const
const FOR_RANKING = ['selection', 'benchmark', 'benchmark-timeout'] as const
/** Files that a report is written into, and where its figures are sent. */
const FOR_REPORTS = ['report-file', 'trace-file', 'html-file', 'metrics-file', 'metrics-push-url'] as const
const FOR_CONTAINERS = ['gateway-listen', 'gateway-listen-private'] as const

export const VERBS = {
  run: {
    description: 'benchmark, settings, download and report, as the action does',
    without: [],
    unused: [...FOR_CONTAINERS],
    examples: [
      ['go-proxy-setup run', 'the module in this directory, from the official proxy'],
      ['go-proxy-setup run --proxies public --report report.json', 'from the fastest public proxy, with a report'],
    ],
  },
  bench: {
    description: 'rank the candidates and print the table',
    without: ['go', 'download', 'cache'],
    unused: [...FOR_LATER_STEPS, 'benchmark', 'summary', 'audit-log', 'tools'],
    examples: [
      ['go-proxy-setup bench --proxies public', 'the public proxies, with this project’s own modules'],
      ['go-proxy-setup bench --proxies "current china" --json', 'this machine’s GOPROXY beside those in China'],
    ],
  },
  env: {
    description: 'print the settings for a shell or another program, or write them permanently',
    without: ['download', 'cache'],
    unused: [...FOR_LATER_STEPS, 'summary', 'audit-log'],
    examples: [
      ['eval "$(go-proxy-setup env)"', 'for this shell'],
      ['go-proxy-setup env --write go-env', 'for every go of this user, until env --remove go-env'],
    ],
  },
  download: {
    description: 'go mod download through the gateway, without a benchmark',
    without: [],
    unused: [...FOR_LATER_STEPS, ...FOR_RANKING, ...FOR_CONTAINERS],
    examples: [
      ['go-proxy-setup download', 'from this machine’s GOPROXY, or the official proxy'],
      ['go-proxy-setup download -C services/a -C services/b', 'for two modules'],
    ],
  },
  exec: {
    description: 'run any command with the settings and through the gateway: exec -- go build ./...',
    without: [],
    unused: [...FOR_LATER_STEPS, 'download', 'module-store', 'module-store-private'],
    examples: [
      ['go-proxy-setup exec -- go build ./...', 'build what the module in this directory needs'],
      ['go-proxy-setup exec --proxies china -- make test', 'whatever calls go'],
    ],
  },
  doctor: {
    description: 'say layer by layer what works here, what does not, and what to do; changes nothing',
    without: ['go', 'download', 'cache'],
    unused: [...FOR_LATER_STEPS, ...FOR_RANKING, 'summary', 'audit-log', ...FOR_REPORTS, 'tools'],
    examples: [
      ['go-proxy-setup doctor', 'this machine, its proxies, and the project here'],
      ['go build ./... 2>&1 | go-proxy-setup doctor --explain -', 'what a failure of go’s means'],
    ],
  },
  bundle: {
    description: 'write verified modules into one file for machines without a network; verify and use such a file',
    without: [],
    unused: [...FOR_LATER_STEPS, ...FOR_CONTAINERS, 'download', 'module-store'],
    examples: [
      ['go-proxy-setup bundle -o modules.tar', 'the modules of the project here'],
      ['go-proxy-setup bundle -o modules.tar --go-version stable', 'with Go itself'],
    ],
  },
  demo: {
    description: 'the whole job against proxies that it starts itself: no network needed',
    without: ['go', 'private modules', 'project', 'cache'],
    unused: ['proxies', 'fallback', 'export', 'module-store', 'module-store-private', ...FOR_CONTAINERS],
    examples: [
      ['go-proxy-setup demo', 'what the action does, in two seconds'],
      ['go-proxy-setup demo --gateway off', 'the same, with go asking the proxies itself'],
    ],
  },
  drill: {
    description: 'download this project through proxies in trouble, on this machine alone, beside plain go',
    without: ['go', 'cache'],
    unused: [
      ...FOR_LATER_STEPS,
      ...FOR_CONTAINERS,
      'download',
      'fallback',
      'summary',
      'audit-log',
      ...FOR_REPORTS,
      'module-store',
      'module-store-private',
      'slow-after',
      'tools',
    ],
    examples: [
      ['go-proxy-setup drill', 'every kind of trouble once'],
      ['go-proxy-setup drill --plan drill.txt --seed 41', 'a plan of yours, as it was played before'],
    ],
  },
  prewarm: {
    description: 'have your own proxies fetch what the project here needs, before the jobs come',
    without: ['go', 'cache'],
    unused: [
      ...FOR_LATER_STEPS,
      ...FOR_RANKING,
      ...FOR_CONTAINERS,
      'sumdb',
      'fallback',
      'download',
      'gateway',
      'ssh-key',
      'ssh-known-hosts',
      'summary',
      'problem-matcher',
      'audit-log',
      'report-file',
      'trace-file',
      'html-file',
      'metrics-file',
      'metrics-push-url',
      'module-store',
      'module-store-private',
      'slow-after',
      'tools',
    ],
    examples: [
      ['go-proxy-setup prewarm', 'the proxies of yours that GOPROXY names'],
      ['go-proxy-setup prewarm --rate 2 --at-once 1', 'more gently: two requests a second, one at a time'],
    ],
  },
} as const satisfies Readonly<Record<string, VerbHelp>>

/** Those above, and those that take no inputs. */
export const VERB_NAMES: readonly string[] = [...Object.keys(VERBS), 'report', 'completion']

/** Whether the help of a verb shows an input. */
export function isShown({ without, unused }: VerbHelp, name: InputName): boolean {
  return !without.includes(rowOf(name).group) && !unused.includes(name)
}

/** Inputs in the order of their headings in the help. */
export function inHelpOrder(): readonly InputName[] {
  const groups: readonly InputGroup[] = ['project', 'go', 'proxies', 'private modules', 'download', 'cache', 'reports']
  return groups.flatMap(group => INPUT_NAMES.filter(name => rowOf(name).group === group))
}

export function headingOf(group: InputGroup): string {
  return `${group.slice(0, 1).toUpperCase()}${group.slice(1)}:`
}

/** For verbs that take no inputs. */
export function logFormatOption(): Option {
  const { allowed, description } = INPUTS['log-format']
  return new Option('--log-format <format>', description.replaceAll('`', ''))
    .choices(allowed)
    .helpGroup(headingOf('reports'))
}

export function examplesOf({ examples }: Pick<VerbHelp, 'examples'>): string {
  return ['', 'Examples:', ...examples.flatMap(([command, what]) => [`  ${command}`, `      ${what}`])].join('\n')
}

/** What is piped is wrapped as for a terminal of the usual width. */
const USUAL_COLUMNS = 80
/** Below each option's name, its description: beside it, a narrow terminal would have no room for both. */
const INDENT = 6

/** What commander says of wrong usage, with the way that is right where it is a question of that. @param command which it speaks for */
export function explainUsage(text: string, command: Command): string {
  // What stands behind the equals sign of an option that is none may be a token.
  const [, option = '', equals] = /unknown option '(--?[\w-]+)(=)?/.exec(text) ?? []
  const secret = INPUT_NAMES.find(one => `--${one}` === option && rowOf(one).secret)
  if (secret !== undefined) {
    const variable = `GO_PROXY_SETUP_${secret.toUpperCase().replaceAll('-', '_')}`
    return `error: --${secret} is not an option, because other users of this machine can read arguments.\nGive it as ${variable}, or in a file: --${secret}-file FILE\n`
  }
  if (text.includes("missing required argument 'command'"))
    return 'error: exec needs a command.\nWrite it after --: go-proxy-setup exec -- go test ./...\n'
  if (equals !== undefined) return `error: unknown option '${option}'\n`
  const [, verb, most, found] = /too many arguments for '(\w+)'\. Expected (\d+) \w+ but got (\d+)/.exec(text) ?? []
  if (verb !== undefined && most !== '0')
    return `error: ${verb} takes ${count(Number(most), 'word')} besides its options, but there are ${found}.\nA name with spaces needs quotes.\n`
  const verbs = command.name() === verb ? command.commands.map(one => one.name()).join(', ') : ''
  if (verbs !== '')
    return `error: ${verb} takes only options or one of its verbs (${verbs}), but there is another word.\n`
  if (verb !== undefined)
    return `error: ${verb} takes only options, but there is a word that belongs to none.\nA value with spaces needs quotes: --proxies "current public"\n`
  return text
}

/** Lays the help out for the width of the terminal. */
export function layOut(command: Command, columns: number | undefined): Command {
  const width = columns ?? USUAL_COLUMNS
  const output = {
    getOutHelpWidth: () => width,
    getErrHelpWidth: () => width,
    outputError: (text: string, write: (text: string) => void) => write(explainUsage(text, command)),
  }
  command.showHelpAfterError('Run `go-proxy-setup help` for the verbs and `go-proxy-setup help VERB` for options.')
  return command.configureOutput(output).configureHelp({
    minWidthToWrap: 20,
    formatItem(term: string, _width: number, description: string, helper: Help) {
      if (description === '') return `  ${term}`
      const lines = helper.boxWrap(description, Math.max(this.minWidthToWrap ?? 0, width - INDENT)).split('\n')
      return [`  ${term}`, ...lines.map(line => `${' '.repeat(INDENT)}${line}`)].join('\n')
    },
  })
}
