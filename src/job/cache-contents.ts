import type { BuildCacheMode } from '../build-cache/mode.ts'
import { findSetupGo } from '../cache/find-setup-go.ts'
import { type CacheKeys, cacheKeys } from '../cache/key.ts'
import { type CacheMode, decideMode } from '../cache/mode.ts'
import { type CacheFile, selectFiles } from '../cache/select.ts'
import type { Problem } from '../errors.ts'
import { downloadPath } from '../go/module-cache.ts'
import { findDependencyFiles } from '../inputs/dependency-files.ts'
import type { Job } from './job.ts'
import type { Prepared } from './prepare.ts'

/** What this job's cache is about: the entry's keys, and the files that an entry could hold. */
export interface CacheContents {
  readonly keys: CacheKeys
  readonly files: readonly CacheFile[]
  readonly problems: readonly Problem[]
}

/** The command line has no post step to save a cache in. A user who asks for one explicitly gets a notice. */
export function notInShell(input: string, value: string): CacheMode & BuildCacheMode {
  const notice: Problem = {
    code: 'CACHE_ONLY_IN_ACTION',
    message: 'only the action has one, because a command has no post step in which it could be saved.',
    hint: `Leave ${input} out, and let the CI system keep go’s own directories: \`go env GOMODCACHE GOCACHE\`.`,
  }
  const isAsked = value === 'true' || value === 'read-only'
  return { restore: 'no', save: false, why: 'this is not a GitHub Actions job', notice: isAsked ? notice : undefined }
}

/** Whether this job restores and saves the module cache. */
export async function findMode({ effects, inputs, program }: Job, { project, settings }: Prepared): Promise<CacheMode> {
  const { env, files } = effects
  if (program === undefined) return notInShell('cache', inputs.cache)
  return decideMode({
    input: inputs.cache,
    env,
    modules: project.modules.length,
    // Only the go.mod files in the cache tell what else is missing.
    missing: project.openEnded ? Math.max(1, project.missing.length) : project.missing.length,
    download: inputs.download,
    vendored: project.vendored,
    moduleCacheInUse: (await files.list(downloadPath(settings.gomodcache))).length > 0,
    setupGoCaches: await findSetupGo(env, files),
  })
}

export async function findContents({ effects, inputs }: Job, { project, privacy }: Prepared): Promise<CacheContents> {
  const { cacheDependencyPath: patterns, cachePrivate } = inputs
  const paths = await findDependencyFiles(patterns, inputs.workingDirectory, effects.files)
  const texts = await Promise.all(paths.map(path => effects.files.readText(path)))
  const sums = [...project.sums].map(([key, hash]) => `${key} ${hash}`)
  return {
    keys: cacheKeys({
      lines: paths.length > 0 ? texts.map(text => text ?? '') : sums,
      withPrivate: cachePrivate,
    }),
    files: selectFiles({
      sums: project.sums,
      modules: project.modules,
      perhaps: project.perhaps.modules,
      isLeftOut: cachePrivate ? () => false : privacy.isSheltered,
    }),
    problems: patterns.length > 0 && paths.length === 0 ? [NOTHING_MATCHES] : [],
  }
}

const NOTHING_MATCHES: Problem = {
  code: 'CACHE_DEPENDENCY_PATH',
  message: 'cache-dependency-path matches no file in the workspace; the go.sum files are used instead.',
  hint: 'Check the pattern; it is relative to the workspace.',
}
