import type { Clock } from '../../effects.ts'
import { codeOf } from '../../errors.ts'
import { startMeter } from '../../gateway/fetching/meter.ts'
import type { Spool, SpoolWriter, Stored } from '../../gateway/keeping/spool.ts'
import { objectPath } from '../../go/escape.ts'
import type { ModuleVersion } from '../../go/module.ts'
import { MAX_BYTES } from '../../objects/verify.ts'
import type { Policy } from '../../policy.ts'
import type { Outcome } from '../../upstream/outcome.ts'
import { fetchForGo, type GoFetchWorld } from './fetch.ts'
import type { GoSource } from './sources.ts'

/** A zip as it came: not proven yet. */
export interface FetchedZip {
  readonly source: GoSource
  /** A file of ours. */
  readonly path: string
  readonly bytes: number
  /** Removes the file. */
  drop(): void
}

export interface ZipWorld extends GoFetchWorld {
  readonly clock: Clock
  readonly policy: Policy['toolchain']
  readonly signal: AbortSignal
  /** Where bodies are kept. */
  readonly spool: Spool
  /** A body that moves has until then: the clock's reading. */
  readonly untilMs: number
  /** @param length of the whole, where the proxy says it */
  readonly onProgress: (bytes: number, length: number | undefined) => void
}

/** What came of asking one proxy for a zip. */
export type ZipAnswer =
  | { readonly kind: 'stored'; readonly zip: FetchedZip }
  /** This machine could not store it: another proxy is no remedy. */
  | { readonly kind: 'not stored'; readonly code: string }
  | { readonly kind: 'failed'; readonly outcome: Outcome }

/** Silence that is no sign of a fault where there is no other proxy to be asked: many times as long. */
const ALONE = 6

/** Asks one proxy for a zip. @param others whether another one may have it, too: then it is not waited for long */
export async function fetchZip(
  module: ModuleVersion,
  source: GoSource,
  others: boolean,
  world: ZipWorld,
): Promise<ZipAnswer> {
  const { clock, policy } = world
  const stop = new AbortController()
  const store = openStore(world.spool, () => stop.abort())
  const tooSlow = { reason: 'its answer comes too slowly' }
  let isTooSlow = false
  const meter = startMeter(clock, policy.stallMs, () => {
    isTooSlow = others && store.bytes() > 0
    if (isTooSlow) stop.abort()
  })
  const patience = others ? 1 : ALONE
  const outcome = await fetchForGo(
    { entry: source.entry, name: source.name, path: objectPath(module, 'zip') ?? '' },
    {
      deadlines: {
        sendMs: policy.headMs,
        // A proxy that lacks the zip fetches all of it before it answers.
        headMs: others ? policy.headMs : policy.patienceMs,
        stallMs: policy.stallMs * patience,
        totalMs: Math.max(0, world.untilMs - clock.now()),
      },
      maxBytes: MAX_BYTES.zip,
      publicUpstream: source.publicUpstream,
      signal: AbortSignal.any([stop.signal, world.signal]),
      resume: silent => !silent || !others,
      openBody: (_, length) => {
        store.begin()
        return {
          write(chunk) {
            meter.note(chunk.length)
            store.write(chunk)
            world.onProgress(store.bytes(), length)
          },
        }
      },
    },
    world,
  )
  meter.stop()
  const stored = outcome.kind === 'found' ? store.finish() : store.discard()
  const code = store.fault()
  if (code !== undefined) return { kind: 'not stored', code }
  if (stored !== undefined) return { kind: 'stored', zip: { ...stored, source } }
  return { kind: 'failed', outcome: isTooSlow ? { ...outcome, ...tooSlow } : outcome }
}

/** The body's file, begun anew with each answer. @param onFault called once when it cannot be written */
function openStore(spool: Spool, onFault: () => void) {
  let writer: SpoolWriter | undefined
  let bytes = 0
  let fault: string | undefined
  const attempt = (act: () => void) => {
    try {
      if (fault === undefined) act()
    } catch (error) {
      fault = codeOf(error)
      onFault()
    }
  }
  return {
    bytes: () => bytes,
    fault: () => fault,
    begin() {
      writer?.discard()
      bytes = 0
      attempt(() => {
        writer = spool.openFile()
      })
    },
    write(chunk: Buffer) {
      bytes += chunk.length
      attempt(() => writer?.write(chunk))
    },
    finish(): Omit<FetchedZip, 'source'> | undefined {
      let stored: Stored | undefined
      attempt(() => {
        stored = writer?.finish()
      })
      return stored?.path === undefined ? undefined : { path: stored.path, bytes, drop: stored.drop }
    },
    discard(): undefined {
      writer?.discard()
    },
  }
}
