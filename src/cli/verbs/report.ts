import { Command, InvalidArgumentError, Option } from 'commander'
import { codeOf, failed, type Problem, type Result } from '../../errors.ts'
import { compareReports, type NamedReport, nameReports } from '../../report/compare.ts'
import { renderComparison, renderComparisonMarkdown, summariseRegressions } from '../../report/compare-text.ts'
import { renderJson } from '../../report/json.ts'
import { MOST_REPORT_BYTES, readKeptReport } from '../../report/kept.ts'
import type { Report } from '../../report/report.ts'
import { VIEWS } from '../../report/show.ts'
import { effectsForTerminal } from '../../runner/terminal.ts'
import { DONE, FAILED, refuse, WRONG_USAGE } from '../exit-code.ts'
import { examplesOf, headingOf, layOut } from '../help.ts'
import { screenOf } from '../job-verb.ts'

const SHOW_EXAMPLES = [
  ['go-proxy-setup report show report.json', 'what the log of the job said'],
  ['go-proxy-setup report show report.json --format trace >trace.json', 'for ui.perfetto.dev'],
] as const

const COMPARE_EXAMPLES = [
  ['go-proxy-setup report compare before.json after.json --threshold 20', 'fails if something takes 20 % longer'],
  ['go-proxy-setup report compare eu/report.json us/report.json', 'the proxies’ round trips and rates by region'],
] as const

/** The verb `report` with its own verbs: they need no project, no network and no directory of ours. */
export function describeReport(columns: number | undefined, onEnd: (exitCode: number) => void): Command {
  const verb = (name: string, description: string, examples: readonly (readonly [string, string])[]) =>
    layOut(new Command(name), columns)
      .description(description)
      .exitOverride()
      .addHelpText('after', examplesOf({ examples }))
  const show = verb('show', 'print a kept report in another form', SHOW_EXAMPLES)
    .argument('<file>', 'A report that report-file or --report wrote.')
    .addOption(formatOption(Object.keys(VIEWS)))
    .action(async (file: string, { format }: { readonly format: string }) => onEnd(await showReport(file, format)))
  const compare = verb('compare', 'say what differs between reports', COMPARE_EXAMPLES)
    .argument('<files...>', 'Two or more reports; the first is what the others are compared with.')
    .addOption(formatOption(Object.keys(COMPARISONS)))
    .addOption(
      new Option('--threshold <percent>', 'Exit with 1 if a time is longer by more than this, and by a quarter second.')
        .argParser(parsePercent)
        .helpGroup(headingOf('reports')),
    )
    .action(async (files: readonly string[], options: CompareOptions) => onEnd(await compareKept(files, options)))
  return layOut(new Command('report'), columns)
    .description('show a kept report in another form, or compare several')
    .exitOverride()
    .addCommand(show)
    .addCommand(compare)
    .addHelpText('after', examplesOf({ examples: [SHOW_EXAMPLES[0], COMPARE_EXAMPLES[0]] }))
}

function formatOption(formats: readonly string[]): Option {
  return new Option('--format <format>', 'How to print it.')
    .choices(formats)
    .default('text')
    .helpGroup(headingOf('reports'))
}

function parsePercent(text: string): number {
  const [, number = ''] = /^(\d+(?:\.\d+)?) ?%?$/.exec(text.trim()) ?? []
  if (number === '') throw new InvalidArgumentError('It is a number of percent, such as 20.')
  return Number(number)
}

const COMPARISONS = { text: renderComparison, markdown: renderComparisonMarkdown, json: renderJson }

interface CompareOptions {
  readonly format: keyof typeof COMPARISONS
  readonly threshold?: number
}

/** @returns the exit code */
async function showReport(path: string, format: string): Promise<number> {
  const { effects } = effectsForTerminal(process)
  const read = await readReport(path, effects.files)
  if (!read.ok) return refuse(read.problems, effects.log)
  process.stdout.write(VIEWS[format]?.(read.value, screenOf(process.stdout, effects.env)) ?? '')
  return DONE
}

/** @returns the exit code: 1 where something became worse by more than the threshold */
async function compareKept(paths: readonly string[], { format, threshold }: CompareOptions): Promise<number> {
  const { effects } = effectsForTerminal(process)
  if (paths.length < 2) return refuse([ONE_REPORT], effects.log)
  const read = await Promise.all(paths.map(path => readReport(path, effects.files)))
  const problems = read.flatMap(one => (one.ok ? [] : one.problems))
  if (problems.length > 0) return refuse(problems, effects.log, WRONG_USAGE)
  const names = nameReports(paths)
  const named = read.flatMap((one, i): NamedReport[] => (one.ok ? [{ name: names[i] ?? '', report: one.value }] : []))
  const comparison = compareReports(named, threshold)
  process.stdout.write(COMPARISONS[format](comparison))
  const { regressions } = comparison
  if (threshold === undefined || regressions.length === 0) return DONE
  effects.log.error({
    code: 'REPORT_REGRESSION',
    message: summariseRegressions(regressions, threshold),
    hint: 'The table says by how much. A higher --threshold allows for the machine’s own differences.',
  })
  return FAILED
}

const ONE_REPORT: Problem = {
  code: 'USAGE_ONE_REPORT',
  message: 'There is only one report, and so nothing to compare it with.',
  hint: 'Name two or more: go-proxy-setup report compare before.json after.json',
}

type Readers = Pick<ReturnType<typeof effectsForTerminal>['effects']['files'], 'readText' | 'stat'>

async function readReport(path: string, files: Readers): Promise<Result<Report>> {
  try {
    const [stat] = await files.stat([path])
    if (stat !== undefined && stat.bytes > MOST_REPORT_BYTES) return failed(unreadable(path, 'it is too large'))
    const text = await files.readText(path)
    return text === undefined ? failed(unreadable(path, 'there is no such file')) : readKeptReport(path, text)
  } catch (error) {
    return failed(unreadable(path, codeOf(error)))
  }
}

function unreadable(path: string, why: string): Problem {
  return {
    code: 'REPORT_NOT_READ',
    message: `The report ${path} cannot be read: ${why}.`,
    hint: 'Name a file that the input report-file or the option --report wrote.',
  }
}
