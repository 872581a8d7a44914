import { renderCandidates } from '../../report/text.ts'
import { type JobVerb, jsonText, withoutDownload } from '../job-verb.ts'

/** Ranks the candidates and prints them. */
export const BENCH: JobVerb = {
  adjust: withoutDownload,
  toJson: ({ report: { candidates, benchmark, choice } }) => jsonText({ candidates, benchmark, choice }),
  toText: ({ report }) => `${renderCandidates(report).join('\n')}\n`,
  alwaysPrints: false,
  printsCandidates: true,
}
