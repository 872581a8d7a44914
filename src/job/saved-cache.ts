import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { SavePlan } from '../cache/save.ts'
import { startTransfer } from '../cache/transfer.ts'
import type { Effects, Outputs } from '../effects.ts'
import { downloadPath } from '../go/module-cache.ts'
import { parsePolicy } from '../policy.ts'
import { escapeMarkdown } from '../report/escape.ts'
import type { Story } from '../report/story.ts'
import { count, formatBytes, formatSeconds } from '../report/units.ts'
import { makeTemporary, removeTemporary } from '../runner/temporary.ts'
import { STATE_CACHE_PLAN } from '../state.ts'

const PLAN_FILE = 'cache-plan.json'

/** Leaves what is to be saved to the post step. The runner keeps the plan's digest: steps in between may write here. */
export async function keepPlan(
  { cache, failure }: Story,
  temporaryDirectory: string,
  { files }: Effects,
  outputs: Outputs,
): Promise<void> {
  if (cache?.plan === undefined || failure !== undefined) return
  const text = JSON.stringify(cache.plan)
  await files.write(join(temporaryDirectory, PLAN_FILE), text, 0o600)
  outputs.saveState(STATE_CACHE_PLAN, digestOf(text))
}

/** What main planned to save; undefined when something in between changed it. */
export async function readPlan(
  temporaryDirectory: string,
  digest: string,
  { files, log }: Pick<Effects, 'files' | 'log'>,
): Promise<SavePlan | undefined> {
  const text = (await files.readText(join(temporaryDirectory, PLAN_FILE))) ?? ''
  if (digestOf(text) === digest) return JSON.parse(text) as SavePlan
  log.info('The module cache is not saved: its plan was modified.')
  return undefined
}

/** Saves it within the deadlines of the policy; one line says what came of it. @param signal ends it */
export async function saveCache(
  plan: SavePlan,
  signal: AbortSignal,
  effects: Effects,
  outputs: Outputs,
): Promise<void> {
  const { env, files, log, platform } = effects
  const made = await makeTemporary({ env, files, processId: process.pid, maker: 'command' })
  if (!made.ok) return log.info(`The module cache was not saved: ${made.problems[0]?.message}`)
  const temporaryDirectory = made.value
  const transfer = startTransfer(
    {
      task: { kind: 'save', files: plan.files, key: plan.key, from: downloadPath(plan.gomodcache) },
      program: [process.execPath, process.argv[1] ?? ''],
      policy: parsePolicy(env).cache,
      temporaryDirectory,
      env,
      platform,
    },
    effects,
  )
  const stop = () => transfer.abandon('the job was stopped')
  if (signal.aborted) stop()
  else signal.addEventListener('abort', stop)
  const end = await transfer.ended
  await removeTemporary(temporaryDirectory, env, files)
  const modules = plan.files.filter(({ kind }) => kind === 'zip').length
  const what = `${count(modules, 'module')} (${formatBytes(plan.bytes)})`
  const line =
    end.how === 'done'
      ? `Saved the module cache: ${what} in ${formatSeconds(end.seconds)}.`
      : `The module cache was not saved: ${end.what ?? end.how}.`
  log.info(line)
  if (plan.summary) await outputs.appendSummary(`${escapeMarkdown(line)}\n`)
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
