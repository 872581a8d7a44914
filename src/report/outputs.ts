import { renderJsonLine } from './json.ts'
import type { Report } from './report.ts'

/**
 * The step's outputs by name.
 * @param storePath of the module store: the report does not tell where our temporary directory is
 */
export function planOutputs(
  report: Report,
  reportPath: string | undefined,
  storePath?: string | undefined,
): Readonly<Record<string, string>> {
  const { cache, buildCache, choice, download, go, toolchain } = report
  return {
    goproxy: choice?.goproxy ?? '',
    goprivate: choice?.goprivate ?? '',
    gonoproxy: choice?.gonoproxy ?? '',
    gonosumdb: choice?.gonosumdb ?? '',
    gosumdb: choice?.gosumdb ?? '',
    proxy: choice?.proxy ?? '',
    benchmark: renderJsonLine(report.candidates.map(({ probes: _, ...candidate }) => candidate)),
    'cache-hit': String(cache?.restore === 'exact'),
    'build-cache-hit': String(buildCache?.restore === 'commit' || buildCache?.restore === 'sums'),
    // What was asked for, where it is there: go may switch to another one for this project.
    'go-version': toolchain?.version ?? go?.version.replace(/^go/, '') ?? '',
    'go-root': toolchain?.root ?? go?.root ?? '',
    'download-seconds': download === null ? '' : download.seconds.toFixed(3),
    report: reportPath ?? '',
    'module-store': storePath ?? '',
  }
}
