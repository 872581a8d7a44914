import type { Inputs } from '../inputs/inputs.ts'
import type { Job } from './job.ts'

/** With less of a processor, what this program computes takes longer than what it saves (docs/decisions/small-machines.md). */
const LITTLE = 0.3

/**
 * The job as it is quickest where a container may use little of a processor: go asks the proxies itself, and named ones
 * in the order given, since pauses that the quota enforces would be measured as theirs. Where only the ranking is wanted,
 * or the user asks for a gateway or for what only a gateway does, nothing changes.
 */
export function withinProcessorShare(job: Job): Job {
  const { effects, inputs, command, thorough } = job
  const { processorQuota: quota = Number.POSITIVE_INFINITY, log } = effects
  const runsGo = command !== undefined || inputs.download
  if (quota >= LITTLE || !runsGo || thorough || inputs.gateway !== 'step' || asksForGateway(inputs)) return job
  log.info(
    `This job may use only ${quota.toFixed(2)} of a processor, so go asks the proxies itself, without the gateway.`,
  )
  return { ...job, pausing: true, inputs: { ...inputs, gateway: 'off' } }
}

function asksForGateway({ gatewayGiven, gatewayListen, auditLog }: Inputs): boolean {
  return gatewayGiven || gatewayListen !== undefined || auditLog !== undefined
}
