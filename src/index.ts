import { isMainThread, workerData } from 'node:worker_threads'
import { HASH_TASK } from './gateway/keeping/hashing.ts'
import { saveFirstState } from './runner/first-word.ts'
import { guard, tellNodeWarnings } from './runner/guard.ts'
import { watchMemory } from './runner/memory.ts'
import { STATE_IS_POST } from './state.ts'
import { CACHE_CHILD } from './transfer/transfer.ts'

/**
 * Decides what this process is. The runner starts this file without arguments, for main, and again for post, then with
 * the state that main saved first; a shell starts it with a verb; we start it ourselves as a thread or a child.
 */
async function start(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  // No guard around these two: the process that started them handles their failure.
  if (!isMainThread && workerData === HASH_TASK) {
    const { hashThread } = await import(/* webpackMode: "eager" */ './children/hash-thread.ts')
    return hashThread()
  }
  if (args[0] === CACHE_CHILD) {
    const { cacheChild } = await import(/* webpackMode: "eager" */ './children/cache-child.ts')
    return cacheChild(args.slice(1))
  }
  watchMemory(SPARING)
  return args.length > 0 || env['GITHUB_ACTIONS'] !== 'true' ? inShell(args) : inJob(env)
}

/**
 * `fromBytes` is 180 MB, our limit, less what the process may still allocate before V8's next collection. Above
 * `heapBytes` of live objects (many hundred modules) that limit is out of reach.
 */
const SPARING = { fromBytes: 120e6, heapBytes: 80e6 }

async function inShell(args: readonly string[]): Promise<number> {
  const { effectsForTerminal } = await import(/* webpackMode: "eager" */ './runner/terminal.ts')
  const { cli, unexpectedCode } = await import(/* webpackMode: "eager" */ './cli/cli.ts')
  const { log } = effectsForTerminal(process).effects
  if (log.records) tellNodeWarnings(process, log)
  return guard(process, () => cli(args, log), log, unexpectedCode(args))
}

async function inJob(env: NodeJS.ProcessEnv): Promise<number> {
  const isPost = env[`STATE_${STATE_IS_POST}`] !== undefined
  // Before anything else, so that post knows that it is post wherever main is killed. Post after a main that was killed
  // before this line would do the whole job.
  if (!isPost) saveFirstState(STATE_IS_POST, 'true', env)
  const { effectsForActions } = await import(/* webpackMode: "eager" */ './runner/actions.ts')
  const { log } = effectsForActions(process).effects
  if (isPost) {
    const { post } = await import(/* webpackMode: "eager" */ './post.ts')
    // A failed clean-up must not fail a job that is done.
    return guard(process, post, log, 0)
  }
  const { main } = await import(/* webpackMode: "eager" */ './main.ts')
  return guard(process, main, log, 1)
}

// A DNS look-up without an answer cannot be cancelled and would keep the process alive for ten more seconds,
// so the process exits explicitly. No `await` here: the bundle is also run as CommonJS (scripts/any-module.mjs).
void start(process.argv.slice(2), process.env).then(code => process.exit(code))
