import { join } from 'node:path'
import { hasForeignHead, isForkPullRequest } from '../../credentials/event.ts'
import { readPayload } from '../../credentials/install.ts'
import type { Problem } from '../../errors.ts'
import type { Phases } from '../../report/phases.ts'
import type { RequestReport } from '../../report/requests.ts'
import { toolKey } from '../../tools/key.ts'
import { decideToolCache, type ToolCacheMode } from '../../tools/mode.ts'
import { keptToolsDirectory } from '../../tools/places.ts'
import { startToolRestore, warningsOfToolRestore } from '../../tools/restore.ts'
import type { InstalledTool, ToolsStory } from '../../tools/story.ts'
import { openTurnsOf } from '../../tools/turns.ts'
import type { Job } from '../job.ts'
import type { Chosen } from '../measure.ts'
import type { Prepared } from '../prepare.ts'
import type { Ready } from '../ready.ts'
import { type Bench, buildTools, findProgram, isPrivateHere } from './build.ts'
import { readToolBuild, type ToolBuild } from './environment.ts'

/** What came of the tools, and what was asked for them. */
export interface ToolsDone {
  readonly story: ToolsStory
  readonly requests: readonly RequestReport[]
}

/** The tools beside the job's other stages. */
export interface ToolShop {
  /** Waits for what is restored, and installs the rest. */
  finish(ready: Ready, chosen: Chosen): Promise<ToolsDone>
  /** Ends restores that still run. */
  close(): Promise<void>
}

/** Each is a process with some 50 MB of memory, beside the other caches'. */
const RESTORES_AT_ONCE = 4

/** Begins to restore what earlier jobs built. Rejects only where our own directory cannot be written. */
export async function openTools(job: Job, prepared: Prepared, phases: Phases): Promise<ToolShop | undefined> {
  const { list } = job.inputs.tools
  if (list.length === 0) return undefined
  const build = await readToolBuild(job, prepared)
  if (build === undefined) return { finish: async () => failedStory(NO_ANSWER), close: async () => {} }
  const kept = job.program === undefined ? keptToolsDirectory(job.effects.env, job.effects.platform) : undefined
  const own = join(job.temporaryDirectory, 'tools')
  const mode = await findMode(job)
  const inTurn = openTurnsOf(RESTORES_AT_ONCE)
  const benches = list.map((tool, i): Bench => {
    const key = toolKey(tool, build.material)
    const file = `${tool.name}${build.suffix}`
    // Where a machine stays, each version has a directory of its own: another project may want another one.
    const directory = kept === undefined ? join(own, 'bin') : join(kept, key.replace(/-$/, ''))
    const temporaryDirectory = join(own, `restore-${i}`)
    const { program } = job
    const restore =
      program === undefined || !mode.restore || isPrivateHere(tool.package, job, prepared)
        ? undefined
        : startToolRestore(
            { tool, key, file, into: directory, program, policy: job.policy.cache, temporaryDirectory },
            job.effects,
            inTurn,
          )
    return { tool, key, file, directory, restore }
  })
  for (const { directory } of benches) await job.effects.files.makeDirectory(directory, 0o700)
  return {
    finish: (ready, chosen) => phases.time('tools', () => finish({ benches, build, mode, own }, ready, chosen)),
    async close() {
      for (const { restore } of benches) restore?.abandon('it is no longer needed')
      await Promise.all(benches.map(({ restore }) => restore?.settle()))
    },
  }
}

async function findMode({ effects, inputs, program }: Job): Promise<ToolCacheMode> {
  const { env, files } = effects
  if (program === undefined) return { restore: false, save: false, why: undefined }
  const payload = await readPayload(env, files)
  const isForeign = isForkPullRequest(env, payload) || hasForeignHead(env['GITHUB_EVENT_NAME'], payload)
  return decideToolCache({ inputs, env, isForeign })
}

interface Shop {
  readonly benches: readonly Bench[]
  readonly build: ToolBuild
  readonly mode: ToolCacheMode
  /** Ours. */
  readonly own: string
}

async function finish({ benches, build, mode, own }: Shop, ready: Ready, chosen: Chosen): Promise<ToolsDone> {
  const { log } = ready.job.effects
  if (mode.why !== undefined) log.debug(`Tools in the cache service: ${mode.why}`)
  const there: InstalledTool[] = []
  const missing: { readonly bench: Bench; readonly spoiled: boolean }[] = []
  const warnings: Problem[] = []
  for (const bench of benches) {
    const end = await bench.restore?.settle()
    if (end !== undefined) warnings.push(...warningsOfToolRestore(bench.tool, end))
    const found = end === undefined || end.how === 'done' ? await findProgram(bench, ready.job) : undefined
    if (found === undefined) missing.push({ bench, spoiled: end?.refused === true || end?.how === 'done' })
    else {
      const how = end === undefined ? 'kept' : 'restored'
      there.push({ ...bench.tool, how, bytes: found.bytes, seconds: end?.seconds ?? 0 })
    }
  }
  const built = await buildTools(missing, { build, own, save: mode.save }, ready, chosen)
  const all = [...there, ...built.list]
  const story: ToolsStory = {
    list: benches.flatMap(({ tool }) => all.find(({ name }) => name === tool.name) ?? []),
    directories: [...new Set(benches.map(({ directory }) => directory))],
    why: mode.why,
    plan: built.plan,
    warnings,
    failure: built.failure,
  }
  return { story, requests: built.requests }
}

function failedStory(failure: Problem): ToolsDone {
  const story = { list: [], directories: [], why: undefined, plan: [], warnings: [], failure }
  return { story, requests: [] }
}

const NO_ANSWER: Problem = {
  code: 'TOOL_GO_ENV',
  message: 'The tools could not be installed: `go env` did not answer.',
  hint: 'Does `go env` work in a shell here?',
}
