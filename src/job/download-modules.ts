import { join } from 'node:path'
import type { Download } from '../download/download.ts'
import { runDownload } from '../download/run.ts'
import type { Environment } from '../effects.ts'
import { childEnvironment } from '../environment/variables.ts'
import type { Problem } from '../errors.ts'
import type { Gateway } from '../gateway/gateway.ts'
import type { GatewayFigures } from '../gateway/telling/events.ts'
import { redactGoproxy, redactUrl } from '../go/goproxy.ts'
import type { ModuleVersion } from '../go/module.ts'
import { diagnoseFailure } from './diagnose-failure.ts'
import { blameHttpProxy } from './http-proxy.ts'
import type { Chosen } from './measure.ts'
import type { Ready } from './ready.ts'
import { type Asking, findSilentHost } from './silent-host.ts'
import { behindGateway, type GatewayEnd } from './step-gateway.ts'

/** What came of the download, and what the gateway did, if there was one. */
export interface Downloaded {
  readonly download: Download
  readonly gateway: GatewayFigures | undefined
  /** Modules that some cold proxy still lacks. */
  readonly leftCold: readonly ModuleVersion[]
}

/**
 * go spends a sixth of a download on collecting garbage in a heap of 20 MB, and little with 45 MB
 * (docs/decisions/gogc.md). The user's own GOGC wins.
 */
const FEWER_COLLECTIONS = { GOGC: '400' }

/**
 * A private proxy has this many read timeouts to answer before it counts as silent. With the defaults that is 26 s: some
 * need 25 s for what they fetch themselves, and a step whose proxy is dead must end within 30 s.
 */
const SLOW_PROXY_FACTOR = 2.6

/** Runs `go mod download`, behind a gateway where one can help. @param onGateway called with the gateway, if there is one */
export async function downloadModules(
  ready: Ready,
  chosen: Chosen,
  onGateway: (gateway: Gateway) => void,
): Promise<Downloaded> {
  const { job, prepared, means } = ready
  const { choice } = chosen
  const { effects, inputs, policy } = job
  const { project, settings } = prepared
  const { result, gateway } = await behindGateway(ready, chosen, (ahead, goproxy) => {
    if (ahead !== undefined) onGateway(ahead)
    effects.log.info(
      `Downloading ${ahead ? 'through the gateway ' : ''}with GOPROXY=${redactGoproxy(choice.rounds[0] ?? choice.lastTry)}`,
    )
    const env: Environment = {
      ...FEWER_COLLECTIONS,
      ...childEnvironment(settings.env, choice.settings),
      ...means.credentials.download,
    }
    const asking: Asking = { job, prepared, means, env, gateway: ahead?.url }
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
        // go may still get what it waits for, so a slow host has more time than after a failure.
        findSilentHost: waiting => findSilentHost(waiting, { patienceMs: readTimeoutMs, proxyMs }, asking),
      },
      { ...effects, onBackup: job.onBackup },
    )
  })
  const blamed = { ...result, failure: blameHttpProxy(result.failure, ready) }
  return {
    download: gateway === undefined ? blamed : withGateway(blamed, gateway),
    gateway: gateway?.figures,
    leftCold: gateway?.leftCold ?? [],
  }
}

/** A proxy that sent wrong content to the gateway is quarantined like one that sent it to go. */
function withGateway(done: Download, { quarantined, failures, slowest, warnings }: GatewayEnd): Download {
  return {
    ...done,
    failure:
      done.failure && failures.length > 0 && done.failure.code !== 'HTTP_PROXY_FAILED'
        ? withReasons(done.failure, failures)
        : done.failure,
    slowest: slowest.length > 0 ? slowest : done.slowest,
    quarantined: [...new Set([...done.quarantined, ...quarantined])],
    warnings: [...warnings, ...done.warnings],
  }
}

/** go only learned from the gateway that no proxy has it. */
function withReasons(failure: Problem, failures: readonly string[]): Problem {
  return { ...failure, message: `${failure.message} The proxies: ${failures.map(redactUrl).join('; ')}.` }
}
