import { isAbsolute } from 'node:path'
import type { Files, Threads } from '../effects.ts'
import { objectPath } from '../go/escape.ts'
import type { ModuleVersion } from '../go/module.ts'
import { downloadPath } from '../go/module-cache.ts'
import { parseGoVersion } from '../go/version.ts'
import type { Inputs } from '../inputs/inputs.ts'
import type { Extent } from '../objects/object.ts'
import { fetchOrder, type WantedObject } from '../objects/wanted.ts'
import type { Privacy } from '../project/privacy.ts'
import type { Project } from '../project/project.ts'
import type { GoSettings } from '../settings/settings.ts'
import { type Foresight, openForesight } from './foresight.ts'
import { type Gateway, startGateway } from './gateway.ts'
import { openHashing } from './keeping/hashing.ts'
import { openPrefill, type Prefill } from './keeping/prefill.ts'
import { type GatewayWorld, type PlanOptions, planGateway, shelterOf } from './plan.ts'

export interface StepOptions extends PlanOptions {
  readonly inputs: PlanOptions['inputs'] & Pick<Inputs, 'gateway'>
  readonly settings: Pick<GoSettings, 'gomodcache' | 'goos' | 'goarch'>
  readonly project: Project
  readonly privacy: Privacy
  /** The toolchain that go will switch to, such as `go1.27.3`. */
  readonly toolchain: string | undefined
  /** Any command may run, and ask for other modules than the project's: a gateway helps even when those are cached. */
  readonly anyCommand: boolean
  readonly world: GatewayWorld
  readonly files: Files
  readonly threads: Threads
}

/** Why go asks the proxies itself this time; undefined when a gateway helps. */
export function whyNoGateway({ inputs, upstreams, project, toolchain, anyCommand }: StepOptions): string | undefined {
  if (inputs.gateway === 'off') return 'switched off by the input gateway'
  if (upstreams.length === 0) return 'no proxy works'
  if (!anyCommand && project.vendored) return 'the modules are vendored'
  if (!anyCommand && project.missing.length === 0 && !project.openEnded && toolchain === undefined)
    return 'all modules are in the module cache'
  return undefined
}

/** go hashes and unpacks on all processors: more threads would only compete with it. */
const HASHING_THREADS = 1

/** A gateway for this step's download. */
export interface StepGateway extends Gateway {
  /** Fetches ahead what is neither there nor on its way. @param except targets that the benchmark is fetching */
  fetchAhead(extent: Extent, except?: readonly string[]): Promise<void>
}

export async function startStepGateway(options: StepOptions): Promise<StepGateway> {
  const { settings, project, files, world } = options
  await files.makeDirectory(world.temporaryDirectory, 0o700)
  // A command runs only once, so it must never get a wrong zip.
  const plan = { ...planGateway(options), mends: !options.anyCommand }
  const isSheltered = shelterOf(plan, world.env)
  const foresight = openForesight(project, toolchainModule(options), isSheltered)
  let extent: Extent | undefined
  const fetch = async (objects: readonly WantedObject[]) => {
    gateway.prefetch(fetchOrder(await withoutCached(objects, settings.gomodcache, files)))
  }
  const onGoMod = (module: ModuleVersion, text: string) => {
    const more = foresight.learn(module, text)
    if (extent !== undefined && more.length > 0) void fetch(within(extent, more, 0))
  }
  const gateway = await startGateway(plan, {
    ...world,
    onGoMod,
    publicity: options.publicity,
    prefill: prefillOf(options),
    hashing: openHashing(options.threads, HASHING_THREADS),
  })
  const endLooking = lookForGoMods(foresight, onGoMod, options)
  return {
    ...gateway,
    async close() {
      endLooking()
      await gateway.close()
    },
    fetchAhead(wanted, except = []) {
      extent = wanted
      const open = foresight.wanted().filter(({ target }) => !except.includes(target))
      return fetch(within(extent, open, FIRST_ZIPS))
    },
  }
}

const LOOK_MS = 100

/** go.mod files that go fetches by itself, such as private ones, are read once go has put them into its cache. */
function lookForGoMods(
  foresight: Foresight,
  onGoMod: (module: ModuleVersion, text: string) => void,
  { settings: { gomodcache }, files, world: { clock } }: StepOptions,
): () => void {
  let cancel = () => {}
  let hasEnded = false
  const look = async () => {
    for (const module of foresight.fetchedByGo()) {
      const target = objectPath(module, 'mod')
      const text = target && (await files.readText(downloadPath(gomodcache, target)).catch(() => undefined))
      if (text !== undefined && !hasEnded) onGoMod(module, text)
    }
  }
  const lookLater = () => {
    if (hasEnded || foresight.fetchedByGo().length === 0) return
    cancel = clock.after(LOOK_MS, () => void look().then(lookLater))
  }
  lookLater()
  return () => {
    hasEnded = true
    cancel()
  }
}

/** About as many as arrive with small files in the first round trip. */
const FIRST_ZIPS = 16

/** @param zips so many where only the first ones may come */
function within(extent: Extent, objects: readonly WantedObject[], zips: number): readonly WantedObject[] {
  if (extent === 'everything') return objects
  if (extent === 'go.mod files') return objects.filter(({ kind }) => kind === 'mod')
  const first = new Set(objects.filter(({ kind }) => kind === 'zip').slice(0, zips))
  return objects.filter(one => one.kind !== 'zip' || first.has(one))
}

/** go rejects a module cache whose path is not absolute. */
function prefillOf({ settings: { gomodcache }, world }: StepOptions): Prefill | undefined {
  if (!isAbsolute(gomodcache)) return undefined
  return openPrefill(downloadPath(gomodcache), `go-proxy-setup-${world.random.hex(4)}`)
}

function toolchainModule({ toolchain, settings }: StepOptions) {
  if (toolchain === undefined || parseGoVersion(toolchain) === undefined) return undefined
  return { path: 'golang.org/toolchain', version: `v0.0.1-${toolchain}.${settings.goos}-${settings.goarch}` }
}

/** go does not ask for what is in its cache. */
async function withoutCached(
  objects: readonly WantedObject[],
  gomodcache: string,
  files: Files,
): Promise<readonly WantedObject[]> {
  const stats = await files.stat(objects.map(({ target }) => downloadPath(gomodcache, target)))
  return objects.filter((_, i) => stats[i] === undefined)
}
