import { join } from 'node:path'
import { replacesEntry, whyNeverSaved } from '../build-cache/save.ts'
import type { BuildSavePlan } from '../build-cache/story.ts'
import type { BuildTask } from '../build-cache/tasks.ts'
import type { SavePlan } from '../cache/save.ts'
import type { CacheTask } from '../cache/tasks.ts'
import type { Effects, Outputs } from '../effects.ts'
import { downloadPath } from '../go/module-cache.ts'
import { readFilledIn } from '../inputs/filled-in.ts'
import { parsePolicy } from '../policy.ts'
import { escapeMarkdown } from '../report/escape.ts'
import { count, formatBytes, formatSeconds } from '../report/units.ts'
import { makeTemporary, removeTemporary } from '../runner/temporary.ts'
import type { ToolSavePlan } from '../tools/story.ts'
import type { ToolTask } from '../tools/tasks.ts'
import { followTransfer } from '../transfer/follow.ts'
import type { TransferTask } from '../transfer/messages.ts'
import { type GivenTask, startTransfer, type TransferEnd } from '../transfer/transfer.ts'

/** What post saves with. */
export interface SavingWorld {
  readonly effects: Effects
  readonly outputs: Pick<Outputs, 'appendSummary'>
  /** Ends the saving. */
  readonly signal: AbortSignal
}

/** Saves the module cache within the policy's deadlines, and logs what came of it. */
export async function saveCache(plan: SavePlan, world: SavingWorld): Promise<void> {
  const { files, key, gomodcache } = plan
  const from = downloadPath(gomodcache)
  const end = await runTask<CacheTask>({ about: 'modules', kind: 'save', files, key, from }, 'module cache', world)
  const modules = files.filter(({ kind }) => kind === 'zip').length
  const what = `${count(modules, 'module')} (${formatBytes(plan.bytes)})`
  await say('module cache', `${what} in ${formatSeconds(end.seconds)}`, { ...end, summary: plan.summary }, world)
}

/** Saves what the job built, if that pays, within the policy's deadlines, and logs what came of it. */
export async function saveBuildCache(plan: BuildSavePlan, world: SavingWorld): Promise<void> {
  const { env, clock, random } = world.effects
  const status = readFilledIn('job-status', env).toLowerCase()
  if (status === 'failure' || status === 'cancelled') {
    const what = status === 'failure' ? 'the job failed' : 'the job was cancelled'
    return say('build cache', '', { how: 'missed', what, summary: plan.summary }, world)
  }
  const never = whyNeverSaved(plan)
  if (never !== undefined) return say('build cache', '', { how: 'missed', what: never, summary: plan.summary }, world)
  const { keys, gocache, stampMs, beganMs: sinceMs, reached, isDefaultBranch } = plan
  // If results were restored, this job was quicker for it, so the time that they saved counts.
  const savedSeconds = Math.max(plan.savedSeconds, (clock.date().getTime() - plan.endedMs) / 1000)
  const known = { keys, gocache, pending: '.go-proxy-setup', stampMs, sinceMs, savedSeconds, reached, isDefaultBranch }
  const again = replacesEntry(reached) ? random.hex(4) : undefined
  const policy = parsePolicy(env).buildCache
  const end = await runTask<BuildTask>({ about: 'build', kind: 'save', ...known, again, policy }, 'build cache', world)
  const what = `${count(end.placed.files, 'file')} (${formatBytes(end.placed.bytes)})`
  await say('build cache', `${what} in ${formatSeconds(end.seconds)}`, { ...end, summary: plan.summary }, world)
}

/** Saves a program that the job built, if it is still what was built. */
export async function saveTool(plan: ToolSavePlan, world: SavingWorld): Promise<void> {
  const { name, key, entry, again, directory, file, bytes, sha256, summary } = plan
  const task = { about: 'tool', kind: 'save', key, entry, again, file, from: join(directory, file), sha256 } as const
  const end = await runTask<ToolTask>(task, `tool ${name}`, world)
  await say(`tool ${name}`, `${formatBytes(bytes)} in ${formatSeconds(end.seconds)}`, { ...end, summary }, world)
}

interface Said extends Pick<TransferEnd, 'how' | 'what'> {
  readonly summary: boolean
}

async function say(cache: string, done: string, { how, what, summary }: Said, world: SavingWorld): Promise<void> {
  const line = how === 'done' ? `Saved the ${cache}: ${done}.` : `The ${cache} was not saved: ${what ?? how}.`
  world.effects.log.info(line)
  // Most jobs have nothing to save, and their summaries need not say so.
  if (summary && how !== 'missed') await world.outputs.appendSummary(`${escapeMarkdown(line)}\n`)
}

/** Carries out a task in a directory of its own. */
async function runTask<T extends TransferTask>(
  task: GivenTask<T>,
  cache: string,
  { effects, signal }: SavingWorld,
): Promise<TransferEnd> {
  const { env, files, platform } = effects
  const made = await makeTemporary({ env, files, processId: process.pid, maker: 'command' })
  if (!made.ok) return { ...NOTHING_DONE, what: made.problems[0]?.message }
  const temporaryDirectory = made.value.path
  const program = [process.execPath, process.argv[1] ?? ''] as const
  const transfer = startTransfer<T>(
    { task, program, policy: parsePolicy(env).cache, temporaryDirectory, env, platform },
    effects,
  )
  const stop = () => transfer.abandon('the job was stopped')
  if (signal.aborted) stop()
  else signal.addEventListener('abort', stop)
  const stopFollowing = followTransfer(transfer, { cache, kind: 'save' }, effects)
  const end = await transfer.ended.finally(stopFollowing)
  await removeTemporary(temporaryDirectory, env, files)
  return end
}

const NOTHING_DONE: TransferEnd = {
  how: 'failed',
  what: undefined,
  key: undefined,
  refused: false,
  verified: new Map(),
  placed: { files: 0, bytes: 0 },
  rejected: [],
  startedMs: 0,
  seconds: 0,
}
