import type { Problem } from '../../errors.ts'
import type { Inputs } from '../../inputs/inputs.ts'
import { NO_TOOLS } from '../../inputs/tools.ts'
import { renderBench, renderBenchMarkdown } from '../../report/bench.ts'
import { renderJson } from '../../report/json.ts'
import type { CandidateReport } from '../../report/report.ts'
import { type DoneJob, type JobVerb, withoutDownload } from '../job-verb.ts'

/** Measures the candidates, whatever is cached or configured, and prints them. */
export const BENCH = {
  adjust,
  toJson: ({ report: { candidates, benchmark, choice } }) => renderJson({ candidates, benchmark, choice }),
  toText: ({ report, options, screen }) =>
    options['markdown'] === true ? renderBenchMarkdown(report) : renderBench(report, screen),
  alwaysPrints: false,
  measures: true,
  installsGo: false,
  judge,
} as const satisfies JobVerb

/** Each candidate is asked once: what fails then is the answer. */
function adjust(inputs: Inputs): Inputs {
  return { ...withoutDownload(inputs), benchmark: 'auto', retries: 0, tools: NO_TOOLS }
}

/** A script that asks which proxy is good must learn that none is. */
function judge({ story, report: { benchmark, candidates } }: DoneJob): Problem | undefined {
  if (story.ranking?.measurements.some(({ usable }) => usable)) return undefined
  if (story.candidates?.mode === 'none') return NONE_ASKED
  if (story.warnings.some(({ code }) => code === 'GOAUTH_LEFT_TO_GO')) return ONLY_GO
  if (candidates.length > 0) return noneWorks(candidates)
  return {
    code: 'BENCH_NOTHING_MEASURED',
    message: `Nothing was measured: ${benchmark.skipped ?? 'the benchmark was stopped'}.`,
    hint: 'To measure with a built-in set of modules, run it in a directory without go.mod.',
  }
}

const NONE_ASKED: Problem = {
  code: 'BENCH_NO_CANDIDATE',
  message: 'GOPROXY names no proxy here, so there is none to measure.',
  hint: 'Name proxies: go-proxy-setup bench --proxies public',
}

const ONLY_GO: Problem = {
  code: 'BENCH_ONLY_GO',
  message: 'No candidate could be measured: one wants a login that only go can get, through GOAUTH.',
  hint: 'Give the login in the input `credentials` or in a netrc file as well.',
}

function noneWorks(candidates: readonly Pick<CandidateReport, 'verdict'>[]): Problem {
  const others = 'To measure others as well: go-proxy-setup bench --proxies "current public"'
  // Only a download asks the checksum database which of the two is wrong.
  const sums = 'If go.sum is wrong, `go-proxy-setup run` names the line.'
  const isTampered = candidates.some(({ verdict }) => verdict === 'tampered')
  return {
    code: 'BENCH_NONE_WORKS',
    message:
      candidates.length === 1
        ? 'The only candidate cannot be used.'
        : `None of the ${candidates.length} candidates can be used.`,
    hint: `The table says why. ${isTampered ? `${sums} ` : ''}${others}`,
  }
}
