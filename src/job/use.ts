import type { Download } from '../download/download.ts'
import { type Problem, stoppedBefore } from '../errors.ts'
import type { WrongSender } from '../gateway/telling/events.ts'
import type { ModuleVersion } from '../go/module.ts'
import type { Inputs } from '../inputs/inputs.ts'
import type { Phases } from '../report/phases.ts'
import type { Story } from '../report/story.ts'
import { writeDuration } from '../text/duration.ts'
import { downloadModules } from './download-modules.ts'
import type { Chosen } from './measure.ts'
import { runsGo } from './prepare.ts'
import type { Ready } from './ready.ts'
import { runCommand } from './run-command.ts'
import type { ToolShop, ToolsDone } from './tools/open.ts'

/** The result of the stage `use`. */
export interface Used {
  readonly story: Pick<Story, 'gateway' | 'requests' | 'download' | 'exitCode' | 'tools' | 'failure'>
  readonly warnings: readonly Problem[]
  /** Modules that some cold proxy still lacks. */
  readonly leftCold: readonly ModuleVersion[]
  /** Proxies that sent wrong content: the warnings about them also need the choice for later steps. */
  readonly wrongSenders: readonly WrongSender[]
}

/**
 * Downloads the modules and installs the tools, or installs the tools and runs the command; nothing where there is no
 * project, the inputs say so, or the user has stopped us.
 */
export async function use(ready: Ready, chosen: Chosen, shop: ToolShop | undefined): Promise<Used> {
  const { job, prepared, phases } = ready
  const { command } = job
  if (job.signal.aborted && (runsGo(job, prepared) || shop !== undefined)) return STOPPED
  if (command === undefined) {
    const used = runsGo(job, prepared) ? await download(ready, chosen) : NOT_USED
    return used.story.failure === undefined ? withTools(used, await installTools(shop, ready, chosen)) : used
  }
  const tools = await installTools(shop, ready, chosen)
  if (tools?.story.failure !== undefined) return withTools(NOT_USED, tools)
  const directories = tools?.story.directories ?? []
  const { warnings, leftCold, wrongSenders, ...done } = await phases.time('command', () =>
    runCommand(ready, chosen, command, directories),
  )
  return withTools(
    { story: { ...done, download: undefined, tools: undefined }, warnings, leftCold, wrongSenders },
    tools,
  )
}

/** A job that has the programs does not need what was built for them, so that stays out of the build cache. */
async function installTools(shop: ToolShop | undefined, ready: Ready, chosen: Chosen): Promise<ToolsDone | undefined> {
  const sinceMs = ready.job.effects.clock.date().getTime()
  const done = await shop?.finish(ready, chosen)
  if (done?.story.list.some(({ how }) => how === 'built')) await ready.buildCache.disown(sinceMs)
  return done
}

function withTools(used: Used, done: ToolsDone | undefined): Used {
  if (done === undefined) return used
  const tools = done.story
  const failure = used.story.failure ?? tools.failure
  const requests = [...used.story.requests, ...done.requests]
  const warnings = [...used.warnings, ...tools.warnings]
  return { ...used, story: { ...used.story, requests, tools, failure }, warnings }
}

async function download(ready: Ready, chosen: Chosen): Promise<Used> {
  const { job, prepared, cache, phases } = ready
  const done = await phases.time('download', () =>
    cache.beside(prepared, predictSeconds(chosen), (rest, onGateway) =>
      downloadModules({ ...ready, prepared: rest }, chosen, onGateway),
    ),
  )
  const { download, gateway, requests, leftCold, wrongSenders } = done
  noteToolchain(download, phases)
  return {
    story: { gateway, requests, download, exitCode: undefined, tools: undefined, failure: download.failure },
    warnings: [...download.warnings, ...slowDownload(download, job.inputs)],
    leftCold,
    wrongSenders,
  }
}

const NOT_USED: Used = {
  story: {
    gateway: undefined,
    requests: [],
    download: undefined,
    exitCode: undefined,
    tools: undefined,
    failure: undefined,
  },
  warnings: [],
  leftCold: [],
  wrongSenders: [],
}

const STOPPED: Used = {
  ...NOT_USED,
  story: {
    ...NOT_USED.story,
    failure: stoppedBefore('go was started'),
  },
}

function predictSeconds({ facts: { ranking }, choice }: Chosen): number | undefined {
  return ranking?.measurements.find(({ candidate }) => candidate.name === choice.proxy)?.predictedSeconds ?? undefined
}

/** The toolchain switch is the first part of the download. It gets a phase of its own, because go.mod caused it. */
function noteToolchain({ toolchain }: Download, phases: Phases): void {
  const whole = phases.list.find(phase => phase.name === 'download')
  if (toolchain !== undefined && whole !== undefined) {
    phases.note({ name: `toolchain ${toolchain.version}`, startMs: whole.startMs, ms: toolchain.seconds * 1000 })
  }
}

function slowDownload({ seconds }: Download, { slowAfterMs }: Inputs): readonly Problem[] {
  if (slowAfterMs === undefined || seconds * 1000 <= slowAfterMs) return []
  return [
    {
      code: 'DOWNLOAD_SLOW',
      message: `The download took ${seconds.toFixed(1)} s, longer than \`slow-after: ${writeDuration(slowAfterMs)}\`.`,
      hint: 'The table of candidates shows whether another proxy would be faster. A module cache would avoid the download.',
    },
  ]
}
