import { Command, InvalidArgumentError, Option } from 'commander'

/** The parts of `download`, each a table or a line of its own. */
export const SECTIONS = ['rtt', 'ranked', 'link', 'faults', 'memory']

/** How the product is told where modules come from: the columns of `habits`. */
export const WAYS = ['own', 'configured', 'two', 'private']

/** The Go versions that each of the `failures` is read with. */
export const GO_MINORS = ['1.22', '1.23', '1.24', '1.25', '1.26']

/** What a job finds stored and changed: the rows of `job`; and what is stored. */
export const JOB_ROWS = ['nothing', 'same', 'leaf', 'central', 'leaf-dependency', 'root-dependency', 'ten', 'stored']

/** Those of the projects that `job` has the sources of. */
const JOB_PROJECTS = ['act', 'helm']

/** What stands beside each other in `job`; `brought`: ours, on a runner without Go. */
export const JOB_WAYS = ['plain', 'setup-go', 'ours', 'brought']

/**
 * The command line of `npm run benchmark`.
 * @param {readonly string[]} projects the names of what there is to download
 * @param {(name: string, options: Record<string, any>) => Promise<void> | void} act is told the benchmark and its options
 */
export function describeBenchmarks(projects, act) {
  const program = new Command('npm run benchmark --')
    .usage('NAME [options]')
    .description(
      'Measures what the README claims, beside plain go. Exit code 1: something is not as promised, or is worse.',
    )
    .exitOverride()
    .showHelpAfterError('`npm run benchmark -- --help` lists the benchmarks and their options.')
  /** @param {string} name @param {string} description @param {readonly Option[]} options */
  const benchmark = (name, description, options) => {
    const command = program
      .command(name)
      .description(description)
      .exitOverride()
      .allowExcessArguments(false)
      .action(given => act(name, given))
    for (const option of options) command.addOption(option)
  }
  benchmark('download', 'the whole step beside plain go mod download and the floor, GOPROXY=file://', [
    new Option('--only <sections>', `of ${SECTIONS.join(', ')}`).argParser(listOf(SECTIONS)).default(SECTIONS, 'all'),
    projectOption(projects, ['act']),
    rttOption([1, 20, 80, 200]),
    runsOption(3),
    new Option('--http <version>', '1: the origins have no HTTP/2').choices(['1', '2']).default('2'),
    new Option('--requests-per-connection <number>', 'after which an origin ends an HTTP/2 connection; 0: never')
      .argParser(wholeFrom(0))
      .default(0),
    againstOption(),
  ])
  benchmark('ranking', 'ten candidates, seven of them broken: how long, how good; the start and size of dist/', [
    runsOption(50),
    new Option('--seed <number>', 'for the same worlds again').argParser(wholeFrom(0)),
    againstOption(),
  ])
  benchmark('scale', 'the time for each of many small modules, which must not grow with their number', [
    new Option('--modules <counts>', 'how many').argParser(numbers).default([50, 150, 500, 1500], '50,150,500,1500'),
    runsOption(3),
    againstOption(),
  ])
  benchmark('cache', 'the main step with cache false, true and auto, which has to be as good as the better one', [
    projectOption(projects, projects),
    rttOption([20, 80]),
    runsOption(3),
    new Option('--sizes', 'what is stored, beside what setup-go stores').conflicts('against'),
    againstOption(),
  ])
  benchmark('job', 'the whole job of a real source: step, build, vet and post, beside plain go and setup-go’s way', [
    projectOption(JOB_PROJECTS, JOB_PROJECTS),
    new Option('--only <rows>', `of ${JOB_ROWS.join(', ')}`).argParser(listOf(JOB_ROWS)).default(JOB_ROWS, 'all'),
    new Option('--ways <ways>', `of ${JOB_WAYS.join(', ')}`).argParser(listOf(JOB_WAYS)).default(JOB_WAYS, 'all'),
    runsOption(3),
  ])
  benchmark('toolchain', 'from nothing to `go version`, beside go’s own switch in an empty module cache; memory', [
    rttOption([20, 80]),
    runsOption(3),
  ])
  benchmark('gateway-job', 'what gateway: job costs later steps and gives them, beside gateway: step', [
    new Option('--modules <number>', 'that later steps download').argParser(wholeFrom(1)).default(100),
    new Option('--rtt <ms>', 'to the proxy').argParser(wholeFrom(0)).default(20),
    runsOption(5),
  ])
  benchmark('report', 'what summary, files, logs and traces cost; the page of many modules; start and size of dist/', [
    new Option('--modules <number>', 'that the step downloads').argParser(wholeFrom(1)).default(200),
    new Option('--log-modules <number>', 'that the commands download whose logs and traces are measured')
      .argParser(wholeFrom(1))
      .default(100),
    new Option('--page-modules <number>', 'that the page is about').argParser(wholeFrom(1)).default(5_000),
    runsOption(9),
    againstOption(),
  ])
  benchmark('faults', 'what becomes of a download when the first of two proxies fails: the table of docs/faults.md', [
    new Option('--write', 'write the table, which is else compared'),
  ])
  benchmark('habits', 'plain go and the product with proxies, networks and machines as they are: docs/habits.md', [
    new Option('--only <rows>', 'rows whose names are these, or begin so').argParser(names),
    new Option('--ways <ways>', `of ${WAYS.join(', ')}`).argParser(listOf(WAYS)).default(WAYS, 'all'),
    new Option('--scale <number>', 'server delays that take long, and the deadlines with them, are divided by it')
      .argParser(wholeFrom(1))
      .default(10),
    new Option('--sample', 'a part of them, in which each pair of values occurs').conflicts('write'),
    new Option('--write', 'write what was played to docs/habits.md').conflicts('ways'),
    new Option('--list', 'name the rows, and do nothing else'),
    new Option('--json', 'print figures and every refused request as JSON to standard output'),
  ])
  benchmark('failures', 'what the user reads of each failure, compared with the files of __tests__/failures/', [
    new Option('--only <names>', 'failures whose names are these, or begin so').argParser(names),
    new Option('--go <versions>', `minor versions, of ${GO_MINORS.join(', ')}`)
      .argParser(listOf(GO_MINORS))
      .default(GO_MINORS, 'all'),
    new Option('--sample', 'CI’s part of it: the most frequent ones, with the go in PATH'),
    new Option('--write', 'write the files'),
    new Option('--list', 'name the failures, and do nothing else'),
  ])
  return program.addHelpText('after', () => `\n${program.commands.map(renderOptions).join('\n')}`)
}

/** @param {Command} command */
function renderOptions(command) {
  const lines = command.options.map(option => {
    const value = option.defaultValueDescription ?? option.defaultValue
    const otherwise = value === undefined ? '' : ` (default: ${value})`
    return `  ${option.flags.padEnd(36)} ${option.description}${otherwise}`
  })
  return `${command.name()}:\n${lines.join('\n')}`
}

function againstOption() {
  return new Option(
    '--against <ref>',
    'measure the dist/ committed there in the same rounds; exit code 1: this one is worse',
  )
}

/** @param {number} rounds */
function runsOption(rounds) {
  return new Option('--runs <number>', 'rounds; figures are medians').argParser(wholeFrom(1)).default(rounds)
}

/** @param {readonly string[]} projects @param {readonly string[]} chosen */
function projectOption(projects, chosen) {
  return new Option('--project <names>', `of ${projects.join(', ')}`)
    .argParser(listOf(projects))
    .default(chosen, chosen.join(','))
}

/** @param {readonly number[]} rtts */
function rttOption(rtts) {
  return new Option('--rtt <ms>', 'simulated round trips').argParser(numbers).default(rtts, rtts.join(','))
}

/** @param {readonly string[]} allowed */
function listOf(allowed) {
  return (/** @type {string} */ text) =>
    text.split(',').map(one => {
      if (!allowed.includes(one)) throw new InvalidArgumentError(`Allowed, separated by commas: ${allowed.join(', ')}.`)
      return one
    })
}

/** @param {string} text */
function names(text) {
  return text.split(',').filter(name => name !== '')
}

/** @param {string} text */
function numbers(text) {
  return text.split(',').map(wholeFrom(1))
}

/** @param {number} least */
function wholeFrom(least) {
  return (/** @type {string} */ text) => {
    if (!/^\d{1,10}$/.test(text) || Number(text) < least)
      throw new InvalidArgumentError(`A whole number from ${least} is needed.`)
    return Number(text)
  }
}
