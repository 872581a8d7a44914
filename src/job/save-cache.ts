import type { SavePlan } from '../cache/save.ts'
import { startTransfer } from '../cache/transfer.ts'
import type { Effects, Outputs } from '../effects.ts'
import { downloadPath } from '../go/module-cache.ts'
import { parsePolicy } from '../policy.ts'
import { escapeMarkdown } from '../report/escape.ts'
import { count, formatBytes, formatSeconds } from '../report/units.ts'
import { makeTemporary, removeTemporary } from '../runner/temporary.ts'

/** Saves the module cache within the policy's deadlines, and logs what came of it. @param signal ends it */
export async function saveCache(
  plan: SavePlan,
  signal: AbortSignal,
  effects: Effects,
  outputs: Outputs,
): Promise<void> {
  const { env, files, log, platform } = effects
  const made = await makeTemporary({ env, files, processId: process.pid, maker: 'command' })
  if (!made.ok) return log.info(`The module cache was not saved: ${made.problems[0]?.message}`)
  const temporaryDirectory = made.value.path
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
