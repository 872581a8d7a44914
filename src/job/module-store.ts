import { join } from 'node:path'
import type { Log } from '../effects.ts'
import { failed, ok, type Result } from '../errors.ts'
import { readNeeds } from '../project/read.ts'
import { count } from '../report/units.ts'
import { openStagings } from '../runner/temporary.ts'
import { planStore } from '../store/contents.ts'
import { makeStore } from '../store/make.ts'
import type { ModuleStoreStory } from '../store/story.ts'
import type { Job } from './job.ts'
import { type Prepared, privacyOf } from './prepare.ts'

/** Makes the module store that the inputs ask for, of what the module cache holds now; undefined: they ask for none. */
export async function storeModules(
  job: Job,
  { project: before, settings }: Prepared,
): Promise<Result<ModuleStoreStory | undefined>> {
  const { effects, inputs } = job
  const { files, log } = effects
  const { moduleStore: place, moduleStorePrivate, workingDirectory } = inputs
  if (place === undefined) return ok(undefined)
  // The go.mod files that arrived tell what else is needed.
  const project = await readNeeds(before, settings, files)
  const { isSheltered } = privacyOf(project, settings, inputs)
  const contents = planStore({
    sums: project.sums,
    // go builds from the vendor directory.
    modules: project.vendored ? [] : project.modules,
    perhaps: project.vendored ? [] : project.perhaps.modules,
    isLeftOut: moduleStorePrivate ? () => false : isSheltered,
  })
  sayLeftOut(contents.leftOut, log)
  const path = place.kind === 'named' ? place.path : join(job.temporaryDirectory, 'module-store')
  const stored = await makeStore(
    {
      files: project.vendored ? [] : contents.files,
      gomodcache: settings.gomodcache,
      path,
      confinedTo: workingDirectory.workspace,
    },
    {
      files,
      inStaging: openStagings(effects, process.pid),
      signal: job.signal,
    },
  )
  return stored.ok ? ok({ path, files: stored.value, leftOut: contents.leftOut }) : failed(...stored.problems)
}

const SHOWN = 3

function sayLeftOut(modules: readonly string[], log: Log): void {
  if (modules.length === 0) return
  const more = modules.length > SHOWN ? ` and ${modules.length - SHOWN} more` : ''
  log.info(
    `Not in the module store, because ${modules.length === 1 ? 'it is' : 'they are'} private: ${count(modules.length, 'module')} (${modules.slice(0, SHOWN).join(', ')}${more}). module-store-private: true puts them there.`,
  )
}
