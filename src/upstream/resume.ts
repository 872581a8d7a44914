import type { Transport } from './fetch.ts'
import type { OutcomeKind } from './outcome.ts'
import { type Answer, getOnce, getReplacingLost, type Request } from './request.ts'

/** Before each request for a rest that follows others which brought next to nothing, in milliseconds. */
const PAUSES_MS = [0, 500, 2_000] as const
/** One that brings less than this counts as none: a server could cut for ever, byte by byte. */
const FRUITFUL_BYTES = 256 << 10

/**
 * GETs, and where the body is cut asks for the rest of it (RFC 9110, 14) instead of beginning anew. Where the server
 * does not give exactly the rest, the answer is the cut one: what to do then is the caller's to decide.
 */
export async function getResuming(request: Request, transport: Transport): Promise<Answer> {
  const first = await getReplacingLost(request, transport)
  const { options } = request
  const { stallMs } = options.deadlines
  const deadlines = { ...options.deadlines, headMs: stallMs, sendMs: stallMs }
  let { bytes, kind } = first
  for (let fruitless = 0; ; ) {
    const pauseMs = PAUSES_MS[fruitless]
    const { partial } = first
    if (pauseMs === undefined || partial === undefined || !INTERRUPTED.includes(kind)) break
    // Where a server did not say that it sends parts, little is sooner there anew.
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

/** What may pass: the server, or the way to it, is there again a moment later. */
const INTERRUPTED: readonly OutcomeKind[] = ['cut', 'stalled', 'silent', 'unreachable', 'server error']
