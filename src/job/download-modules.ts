import { join } from 'node:path'
import type { Download } from '../download/download.ts'
import { runDownload } from '../download/run.ts'
import type { Environment } from '../effects.ts'
import { childEnvironment } from '../environment/variables.ts'
import type { Problem } from '../errors.ts'
import type { Gateway } from '../gateway/gateway.ts'
import type { GatewayFigures } from '../gateway/telling/events.ts'
import { redactGoproxy, redactUrl } from '../go/goproxy.ts'
import { behindGateway, type Chosen, type GatewayEnd } from './behind-gateway.ts'
import { diagnoseFailure } from './diagnose-failure.ts'
import type { Job } from './job.ts'
import type { Prepared } from './prepare.ts'
import { type Asking, findSilentHost } from './silent-host.ts'

/** What came of it, and what the gateway did, if there was one. */
export interface Downloaded {
  readonly download: Download
  readonly gateway: GatewayFigures | undefined
}

/**
 * go spends a sixth of a download on collecting garbage in a heap of 20 MB (docs/decisions/gogc.md): with 45 MB it does
 * not. Where the user set it, that stays.
 */
const FEWER_COLLECTIONS = { GOGC: '400' }

/**
 * A private proxy may need so many read timeouts for everything, its root too, before it is called silent: 26 s with
 * the defaults, since some need 25 s for what they fetch, and a step whose proxy is dead is to end within 30 s.
 */
const SLOW_PROXY_FACTOR = 2.6

/** `go mod download`, with a gateway before it where that can help. @param onGateway told of it, if there is one */
export async function downloadModules(
  job: Job,
  prepared: Prepared,
  chosen: Chosen,
  onGateway: (gateway: Gateway) => void,
): Promise<Downloaded> {
  const { choice } = chosen
  const { effects, inputs, policy } = job
  const { project, settings } = prepared
  const { result, gateway } = await behindGateway(job, prepared, chosen, (ahead, goproxy) => {
    if (ahead !== undefined) onGateway(ahead)
    effects.log.info(
      `Downloading ${ahead ? 'through the gateway ' : ''}with GOPROXY=${redactGoproxy(choice.rounds[0] ?? choice.lastTry)}`,
    )
    const env: Environment = {
      ...FEWER_COLLECTIONS,
      ...childEnvironment(settings.env, choice.settings),
      ...chosen.credentials.download,
    }
    const asking: Asking = { job, prepared, chosen, env, gateway: ahead?.url }
    const { readTimeoutMs } = inputs
    const proxyMs = Math.max(readTimeoutMs, SLOW_PROXY_FACTOR * readTimeoutMs - policy.download.hostMs)
    return runDownload(
      {
        project,
        choice: goproxy === undefined ? choice : { ...choice, rounds: [goproxy] },
        inputs,
        policy: policy.download,
        gomodcache: settings.gomodcache,
        env,
        temporaryDirectory: join(job.temporaryDirectory, 'download'),
        signal: job.signal,
        ahead,
        diagnose: (failure, words, waiting) => diagnoseFailure(failure, words, waiting, asking),
        // go may still get what it waits for: a host that is merely slow has more time than after a failure.
        findSilentHost: waiting => findSilentHost(waiting, { patienceMs: readTimeoutMs, proxyMs }, asking),
      },
      { ...effects, onBackup: job.onBackup },
    )
  })
  return { download: gateway === undefined ? result : withGateway(result, gateway), gateway: gateway?.figures }
}

/** Who lied to the gateway is as bad as who lied to go. */
function withGateway(done: Download, { quarantined, failures, slowest, warnings }: GatewayEnd): Download {
  return {
    ...done,
    failure: done.failure && failures.length > 0 ? withReasons(done.failure, failures) : done.failure,
    slowest: slowest.length > 0 ? slowest : done.slowest,
    quarantined: [...new Set([...done.quarantined, ...quarantined])],
    warnings: [...warnings, ...done.warnings],
  }
}

/** go heard only that nobody could give it. */
function withReasons(failure: Problem, failures: readonly string[]): Problem {
  return { ...failure, message: `${failure.message} The proxies: ${failures.map(redactUrl).join('; ')}.` }
}
