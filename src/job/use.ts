import type { Download } from '../download/download.ts'
import type { Problem } from '../errors.ts'
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

/** What came of go's run. */
export interface Used {
  readonly story: Pick<Story, 'gateway' | 'requests' | 'download' | 'exitCode' | 'failure'>
  readonly warnings: readonly Problem[]
  /** Modules that some cold proxy still lacks. */
  readonly leftCold: readonly ModuleVersion[]
}

/** Downloads the modules, or runs the command; neither where there is no project, the inputs say so, or the user has stopped us. */
export async function use(ready: Ready, chosen: Chosen): Promise<Used> {
  const { job, prepared, cache, phases } = ready
  const { command } = job
  if (job.signal.aborted && runsGo(job, prepared)) return STOPPED
  if (command !== undefined) {
    const { warnings, leftCold, ...done } = await phases.time('command', () => runCommand(ready, chosen, command))
    return { story: { ...done, download: undefined }, warnings, leftCold }
  }
  if (!runsGo(job, prepared)) return NOT_USED
  const { download, gateway, requests, leftCold } = await phases.time('download', () =>
    cache.beside(prepared, predictSeconds(chosen), (rest, onGateway) =>
      downloadModules({ ...ready, prepared: rest }, chosen, onGateway),
    ),
  )
  noteToolchain(download, phases)
  return {
    story: { gateway, requests, download, exitCode: undefined, failure: download.failure },
    warnings: [...download.warnings, ...slowDownload(download, job.inputs)],
    leftCold,
  }
}

const NOT_USED: Used = {
  story: { gateway: undefined, requests: [], download: undefined, exitCode: undefined, failure: undefined },
  warnings: [],
  leftCold: [],
}

const STOPPED: Used = {
  ...NOT_USED,
  story: {
    ...NOT_USED.story,
    failure: {
      code: 'DOWNLOAD_CANCELLED',
      message: 'Stopped before go was started.',
      hint: '',
    },
  },
}

function predictSeconds({ facts: { ranking }, choice }: Chosen): number | undefined {
  return ranking?.measurements.find(({ candidate }) => candidate.name === choice.proxy)?.predictedSeconds ?? undefined
}

/** The toolchain switch is the download's first part. It has a phase of its own since go.mod asks for it. */
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
      hint: 'The table of candidates shows whether another proxy would be faster; a module cache would avoid it.',
    },
  ]
}
