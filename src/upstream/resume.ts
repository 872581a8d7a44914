import type { OutcomeKind } from './outcome.ts'
import { getOnce, getReplacingLost, type Request, type RequestEnd } from './request.ts'
import type { Transport } from './transport.ts'

/** Pauses before requests for a rest after others that brought next to nothing, in milliseconds. */
const PAUSES_MS = [0, 500, 2_000] as const
/** A request that brings less than this counts as fruitless: a server could cut for ever, byte by byte. */
const FRUITFUL_BYTES = 256 << 10

/**
 * GETs, and where the body is cut asks for the rest of it (RFC 9110, 14) instead of starting over. Where the server does
 * not send exactly the rest, the end is the cut one, and the caller decides what to do.
 */
export async function getResuming(request: Request, transport: Transport): Promise<RequestEnd> {
  const first = await getReplacingLost(request, transport)
  const { options } = request
  const { stallMs } = options.deadlines
  const deadlines = { ...options.deadlines, headMs: stallMs, sendMs: stallMs }
  let { bytes, kind } = first
  for (let fruitless = 0; ; ) {
    const pauseMs = PAUSES_MS[fruitless]
    const { partial } = first
    if (pauseMs === undefined || partial === undefined || !INTERRUPTED.includes(kind)) break
    // Where a server did not say that it sends parts, a short beginning is fetched again sooner.
    if (bytes < (partial.announced ? 1 : FRUITFUL_BYTES)) break
    if (!options.resume?.(kind === 'stalled' || kind === 'silent')) break
    await transport.clock.sleep(pauseMs, options.signal)
    const rest = { ...partial, received: bytes }
    const more = await getOnce({ ...request, rest, options: { ...options, deadlines } }, transport)
    bytes += more.bytes
    kind = more.kind
    if (kind === 'found' || kind === 'stopped') return { ...first, kind, bytes, resumed: true }
    fruitless = more.bytes >= FRUITFUL_BYTES ? 0 : fruitless + 1
  }
  return { ...first, bytes }
}

/** Failures that may pass: the server, or the network on the way, may be back a moment later. */
const INTERRUPTED: readonly OutcomeKind[] = ['cut', 'stalled', 'silent', 'unreachable', 'server error']
