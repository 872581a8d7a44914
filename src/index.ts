import { isMainThread, workerData } from 'node:worker_threads'
import { CACHE_CHILD } from './cache/transfer.ts'
import { HASH_TASK } from './gateway/keeping/hashing.ts'
import { saveFirstState } from './runner/first-word.ts'
import { guard } from './runner/guard.ts'
import { STATE_IS_POST } from './state.ts'

/**
 * Which face: the runner starts this file without arguments, once for main and once, in the post step, with the
 * state that main saved first of all; a shell starts it with a verb.
 */
async function face(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  // These two speak to a process of ours, which knows what to do when they break.
  if (!isMainThread && workerData === HASH_TASK) {
    const { hashThread } = await import(/* webpackMode: "eager" */ './children/hash-thread.ts')
    return hashThread()
  }
  if (args[0] === CACHE_CHILD) {
    const { cacheChild } = await import(/* webpackMode: "eager" */ './children/cache-child.ts')
    return cacheChild(args.slice(1))
  }
  return args.length > 0 || env['GITHUB_ACTIONS'] !== 'true' ? inShell(args) : inJob(env)
}

async function inShell(args: readonly string[]): Promise<number> {
  const { effectsForTerminal } = await import(/* webpackMode: "eager" */ './runner/terminal.ts')
  const { cli } = await import(/* webpackMode: "eager" */ './cli/cli.ts')
  return guard(process, () => cli(args), effectsForTerminal(process).effects.log, 1)
}

async function inJob(env: NodeJS.ProcessEnv): Promise<number> {
  const isPost = env[`STATE_${STATE_IS_POST}`] !== undefined
  // First of all: whatever happens now, post knows that it is post. After a main that was cancelled before this line
  // it would do the whole job.
  if (!isPost) saveFirstState(STATE_IS_POST, 'true', env)
  const { effectsForActions } = await import(/* webpackMode: "eager" */ './runner/actions.ts')
  const { log } = effectsForActions(process).effects
  if (isPost) {
    const { post } = await import(/* webpackMode: "eager" */ './post.ts')
    // What cannot be tidied up must not fail a job that is done.
    return guard(process, post, log, 0)
  }
  const { main } = await import(/* webpackMode: "eager" */ './main.ts')
  return guard(process, main, log, 1)
}

// A name look-up that nobody answers cannot be cancelled and would hold the process for ten seconds more,
// so the process ends by its own word once the face is done.
process.exit(await face(process.argv.slice(2), process.env))
