import { nameOf } from './headline.ts'
import { type CandidateReport, type Report, SHOWN_PHASE_MS } from './report.ts'
import { count } from './units.ts'

/** A report under the name that tells it from the others. */
export interface NamedReport {
  readonly name: string
  readonly report: Report
}

/** What several reports say, beside each other; the first is what the others are compared with. */
export interface Comparison {
  readonly reports: readonly string[]
  readonly figures: readonly ComparedFigure[]
  /** Each proxy that one of them measured. */
  readonly proxies: readonly ComparedProxy[]
  /** What makes the figures hard to compare, in plain words. */
  readonly notes: readonly string[]
  /** What became worse by more than the threshold; empty without one. */
  readonly regressions: readonly Regression[]
}

export interface ComparedFigure {
  readonly name: string
  readonly unit: 'ms' | 'bytes' | 'bytes per second' | 'count' | 'text'
  /** One for each report; null: it has none. */
  readonly values: readonly (number | string | null)[]
  /** In percent of the first report's; null where there is no such share. */
  readonly changes: readonly (number | null)[]
}

export interface ComparedProxy {
  readonly proxy: string
  /** One for each report; null: it did not measure it. */
  readonly measured: readonly (Pick<CandidateReport, 'verdict' | 'firstByteMs' | 'bytesPerSecond'> | null)[]
}

export interface Regression {
  readonly report: string
  readonly figure: string
  /** Percent; null: it did not fail before. */
  readonly change: number | null
}

/** How much slower is a regression: by a share, or by a time. */
export type Threshold = { readonly percent: number } | { readonly ms: number }

/** With a share, smaller differences are the machine's. */
const LEAST_MS = 250

/** @param threshold undefined: nothing is a regression */
export function compareReports(list: readonly NamedReport[], threshold: Threshold | undefined): Comparison {
  const reports = list.map(({ report }) => report)
  const times = timesIn(reports)
  const figures = [...describeRuns(reports), ...times, ...counts(reports)]
  return {
    reports: list.map(({ name }) => name),
    figures,
    proxies: proxiesIn(reports),
    notes: notesOn(list),
    regressions: threshold === undefined ? [] : findRegressions(list, times, threshold),
  }
}

/** Times of other work say little about each other. */
function notesOn(list: readonly NamedReport[]): readonly string[] {
  const [first, ...others] = list
  const workOf = ({ project }: Report) => ({ modules: project?.modules ?? 0, cached: cachedIn(project) })
  const before = first && workOf(first.report)
  return others.flatMap(({ name, report }) => {
    const now = workOf(report)
    if (before === undefined) return []
    if (now.modules !== before.modules)
      return [`${name} has ${count(now.modules, 'module')}, ${first?.name} has ${before.modules}.`]
    if (now.cached === before.cached) return []
    return [`${name} had ${now.cached} of the modules in the module cache, ${first?.name} ${before.cached}.`]
  })
}

function cachedIn(project: Report['project']): number {
  return project === null ? 0 : project.modules - project.missing
}

type Read = (report: Report) => number | string | null | undefined

function figure(name: string, unit: ComparedFigure['unit'], reports: readonly Report[], read: Read): ComparedFigure {
  const values = reports.map(report => read(report) ?? null)
  const [first = null] = values
  return { name, unit, values, changes: values.map(value => changeOf(first, value)) }
}

function changeOf(before: number | string | null, now: number | string | null): number | null {
  if (typeof before !== 'number' || typeof now !== 'number' || before === 0) return null
  return (now / before - 1) * 100
}

function describeRuns(reports: readonly Report[]): readonly ComparedFigure[] {
  return [
    figure('outcome', 'text', reports, ({ outcome }) => outcome),
    figure('go', 'text', reports, ({ go }) => go && `${go.version} ${go.os}/${go.arch}`),
    figure('proxy', 'text', reports, ({ choice }) => choice?.proxy),
    figure('round trip of the proxy', 'ms', reports, report => chosenIn(report)?.firstByteMs),
    figure('rate of the proxy', 'bytes per second', reports, report => chosenIn(report)?.bytesPerSecond),
  ]
}

function chosenIn({ candidates, choice }: Report): CandidateReport | undefined {
  return candidates.find(candidate => nameOf(candidate) === choice?.proxy)
}

/** The whole time, the download, and each phase. */
function timesIn(reports: readonly Report[]): readonly ComparedFigure[] {
  const lasting = reports.flatMap(({ phases }) => phases.filter(({ ms }) => ms >= SHOWN_PHASE_MS))
  // The download has a figure of its own.
  const names = [...new Set(lasting.map(({ name }) => name))].filter(name => name !== 'download')
  return [
    figure('whole time', 'ms', reports, wholeMs),
    figure('download', 'ms', reports, ({ download }) => download && download.seconds * 1000),
    ...names.map(name => figure(`phase ${name}`, 'ms', reports, report => phaseMs(report, name))),
  ]
}

function wholeMs({ phases }: Report): number | null {
  return phases.length === 0 ? null : Math.max(...phases.map(({ startMs, ms }) => startMs + ms))
}

/** A phase may come twice. */
function phaseMs({ phases }: Report, name: string): number | null {
  const own = phases.filter(phase => phase.name === name)
  return own.length === 0 ? null : own.reduce((sum, { ms }) => sum + ms, 0)
}

function counts(reports: readonly Report[]): readonly ComparedFigure[] {
  const ofDownload = (name: string, read: (download: NonNullable<Report['download']>) => number) =>
    figure(name, 'count', reports, ({ download }) => download && read(download))
  return [
    ofDownload('modules downloaded', ({ modules }) => modules),
    figure('bytes of modules', 'bytes', reports, ({ download }) => download?.bytes),
    ofDownload('requests', ({ requests }) => requests),
    ofDownload('retries', ({ retries }) => retries),
    ofDownload('failovers', ({ failovers }) => failovers),
    ofDownload('hedges', ({ hedges }) => hedges),
    ofDownload('wrong answers', ({ rejected }) => rejected),
    figure('warnings', 'count', reports, ({ warnings }) => warnings.length),
  ]
}

function proxiesIn(reports: readonly Report[]): readonly ComparedProxy[] {
  const names = [...new Set(reports.flatMap(({ candidates }) => candidates.map(nameOf)))]
  return names.map(proxy => ({
    proxy,
    measured: reports.map(({ candidates }) => {
      const one = candidates.find(candidate => nameOf(candidate) === proxy)
      return one === undefined
        ? null
        : { verdict: one.verdict, firstByteMs: one.firstByteMs, bytesPerSecond: one.bytesPerSecond }
    }),
  }))
}

function findRegressions(
  list: readonly NamedReport[],
  times: readonly ComparedFigure[],
  threshold: Threshold,
): readonly Regression[] {
  const [first] = list
  return list.slice(1).flatMap(({ name, report }, i) => {
    const fails = report.outcome === 'failure' && first?.report.outcome !== 'failure'
    const slower = times.flatMap(({ name: figure, values, changes }) => {
      const [before, now, change] = [values[0], values[i + 1], changes[i + 1] ?? null]
      if (typeof before !== 'number' || typeof now !== 'number') return []
      return isOver(now - before, change, threshold) ? [{ report: name, figure, change }] : []
    })
    return [...(fails ? [{ report: name, figure: 'outcome', change: null }] : []), ...slower]
  })
}

function isOver(longerMs: number, change: number | null, threshold: Threshold): boolean {
  if ('ms' in threshold) return longerMs > threshold.ms
  return longerMs >= LEAST_MS && (change === null || change > threshold.percent)
}

/** The shortest names that tell these paths apart: without the directories, and the ending, that they share. */
export function nameReports(paths: readonly string[]): readonly string[] {
  if (paths.length < 2) return paths
  const parts = paths.map(path =>
    path
      .replaceAll('\\', '/')
      .replace(/\.json$/i, '')
      .split('/'),
  )
  const shared = (of: (list: readonly string[]) => string | undefined) => new Set(parts.map(of)).size === 1
  while (parts.every(list => list.length > 1) && shared(list => list.at(-1))) for (const list of parts) list.pop()
  while (parts.every(list => list.length > 1) && shared(list => list[0])) for (const list of parts) list.shift()
  const names = parts.map(list => list.join('/'))
  return new Set(names).size === names.length ? names : paths
}
