import { join } from 'node:path'
import type { Download } from '../download/download.ts'
import { runDownload } from '../download/run.ts'
import type { ProxySetup } from '../download/setup.ts'
import type { Environment } from '../effects.ts'
import { childEnvironment } from '../environment/variables.ts'
import type { Gateway } from '../gateway/gateway.ts'
import type { GatewayFigures, WrongSender } from '../gateway/telling/events.ts'
import { redactGoproxy } from '../go/goproxy.ts'
import type { ModuleVersion } from '../go/module.ts'
import type { Policy } from '../policy.ts'
import type { Story } from '../report/story.ts'
import { diagnoseFailure } from './diagnose-failure.ts'
import { type Blamed, blame } from './disputes.ts'
import { blameHttpProxy, findHttpProxyAway } from './http-proxy.ts'
import type { Chosen } from './measure.ts'
import type { Ready } from './ready.ts'
import { type Asking, findSilentHost } from './silent-host.ts'
import { behindGateway, type GatewayEnd } from './step-gateway.ts'
import { witnessesFor } from './witnesses.ts'

/** What came of the download, and what the gateway did, if there was one. */
export interface Downloaded {
  readonly download: Download
  readonly gateway: GatewayFigures | undefined
  /** Of the gateway. */
  readonly requests: Story['requests']
  /** Modules that some cold proxy still lacks. */
  readonly leftCold: readonly ModuleVersion[]
  readonly wrongSenders: readonly WrongSender[]
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
        policy: patienceWith(ready),
        gomodcache: settings.gomodcache,
        env,
        temporaryDirectory: join(job.temporaryDirectory, 'download'),
        signal: job.signal,
        ahead,
        setup: setupOf(ready),
        witnesses: mismatch => witnessesFor(mismatch, ready, chosen),
        diagnose: (failure, words, waiting) => diagnoseFailure(failure, words, waiting, asking),
        // go may still get what it waits for, so a slow host has more time than after a failure.
        findSilentHost: waiting => findSilentHost(waiting, { patienceMs: readTimeoutMs, proxyMs }, asking),
      },
      { ...effects, onBackup: job.onBackup },
    )
  })
  const done = { ...result, failure: blameHttpProxy(result.failure, ready) }
  // This may run go several times, to ask the proxies about disputed content.
  const blamed =
    gateway && (await ready.phases.time('ask who sent wrong content', () => blame(gateway, done.spared, ready, chosen)))
  const seen = blamed?.wrongSenders ?? []
  return {
    download: gateway && blamed ? withGateway(done, gateway, blamed) : done,
    gateway: gateway?.figures,
    requests: gateway?.requests ?? [],
    leftCold: gateway?.leftCold ?? [],
    wrongSenders: [...seen, ...sendersToGoAlone(done, seen)],
  }
}

/** The proxies that sent wrong content to go itself, without those of which the gateway has seen some too. */
function sendersToGoAlone({ quarantined }: Download, seen: readonly WrongSender[]): readonly WrongSender[] {
  const names = new Set(quarantined.map(proxy => redactGoproxy(proxy)))
  for (const { name } of seen) names.delete(name)
  return [...names].map(name => ({ name, first: undefined }))
}

/** If all candidates are behind an HTTP proxy that is down, go gets only the time of one connection attempt. */
function patienceWith(ready: Ready): Policy['download'] {
  const { inputs, policy } = ready.job
  const { hostMs } = policy.download
  const isAway = findHttpProxyAway(ready) !== undefined
  return isAway ? { ...policy.download, hostMs: Math.min(hostMs, inputs.connectTimeoutMs) } : policy.download
}

/**
 * Adds what the gateway did: a proxy is quarantined whether it sent wrong content to the gateway or to go, and the
 * requests of both count.
 */
function withGateway(
  done: Download,
  { figures, pace, warnings }: GatewayEnd,
  { wrongSenders, spared, found }: Blamed,
): Download {
  // go learned from the gateway only that no proxy could serve it.
  const [cause, ...others] = done.failure?.code === 'HTTP_SERVER_ERROR' ? found : [undefined, ...found]
  const requests = done.requests + figures.requests
  return {
    ...done,
    requests,
    attempts: withRest(done.attempts, requests),
    failure: cause ?? done.failure,
    pace,
    quarantined: [...new Set([...done.quarantined, ...wrongSenders.map(({ name }) => name)])],
    spared,
    warnings: [...warnings, ...others.filter(problem => problem !== undefined), ...done.warnings],
  }
}

/** What was still under way when go ended counts with the last attempt. */
function withRest(attempts: Download['attempts'], requests: number): Download['attempts'] {
  const rest = requests - attempts.reduce((sum, attempt) => sum + attempt.requests, 0)
  return attempts.map((one, i) => (i === attempts.length - 1 ? { ...one, requests: one.requests + rest } : one))
}

export function setupOf({ job, prepared }: Pick<Ready, 'job' | 'prepared'>): ProxySetup {
  if (job.inputs.privateProxy !== undefined) return 'private-proxy'
  const { mode } = prepared.candidates
  return mode === 'named' ? 'proxies' : mode === 'default' ? 'default' : 'GOPROXY'
}
