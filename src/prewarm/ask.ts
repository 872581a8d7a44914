import type { Clock } from '../effects.ts'
import { codeOf, reasonOf } from '../errors.ts'
import type { Hashing } from '../gateway/keeping/hashing.ts'
import type { Spool, SpoolWriter, Stored } from '../gateway/keeping/spool.ts'
import { goproxyEntry } from '../go/goproxy.ts'
import { sumKey } from '../go/gosum.ts'
import { compareHash, MAX_BYTES, type Verified, verify } from '../objects/verify.ts'
import type { WantedObject } from '../objects/wanted.ts'
import type { Deadlines, Transport } from '../upstream/fetch.ts'
import { fetchFromList } from '../upstream/list.ts'
import { headMs } from '../upstream/outcome.ts'
import { answerOf, type WarmAnswer, wrongContent } from './answer.ts'
import type { WarmTarget } from './audience.ts'

/** What asking needs of the world. */
export interface AskingWorld {
  readonly transport: Transport
  readonly clock: Clock
  /** Bodies are kept here while they are checked, and then dropped. */
  readonly spool: Spool
  /** Hashes zips beside everything else. */
  readonly hashing: Hashing
  /** Line keys and hashes of go.sum. */
  readonly sums: ReadonlyMap<string, string>
  readonly deadlines: Deadlines
  /** Aborts when the user stops us, or time is over. */
  readonly signal: AbortSignal
  /** Called with the bytes of each piece. */
  readonly onBytes: (bytes: number) => void
}

/** Asks one proxy for one file, reads it to its end, checks it and throws it away. Never rejects. */
export async function askFor(object: WantedObject, target: WarmTarget, world: AskingWorld): Promise<WarmAnswer> {
  const { transport, deadlines, signal } = world
  const full = new AbortController()
  const intake = openBody(object, world, () => full.abort())
  const list = { entries: [goproxyEntry(target.url, undefined)], ending: undefined }
  const outcome = await fetchFromList(
    list,
    object.target,
    {
      deadlines,
      maxBytes: MAX_BYTES[object.kind],
      signal: AbortSignal.any([signal, full.signal]),
      publicUpstream: target.trust !== 'own',
      openBody: intake.begin,
    },
    transport,
  )
  const content = outcome.kind === 'found' ? intake.finish() : undefined
  const fault = intake.fault()
  if (fault !== undefined || content === undefined) {
    intake.discard()
    if (fault === undefined) return answerOf(outcome)
    return { kind: 'failed', code: 'PREWARM_NOT_STORED', reason: fault, passes: false, answered: true }
  }
  try {
    const verified = await check(object, content, world)
    if (verified === undefined) return { kind: 'stopped' }
    if (!verified.ok) return wrongContent(verified.what, verified.fault === 'wrong' || verified.settled === true)
    const goMod = object.kind === 'mod' ? { goMod: (await content.whole()).toString('utf8') } : {}
    return { kind: 'right', bytes: outcome.bytes, waitedMs: headMs(outcome.timings) ?? 0, ...goMod }
  } catch (error) {
    return wrongContent(reasonOf(error), false)
  } finally {
    content.drop()
  }
}

/** @returns undefined where it was stopped */
async function check(
  { module, kind, target }: WantedObject,
  content: Stored,
  { hashing, sums, signal }: AskingWorld,
): Promise<Verified | undefined> {
  const expected = kind === 'zip' ? sums.get(sumKey(module, 'zip')) : undefined
  if (expected !== undefined && content.path !== undefined) {
    // A signal of its own: the hashing listens to it for as long as it lives.
    const unneeded = AbortSignal.any([signal])
    const hashed = await hashing.hash({ path: content.path, module }, { order: () => 0, unneeded })
    if (signal.aborted) return undefined
    if (hashed !== undefined)
      return hashed.ok ? compareHash(hashed.h1, expected) : { ok: false, fault: 'invalid', what: hashed.what }
  }
  return verify({ kind, module, target }, content, sums, true)
}

/** Keeps one body while it arrives. */
function openBody({ kind }: WantedObject, { spool, onBytes }: AskingWorld, onFault: () => void) {
  let writer: SpoolWriter | undefined
  let fault: string | undefined
  const store = (act: () => void) => {
    try {
      if (fault === undefined) act()
    } catch (error) {
      fault = `it could not be stored here to be checked (${codeOf(error)})`
      onFault()
    }
  }
  return {
    begin() {
      writer?.discard()
      store(() => {
        writer = kind === 'zip' ? spool.openFile() : spool.open()
      })
      return {
        write(chunk: Buffer) {
          onBytes(chunk.length)
          store(() => writer?.write(chunk))
        },
      }
    },
    finish(): Stored | undefined {
      let content: Stored | undefined
      store(() => {
        content = writer?.finish()
      })
      return content
    },
    discard: () => writer?.discard(),
    fault: () => fault,
  }
}
