import type { ChoiceFacts } from '../choice/choice.ts'
import type { Problem } from '../errors.ts'
import { withRefused } from '../project/privacy.ts'
import { readLinesOf } from '../project/read-lines.ts'
import { warnOfRefused } from '../project/refused.ts'
import type { Job } from './job.ts'
import type { Prepared } from './prepare.ts'

/** Counts modules that the official proxy refused as private, since they may be. */
export function sparingRefused(facts: ChoiceFacts, { publicity }: Prepared): ChoiceFacts {
  const paths = publicity.refusals().map(({ path }) => path)
  return { ...facts, privacy: withRefused(facts.privacy, paths, facts.settings.env) }
}

/**
 * Warns about those modules, with the files that name them. @param failure one about a module makes its warning
 * superfluous
 */
export async function warnOfRefusedModules(
  { effects }: Job,
  { project, publicity, settings }: Prepared,
  failure: Problem | undefined,
): Promise<readonly Problem[]> {
  const refusals = publicity.refusals().filter(({ path }) => !asksOf(path, failure))
  if (refusals.length === 0) return []
  return warnOfRefused(refusals, await readLinesOf(project.directories, effects.files), settings.env)
}

/** Whether a failure asks if this module is private. */
function asksOf(path: string, failure: Problem | undefined): boolean {
  const isAboutIt = failure?.message.split(/[\s,]/).includes(path) === true
  return isAboutIt && (failure?.hint.includes('private-domains') ?? false)
}
