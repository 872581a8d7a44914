import type { Report } from './model.ts'

/** The step's outputs by name. */
export function planOutputs(report: Report, reportPath: string | undefined): Readonly<Record<string, string>> {
  const { choice, download } = report
  return {
    goproxy: choice?.goproxy ?? '',
    goprivate: choice?.goprivate ?? '',
    gonoproxy: choice?.gonoproxy ?? '',
    gonosumdb: choice?.gonosumdb ?? '',
    gosumdb: choice?.gosumdb ?? '',
    proxy: choice?.proxy ?? '',
    benchmark: JSON.stringify(report.candidates.map(({ probes: _, ...candidate }) => candidate)),
    'download-seconds': download === null ? '' : download.seconds.toFixed(3),
    report: reportPath ?? '',
  }
}

/** The report file's text. */
export function renderJson(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`
}
