import { join } from 'node:path'
import { childEnvironment } from '../../environment/variables.ts'
import { type Problem, reasonOf } from '../../errors.ts'
import { withoutSecrets } from '../../go/child-environment.ts'
import { type ProgramInfo, parseProgramInfo } from '../../go/tool.ts'
import type { Tool } from '../../inputs/tools.ts'
import type { RequestReport } from '../../report/requests.ts'
import { hashOf } from '../../tools/child.ts'
import { toolEntryKey } from '../../tools/key.ts'
import type { ToolRestore } from '../../tools/restore.ts'
import type { InstalledTool, ToolSavePlan } from '../../tools/story.ts'
import type { Job } from '../job.ts'
import type { Chosen } from '../measure.ts'
import type { Prepared } from '../prepare.ts'
import type { Ready } from '../ready.ts'
import { BESIDE_ANY_PROJECT, type ToolBuild } from './environment.ts'
import { behindToolGateway } from './gateway.ts'
import { installTool } from './install.ts'

/** One tool, and where its program is to be. */
export interface Bench {
  readonly tool: Tool
  /** See `toolKey`. */
  readonly key: string
  readonly file: string
  readonly directory: string
  readonly restore: ToolRestore | undefined
}

/** A tool that is not there. */
export interface MissingTool {
  readonly bench: Bench
  /** The cache service has an entry of it that is no good. */
  readonly spoiled: boolean
}

export interface BuildOptions {
  readonly build: ToolBuild
  /** Ours. */
  readonly own: string
  /** Whether what is built may be stored. */
  readonly save: boolean
}

export interface BuiltTools {
  readonly list: readonly InstalledTool[]
  readonly plan: readonly ToolSavePlan[]
  /** Why one could not be built; those behind it were not tried. */
  readonly failure: Problem | undefined
  readonly requests: readonly RequestReport[]
}

/** Private modules are stored only where the user says so; a private proxy may have any. */
export function isPrivateHere(path: string, { inputs }: Pick<Job, 'inputs'>, { privacy }: Prepared): boolean {
  return !inputs.cachePrivate && (inputs.privateProxy !== undefined || privacy.isSheltered(path))
}

/** Installs one after the other, for each uses all processors. */
export async function buildTools(
  missing: readonly MissingTool[],
  options: BuildOptions,
  ready: Ready,
  chosen: Chosen,
): Promise<BuiltTools> {
  const { job } = ready
  const { clock, log } = job.effects
  const list: InstalledTool[] = []
  const plan: ToolSavePlan[] = []
  if (missing.length === 0) return { list, plan, failure: undefined, requests: [] }
  const deadlineMs = clock.now() + job.inputs.timeoutMs
  const { result: failure, requests } = await behindToolGateway(ready, chosen, async (gateway, chains) => {
    for (const [i, { bench, spoiled }] of missing.entries()) {
      const { tool } = bench
      const sinceMs = clock.now()
      const what = `installing ${tool.name} ${tool.version}${missing.length > 1 ? ` (${i + 1} of ${missing.length})` : ''}`
      const stop = log.follow(() => ({ what, phase: tool.name, sinceMs }))
      const gobin = join(options.own, `gobin-${i}`)
      const env = {
        ...childEnvironment(ready.prepared.settings.env, chosen.choice.settings),
        ...ready.means.credentials.download,
        ...options.build.env,
        GOBIN: gobin,
      }
      const arrived = () => gateway?.figures().bytes ?? 0
      const problem = await installTool(
        { tool, chains, env, deadlineMs, arrived, gateway: gateway?.url },
        ready,
      ).finally(stop)
      if (problem !== undefined) return problem
      const placed = await place(bench, gobin, job)
      if ('problem' in placed) return placed.problem
      list.push({ ...tool, how: 'built', bytes: placed.bytes, seconds: (clock.now() - sinceMs) / 1000 })
      const saved = await planSave(placed, { bench, spoiled }, options, ready)
      if (saved !== undefined) plan.push(saved)
    }
    return undefined
  })
  return { list, plan, failure, requests }
}

/** A program at its place. */
interface Program {
  readonly bytes: number
  readonly info: ProgramInfo
}

/** Looks at what is at the tool's place. @returns undefined unless it is a program that go built from the tool's version */
export async function findProgram({ tool, file, directory }: Bench, job: Job): Promise<Program | undefined> {
  const { commands, env, files } = job.effects
  const path = join(directory, file)
  const [stat] = await files.stat([path])
  if (stat === undefined || stat.bytes === 0) return undefined
  const { stdout } = await commands.run('go', ['version', '-m', path], {
    cwd: job.temporaryDirectory,
    env: { ...withoutSecrets(env), ...BESIDE_ANY_PROJECT, GOTOOLCHAIN: 'local' },
    timeoutMs: job.policy.goQueryMs,
  })
  const info = parseProgramInfo(stdout)
  return info?.package === tool.package && info.module.version === tool.version
    ? { bytes: stat.bytes, info }
    : undefined
}

/** Moves what go built to the tool's place, whole or not at all. */
async function place(bench: Bench, gobin: string, job: Job): Promise<Program | { readonly problem: Problem }> {
  const { files } = job.effects
  const { tool, file, directory } = bench
  try {
    await files.move(join(gobin, file), join(directory, file))
    await files.remove(gobin)
    const program = await findProgram(bench, job)
    return program ?? { problem: notFound(tool, 'go made another program than was asked for') }
  } catch (error) {
    return { problem: notFound(tool, reasonOf(error)) }
  }
}

function notFound({ package: path, version }: Tool, why: string): Problem {
  return {
    code: 'TOOL_NOT_PLACED',
    message: `The tool ${path} ${version} was built but could not be put in place: ${why}.`,
    hint: 'Does the disk have space? Does GOFLAGS make go build something else (`go env GOFLAGS`)?',
  }
}

/** @returns undefined where it is not to be stored */
async function planSave(
  { bytes, info }: Program,
  { bench, spoiled }: MissingTool,
  { save }: BuildOptions,
  { job, prepared }: Ready,
): Promise<ToolSavePlan | undefined> {
  const { tool, key, file, directory } = bench
  if (!save || info.modules.some(module => isPrivateHere(module, job, prepared))) return undefined
  const sha256 = await hashOf(join(directory, file), job.effects.files)
  if (sha256 === undefined) return undefined
  const entry = toolEntryKey(key, bytes, spoiled ? job.effects.random.hex(4) : undefined)
  return { name: tool.name, key, entry, again: spoiled, directory, file, bytes, sha256, summary: job.inputs.summary }
}
