import { renderJson } from '../../report/json.ts'
import type { JobVerb } from '../job-verb.ts'

/** The whole job, as the action does it. */
export const RUN = {
  adjust: inputs => inputs,
  toJson: ({ report: { choice, download, failure } }) => renderJson({ choice, download, failure }),
  toText: () => '',
  alwaysPrints: false,
  measures: false,
  installsGo: true,
} as const satisfies JobVerb
