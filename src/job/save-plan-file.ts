import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { BuildSavePlan } from '../build-cache/story.ts'
import type { SavePlan } from '../cache/save.ts'
import type { Effects, Outputs } from '../effects.ts'
import type { Story } from '../report/story.ts'
import { STATE_CACHE_PLAN } from '../state.ts'
import type { ToolSavePlan } from '../tools/story.ts'

const PLAN_FILE = 'cache-plan.json'

/** What post may store; a part is undefined where it is not to be stored. */
export interface PostPlan {
  readonly modules?: SavePlan | undefined
  readonly build?: BuildSavePlan | undefined
  readonly tools?: readonly ToolSavePlan[] | undefined
}

/** Hands the plan of what to save to post. The runner keeps its digest, since later steps may write to the file. */
export async function writeSavePlan(
  { cache, buildCache, tools, failure }: Story,
  temporaryDirectory: string,
  { files }: Pick<Effects, 'files'>,
  outputs: Pick<Outputs, 'saveState'>,
): Promise<void> {
  const plan: PostPlan = { modules: cache?.plan, build: buildCache?.plan, tools: tools?.plan }
  const isEmpty = plan.modules === undefined && plan.build === undefined && (plan.tools ?? []).length === 0
  if (failure !== undefined || isEmpty) return
  const text = JSON.stringify(plan)
  await files.write(join(temporaryDirectory, PLAN_FILE), text, 0o600)
  outputs.saveState(STATE_CACHE_PLAN, digestOf(text))
}

/** What main planned to save; undefined when a later step changed it. */
export async function readSavePlan(
  temporaryDirectory: string,
  digest: string,
  { files, log }: Pick<Effects, 'files' | 'log'>,
): Promise<PostPlan | undefined> {
  const text = (await files.readText(join(temporaryDirectory, PLAN_FILE))) ?? ''
  if (digestOf(text) === digest) return JSON.parse(text) as PostPlan
  log.info('Neither modules nor build results are saved: the plan of what to save was modified.')
  return undefined
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
