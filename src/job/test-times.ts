import { join } from 'node:path'
import { trackedObjects } from '../build-cache/test-times.ts'
import { reasonOf } from '../errors.ts'
import { withoutSecrets } from '../go/child-environment.ts'
import { sanitizeLine } from '../text/sanitiser.ts'
import { quoteForShell } from '../text/shell.ts'
import type { Job } from './job.ts'

/**
 * Gives tracked files and directories of a clean checkout times that follow from their content, where the inputs ask for
 * that. @returns what was done, or why nothing was, in plain words; undefined: it was not asked for
 */
export async function setTestTimes(job: TimesJob): Promise<string | undefined> {
  if (job.inputs.testTimes !== 'content') return undefined
  try {
    return await setTimes(job)
  } catch (error) {
    return `test-times: not all times could be set (${reasonOf(error)})`
  }
}

/** As much of a job as this needs. */
export interface TimesJob {
  readonly inputs: Pick<Job['inputs'], 'testTimes' | 'workingDirectory'>
  readonly effects: Pick<Job['effects'], 'commands' | 'env' | 'files'>
  readonly policy: Pick<Job['policy'], 'goQueryMs'>
}

async function setTimes({ inputs, effects, policy }: TimesJob): Promise<string> {
  const run = (...args: readonly string[]) =>
    // No program that the repository's configuration names.
    effects.commands.run('git', ['-c', 'core.fsmonitor=false', ...args], {
      cwd: inputs.workingDirectory.base,
      env: { ...withoutSecrets(effects.env), LC_ALL: 'C' },
      timeoutMs: policy.goQueryMs,
    })
  const git = async (...args: readonly string[]): Promise<string | undefined> => {
    const result = await run(...args)
    return result.exitCode === 0 ? result.stdout : undefined
  }
  const places = await run('rev-parse', '--show-toplevel', 'HEAD^{tree}')
  if (places.exitCode !== 0) return `test-times: ${whyNoCheckout(places.stderr)}, so no time was set`
  const [top = '', tree = ''] = places.stdout.split('\n')
  const status = await git('status', '--porcelain', '--ignored')
  if (status === undefined) return 'test-times: git status failed, so no time was set'
  // make would take what was built from other sources for newer than these: it has to see their real times.
  const [ignored] = status.split('\n').filter(line => line.startsWith('!! '))
  if (status !== '' && !status.split('\n').every(line => line === '' || line.startsWith('!! ')))
    return 'test-times: the checkout is not clean, so no time was set'
  if (ignored !== undefined)
    return `test-times: git ignores ${ignored.slice(3)}, and make may compare its time with others, so no time was set; put this step right after the checkout`
  // Files of these kinds are left out by git status.
  const flagged = await git('ls-files', '-v')
  if (flagged === undefined || /^[a-zS] /m.test(flagged))
    return 'test-times: git does not look at all files (assume-unchanged, sparse), so no time was set'
  const listing = await git('ls-tree', '-r', '-t', '-z', '--full-tree', 'HEAD')
  if (listing === undefined) return 'test-times: git ls-tree failed, so no time was set'
  const objects = trackedObjects(listing, tree)
  const set = await effects.files.setTimes(objects.map(({ path, timeMs }) => ({ path: join(top, path), timeMs })))
  // git remembers the times of what it has compared.
  await git('update-index', '-q', '--refresh')
  return `test-times: ${set} files and directories have times that follow from their content`
}

/** @param said what git prints to standard error, in English */
function whyNoCheckout(said: string): string {
  // Source: git's setup.c, die_upon_dubious_ownership.
  const [, owned] = /detected dubious ownership in repository at '([^'\n]+)'/.exec(said) ?? []
  if (owned === undefined) return 'the workspace is not a git checkout'
  const remedy = `git config --global --add safe.directory ${quoteForShell(sanitizeLine(owned))}`
  return `git refuses the checkout because its files belong to another user (\`${remedy}\` in an earlier step allows it)`
}
