import { renderJsonLine } from './json.ts'
import type { Report } from './report.ts'

/**
 * The step's outputs by name.
 * @param untold what the report does not tell: where the module store is, in our temporary directory, and a secret address
 */
export function planOutputs(
  report: Report,
  reportPath: string | undefined,
  untold: { readonly storePath?: string | undefined; readonly sharedUrl?: string | undefined } = {},
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
    'module-store': untold.storePath ?? '',
    'gateway-url': untold.sharedUrl ?? '',
  }
}
