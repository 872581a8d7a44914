import { reasonOf } from '../../errors.ts'
import type { Gateway } from '../../gateway/gateway.ts'
import { startStepGateway, whyNoGateway } from '../../gateway/step.ts'
import { type RequestReport, requestsForTools } from '../../report/requests.ts'
import { sourcesOf, stepOptions } from '../gateway-options.ts'
import type { Chosen } from '../measure.ts'
import type { Ready } from '../ready.ts'
import { maskPath } from '../sharing.ts'

/** What came of it, and what the gateway asked meanwhile. */
interface BehindGateway<T> {
  readonly result: T
  readonly requests: readonly RequestReport[]
}

/**
 * Does `work` while a gateway stands before the proxies, for programs that go builds from any modules. Without one it goes
 * on with the proxies themselves. @param work receives GOPROXY for each try
 */
export async function behindToolGateway<T>(
  ready: Ready,
  { choice }: Chosen,
  work: (gateway: Gateway | undefined, chains: readonly string[]) => Promise<T>,
): Promise<BehindGateway<T>> {
  const gateway = await open(ready, choice)
  if (gateway === undefined) {
    const result = await work(undefined, choice.usable ? [...choice.rounds, choice.lastTry] : [choice.lastTry])
    return { result, requests: [] }
  }
  try {
    const result = await work(gateway, [choice.tail === '' ? gateway.url : `${gateway.url}|${choice.tail}`])
    return { result, requests: requestsForTools(gateway.events, gateway.startMs - ready.job.startMs) }
  } finally {
    await gateway.close()
  }
}

async function open(ready: Ready, choice: Chosen['choice']): Promise<Gateway | undefined> {
  const { job, prepared } = ready
  // What go asks for is known to go alone; it runs a second time only after a failure, so it must never get a wrong zip.
  const base = stepOptions(ready, sourcesOf(choice, prepared))
  const options = {
    ...base,
    anyCommand: true,
    share: undefined,
    world: { ...base.world, temporaryDirectory: `${base.world.temporaryDirectory}-tools` },
  }
  const reason = whyNoGateway(options)
  if (reason !== undefined) {
    job.effects.log.debug(`No gateway for the tools: ${reason}`)
    return undefined
  }
  try {
    const gateway = await startStepGateway(options)
    maskPath(gateway.url, job)
    return gateway
  } catch (error) {
    job.effects.log.debug(`No gateway for the tools: ${reasonOf(error)}`)
    return undefined
  }
}
