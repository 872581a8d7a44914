import { type JobVerb, jsonText } from '../job-verb.ts'

/** The whole job, as the action does it. */
export const RUN: JobVerb = {
  adjust: inputs => inputs,
  toJson: ({ report: { choice, download, failure } }) => jsonText({ choice, download, failure }),
  toText: () => '',
  alwaysPrints: false,
  measures: false,
}
