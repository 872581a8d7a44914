import { loginsForUrl } from '../candidates/logins.ts'
import { findLogins, readNetrc } from '../credentials/install.ts'
import type { Effects } from '../effects.ts'
import { codeOf, type Problem } from '../errors.ts'
import { parseNetrc } from '../go/netrc.ts'
import { renderMetrics } from '../report/metrics/metrics.ts'
import { type MetricsRun, pushUrlOf } from '../report/metrics/run.ts'
import type { Report } from '../report/report.ts'
import { sanitizeLine } from '../text/sanitiser.ts'
import type { OutcomeKind } from '../upstream/outcome.ts'
import { type SendEnd, sendOnce } from '../upstream/send.ts'
import { type Login, openTransport, type Transport } from '../upstream/transport.ts'
import type { Job } from './job.ts'

/** `text/plain; version=0.0.4` is the text format's own. Source: prometheus.io/docs/instrumenting/exposition_formats. */
const CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8'

/**
 * Tells a Pushgateway of a run, where the user named one: the last thing that a step does. PUT replaces all that an earlier
 * run left under the same key. It never fails and takes no longer than the policy says.
 * @returns a warning that it was not taken; undefined: it was, or none was to be sent
 */
export async function pushMetrics(
  report: Report,
  run: MetricsRun,
  job: Pick<Job, 'effects' | 'inputs' | 'policy' | 'signal'>,
): Promise<Problem | undefined> {
  const { effects, inputs, policy, signal } = job
  const base = inputs.metricsPushUrl
  if (base === undefined || signal.aborted) return undefined
  const endMs = effects.clock.now() + policy.metrics.pushMs
  try {
    const body = renderMetrics(report, run)
    const logins = await findPushLogins(base, job)
    const connectMs = policy.metrics.tryMs
    const transport = await openTransport({ connectMs, connectionsPerOrigin: 2, http2: false, logins }, effects)
    try {
      const end = await sendTwice(pushUrlOf(base, run.labels), body, { ...job, transport, endMs })
      return end.accepted ? undefined : notPushed(base, end)
    } finally {
      await transport.connections.close()
    }
  } catch (error) {
    // Nothing of this is foreseen, and none of it is worth the step.
    return notPushed(base, { kind: 'stopped', reason: codeOf(error), detail: undefined, proxyHint: undefined })
  }
}

/** The user's own for this server: those of the inputs, as far as this run may use them, and those of the netrc file. */
async function findPushLogins(
  base: string,
  { effects, inputs }: Pick<Job, 'effects' | 'inputs'>,
): Promise<readonly Login[]> {
  if (!base.startsWith('https:')) return []
  const given = await findLogins(inputs, effects.env, effects.files)
  const own = loginsForUrl(base, parseNetrc((await readNetrc(effects.env, effects)).forGo))
  for (const { token } of own) effects.log.mask(token)
  return [...given, ...own]
}

/** The body of a good answer is not needed. */
const ANSWER_BYTES = 16 << 10

/** So that the reason is what is missing, a connection or an answer, and not only that the time is over. */
const SOONER_MS = 20

interface SendWorld extends Pick<Job, 'policy' | 'signal'> {
  readonly effects: Pick<Effects, 'clock'>
  readonly transport: Transport
  readonly endMs: number
}

/** Whether a second try may help. */
async function sendTwice(
  url: string,
  body: string,
  { effects: { clock }, policy, signal, transport, endMs }: SendWorld,
): Promise<SendEnd> {
  const { tryMs, pauseMs } = policy.metrics
  const send = (most: number) => {
    const totalMs = Math.max(1, Math.min(most, endMs - clock.now()))
    const deadlines = { headMs: Math.max(1, totalMs - SOONER_MS), stallMs: totalMs, totalMs }
    return sendOnce(
      {
        url: new URL(url),
        body: { method: 'PUT', content: body },
        headers: { 'content-type': CONTENT_TYPE },
        maxBytes: ANSWER_BYTES,
        deadlines,
        signal,
      },
      transport,
    )
  }
  const first = await send(tryMs)
  if (first.accepted || !MAY_PASS.has(first.kind) || clock.now() + pauseMs >= endMs) return first
  await clock.sleep(pauseMs, signal)
  return signal.aborted ? first : send(policy.metrics.pushMs)
}

const MAY_PASS: ReadonlySet<OutcomeKind> = new Set([
  'unknown host',
  'unreachable',
  'silent',
  'stalled',
  'cut',
  'limited',
  'server error',
  'http proxy unreachable',
  'stopped',
])

const DETAIL_BYTES = 200

function notPushed(
  base: string,
  { kind, reason, detail, proxyHint }: Pick<SendEnd, 'kind' | 'reason' | 'detail' | 'proxyHint'>,
): Problem {
  const said = detail === undefined ? '' : sanitizeLine(detail.trim(), DETAIL_BYTES)
  return {
    code: 'METRICS_NOT_PUSHED',
    message: `The metrics could not be pushed to ${new URL(base).origin}: ${reason}${said === '' ? '' : `: ${said}`}.`,
    hint: proxyHint ?? (kind === 'unauthorized' || kind === 'forbidden' ? LOGIN : PLACE),
  }
}

const PLACE = 'Is the Pushgateway running, and is metrics-push-url right? Nothing else of the step is affected.'
const LOGIN = 'Give its host, user and token in `credentials` or a netrc file; a login is sent over https only.'
