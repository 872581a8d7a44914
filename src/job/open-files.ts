import type { Problem } from '../errors.ts'
import { requestsWithin, withinRequests } from '../policy.ts'
import type { Job } from './job.ts'

/** The job with no more requests at once than this process may have files open for, and a warning where that is little. */
export function withinOpenFiles(job: Job): Job {
  const { openFiles } = job.effects
  if (openFiles === undefined) return job
  const requests = requestsWithin(openFiles)
  if (requests >= job.policy.gateway.window.maximumTrusted) return job
  return {
    ...job,
    policy: withinRequests(job.policy, requests),
    // With too few for the gateway and the benchmark, go asks the proxies itself.
    inputs: requests > 0 ? job.inputs : { ...job.inputs, gateway: 'off', benchmark: 'off' },
    warnings: [...job.warnings, describe(openFiles, requests)],
  }
}

function describe(openFiles: number, requests: number): Problem {
  const bound =
    requests > 0 ? `at most ${requests} requests are made at once` : 'go asks the proxies itself, and none is measured'
  return {
    code: 'OPEN_FILES_FEW',
    message: `This process may have only ${openFiles} files and connections open (ulimit -n), so ${bound}.`,
    hint: 'Raise the limit of the shell, the service or the container, to 1024 or more.',
  }
}
