import type { JobVerb } from '../job-verb.ts'
import { RUN } from './run.ts'

/** The job without a benchmark. */
export const DOWNLOAD: JobVerb = { ...RUN, adjust: inputs => ({ ...inputs, benchmark: 'off' }) }
