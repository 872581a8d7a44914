import { resolve } from 'node:path'
import { Command, InvalidArgumentError, Option } from 'commander'
import type { Clock } from '../../effects.ts'
import { failed, type Problem, type Result } from '../../errors.ts'
import { compareReports, type NamedReport, nameReports, type Threshold } from '../../report/compare.ts'
import { renderComparison, renderComparisonMarkdown, summariseRegressions } from '../../report/compare-text.ts'
import { renderJson } from '../../report/json.ts'
import { MOST_REPORT_BYTES, readKeptReport } from '../../report/kept.ts'
import type { Report } from '../../report/report.ts'
import { VIEWS } from '../../report/show.ts'
import { effectsForTerminal } from '../../runner/terminal.ts'
import { DONE, FAILED, refuse, WRONG_USAGE } from '../exit-code.ts'
import { examplesOf, headingOf, layOut, logFormatOption } from '../help.ts'
import { screenOf } from '../job-verb.ts'
import { readNamed, type UnreadText } from '../named-text.ts'

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
      .addOption(logFormatOption())
  const show = verb('show', 'print a kept report in another form', SHOW_EXAMPLES)
    .argument('<file>', 'A report that report-file or --report wrote; - for standard input.')
    .addOption(formatOption(Object.keys(VIEWS)))
    .action(async (file: string, { format }: { readonly format: string }) => onEnd(await showReport(file, format)))
  const compare = verb('compare', 'say what differs between reports', COMPARE_EXAMPLES)
    .argument('<files...>', 'Two or more reports; the first is what the others are compared with.')
    .addOption(formatOption(Object.keys(COMPARISONS)))
    .addOption(
      new Option(
        '--threshold <much>',
        'Exit with 1 if a time is longer by more than this: a share (20 or 20%), and by a quarter second; or a time (2s, 500ms).',
      )
        .argParser(parseThreshold)
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

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, min: 60_000 }

function parseThreshold(text: string): Threshold {
  const [, digits = '', unit = ''] = /^(\d+(?:\.\d+)?) ?(%|ms|s|m|min)?$/.exec(text.trim()) ?? []
  const number = Number(digits)
  const unitMs = UNIT_MS[unit]
  if (digits === '') throw new InvalidArgumentError('It is a share, such as 20 or 20%, or a time, such as 2s or 500ms.')
  if (unitMs !== undefined) return { ms: number * unitMs }
  if (unit === '' && number > 0 && number < 1)
    throw new InvalidArgumentError(`Write ${Number((number * 100).toFixed(3))}% or ${number}%, whichever is meant.`)
  return { percent: number }
}

const COMPARISONS = { text: renderComparison, markdown: renderComparisonMarkdown, json: renderJson }

interface CompareOptions {
  readonly format: keyof typeof COMPARISONS
  readonly threshold?: Threshold
}

/** @returns the exit code */
async function showReport(path: string, format: string): Promise<number> {
  const { effects } = effectsForTerminal(process)
  const read = await readReport(path, effects.clock)
  if (!read.ok) return refuse(read.problems, effects.log)
  process.stdout.write(VIEWS[format]?.(read.value, screenOf(process.stdout, effects.env)) ?? '')
  return DONE
}

/** @returns the exit code: 1 where something became worse by more than the threshold */
async function compareKept(paths: readonly string[], { format, threshold }: CompareOptions): Promise<number> {
  const { effects } = effectsForTerminal(process)
  if (paths.length < 2) return refuse([ONE_REPORT], effects.log)
  const read = await Promise.all(paths.map(path => readReport(path, effects.clock)))
  const problems = read.flatMap(one => (one.ok ? [] : one.problems))
  if (problems.length > 0) return refuse(problems, effects.log, WRONG_USAGE)
  const names = nameReports(paths)
  const named = read.flatMap((one, i): NamedReport[] => (one.ok ? [{ name: names[i] ?? '', report: one.value }] : []))
  const twice = paths.find((path, i) => paths.findIndex(other => resolve(other) === resolve(path)) < i)
  if (twice !== undefined) effects.log.warning({ ...SAME_REPORT, message: `${twice} is named twice.` })
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

const SAME_REPORT = { code: 'USAGE_SAME_REPORT', hint: 'A report does not differ from itself.' }

const ONE_REPORT: Problem = {
  code: 'USAGE_ONE_REPORT',
  message: 'There is only one report, so there is nothing to compare it with.',
  hint: 'Name two or more: go-proxy-setup report compare before.json after.json',
}

async function readReport(path: string, clock: Clock): Promise<Result<Report>> {
  const read = await readNamed(path, MOST_REPORT_BYTES, clock)
  return 'why' in read ? failed(unreadable(read)) : readKeptReport(read.name, read.text)
}

function unreadable({ name, why }: UnreadText): Problem {
  return {
    code: 'REPORT_NOT_READ',
    message: `${name} cannot be read: ${why}.`,
    hint: 'Name a file that the input report-file or the option --report wrote.',
  }
}
