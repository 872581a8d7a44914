import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { SavePlan } from '../cache/save.ts'
import { startTransfer } from '../cache/transfer.ts'
import type { Effects, Outputs } from '../effects.ts'
import { parsePolicy } from '../policy.ts'
import { escapeMarkdown } from '../report/escape.ts'
import type { Story } from '../report/report.ts'
import { count, formatBytes, formatSeconds } from '../report/units.ts'
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

/** Saves what main planned to, within the deadlines of the policy; one line says what came of it. */
export async function saveCache(
  temporaryDirectory: string,
  planDigest: string,
  effects: Effects,
  outputs: Outputs,
): Promise<void> {
  const { env, files, log, platform } = effects
  const text = (await files.readText(join(temporaryDirectory, PLAN_FILE))) ?? ''
  if (digestOf(text) !== planDigest) return log.info('The module cache is not saved: its plan was changed.')
  const plan = JSON.parse(text) as SavePlan
  const { directory, key } = plan
  await files.remove(directory)
  await files.makeDirectory(directory, 0o700)
  const transfer = startTransfer(
    {
      task: { kind: 'save', directory, files: plan.files, key, from: join(plan.gomodcache, 'cache', 'download') },
      program: [process.execPath, process.argv[1] ?? ''],
      policy: parsePolicy(env).cache,
      temporaryDirectory,
      env,
      platform,
    },
    effects,
  )
  const end = await transfer.ended
  await files.remove(directory)
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
