import type { CacheStory, Restored } from '../cache/cache.ts'
import { findEvidence, findGiven } from '../cache/find-evidence.ts'
import { type CacheKeys, entryKey } from '../cache/key.ts'
import { type Access, isOpenProxy, moduleKey, partByProvenance } from '../cache/provenance.ts'
import { decideSave, isQuick, type SaveFacts } from '../cache/save.ts'
import type { CacheFile } from '../cache/select.ts'
import { sizesIn } from '../cache/sizes.ts'
import { goauthCommands } from '../candidates/logins.ts'
import type { Download } from '../download/download.ts'
import type { Log } from '../effects.ts'
import type { GatewayEvent } from '../gateway/telling/events.ts'
import { parseGoproxy } from '../go/goproxy.ts'
import { trustOfProxy } from '../inputs/presets.ts'
import type { Place } from '../places/place.ts'
import { networkSeconds } from './download-pace.ts'
import type { Job } from './job.ts'
import type { Prepared } from './prepare.ts'

/** What is known of the module cache when the download has ended. */
export interface SaveBasis {
  readonly keys: CacheKeys
  /** Files that an entry could hold. */
  readonly files: readonly CacheFile[]
  /** Sizes of those that were in the module cache before this step, by target. */
  readonly before: ReadonlyMap<string, number>
  readonly restored: Restored | undefined
  readonly download: Download | undefined
  readonly events: readonly GatewayEvent[]
  /** Places that this job has a secret for. */
  readonly logins: readonly Place[]
}

/** Plans what post stores of the files that are in the module cache now. */
export async function planCacheSave(
  job: Job,
  prepared: Prepared,
  known: SaveBasis,
): Promise<Pick<CacheStory, 'save' | 'plan'>> {
  const { effects, inputs } = job
  const { keys } = known
  const { gomodcache } = prepared.settings
  const sizes = await sizesIn(gomodcache, known.files, effects.files)
  const unvouched = inputs.cachePrivate ? new Set<string>() : await findUnvouched(job, prepared, known, sizes)
  const files = known.files.filter(({ module }) => !unvouched.has(moduleKey(module)))
  if (unvouched.size > 0) sayUnvouched([...unvouched], effects.log)
  if (known.files.length > 0 && files.length === 0) return { save: 'no', plan: undefined }
  const decision = decideSave({ ...factsOf(known, files, sizes), quick: isQuickHere(job, known) })
  if (decision.save !== 'planned') return { save: decision.save, plan: undefined }
  const key = entryKey(keys, decision.bytes, decision.again ? effects.random.hex(4) : undefined)
  const { bytes } = decision
  return { save: 'planned', plan: { key, files: decision.files, bytes, gomodcache, summary: inputs.summary } }
}

function factsOf(
  { download, restored }: SaveBasis,
  files: readonly CacheFile[],
  sizes: ReadonlyMap<string, number>,
): Omit<SaveFacts, 'quick'> {
  return {
    files,
    sizes,
    downloadDone: download?.outcome === 'done' && download.failure === undefined,
    downloaded: download?.modules ?? 0,
    restored: restored && {
      exact: restored.exact,
      unknown: restored.how !== 'done',
      spoiled: restored.refused || restored.rejected.length > 0,
      verified: restored.verified,
    },
  }
}

/** Under `auto` alone: with `true` modules are kept so that no proxy has to be asked. */
function isQuickHere({ inputs, policy }: Job, { download, restored, events }: SaveBasis): boolean {
  if (inputs.cache !== 'auto' || download === undefined) return false
  const seconds = networkSeconds(download, events)
  return isQuick({ seconds, bytes: download.bytes, beatRestore: restored?.how === 'abandoned' }, policy.cache)
}

/** Modules that are not known to be public. */
async function findUnvouched(
  { effects, inputs }: Job,
  { candidates, settings }: Prepared,
  { files, before, restored, download, events, logins }: SaveBasis,
  sizes: ReadonlyMap<string, number>,
): Promise<ReadonlySet<string>> {
  const access: Access = {
    privateProxy: inputs.privateProxy,
    logins,
    otherLogins: goauthCommands(settings).length > 0,
    isPublic: url => trustOfProxy(url) !== 'own',
  }
  const isOpen = (url: string) => isOpenProxy(url, access)
  const configured = parseGoproxy(settings.GOPROXY.value)
  const proxies = [
    ...candidates.list.flatMap(({ list }) => list.entries),
    ...(configured.ok ? configured.value.entries : []),
  ]
  const there = files.filter(({ target }) => sizes.has(target))
  const taken = there.filter(({ target }) => restored?.verified.has(target))
  const evidence = await findEvidence(
    there,
    {
      before: new Set(before.keys()),
      given: findGiven({
        events,
        answered: download?.answered ?? new Map(),
        isOpen,
        liars: download?.quarantined ?? [],
      }),
      restored: new Set(taken.map(({ module }) => moduleKey(module))),
      closedProxy: proxies.some(({ url }) => !isOpen(url)),
    },
    settings.gomodcache,
    effects.files,
  )
  return partByProvenance(there, evidence).unvouched
}

const SHOWN = 3

function sayUnvouched(modules: readonly string[], log: Log): void {
  const more = modules.length > SHOWN ? ` and ${modules.length - SHOWN} more` : ''
  log.info(
    `Not stored in the module cache, because it may be private (no proxy served it without a login): ${modules.slice(0, SHOWN).join(', ')}${more}. cache-private: true stores it.`,
  )
}
