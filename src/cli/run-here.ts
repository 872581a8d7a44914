import { pipelineNamesOf } from '../ci/pipeline.ts'
import type { CheckedInputs } from '../inputs/read.ts'
import type { Job } from '../job/job.ts'
import { pushMetrics } from '../job/push-metrics.ts'
import { runJob } from '../job/run.ts'
import { withTraceSent } from '../job/send-trace.ts'
import { describeMetricsRun } from '../report/metrics/run.ts'
import { filesOf, publish } from '../report/publish.ts'
import type { Report } from '../report/report.ts'
import type { Story } from '../report/story.ts'
import { jobHere } from './job-here.ts'
import type { VerbWorld } from './world.ts'

/** Does a job as a command of a shell, which has no later steps, and publishes its report. @param what see `Job` */
export async function runJobHere(
  checked: CheckedInputs,
  world: VerbWorld,
  what: Pick<Job, 'command' | 'thorough' | 'installsGo' | 'keptGoZip'> = {},
): Promise<JobHere> {
  const { effects, signal } = world
  const { inputs } = checked
  const begun = jobHere(checked, world)
  const { policy } = begun
  // As the user sees it: with the start of this process.
  const startMs = begun.startMs - process.uptime() * 1000
  const story = await runJob({ ...begun, ...what, startMs })
  const { summary, workingDirectory } = inputs
  const run = describeMetricsRun(pipelineNamesOf(effects.env), effects.clock.date(), effects.log.redact)
  const options = { ...filesOf(inputs), run, summary, workspace: workingDirectory.workspace }
  const published = await publish(story, options, effects, undefined)
  const report = await withTraceSent({ report: published, startMs, effects, policy, signal })
  const push = async () => {
    const unpushed = await pushMetrics(report, run, { effects, inputs, policy, signal })
    if (unpushed !== undefined) effects.log.warning(unpushed)
  }
  return { story, report, push }
}

interface JobHere {
  readonly story: Story
  readonly report: Report
  /** Pushes the metrics, if they are wanted: last of all. */
  push(): Promise<void>
}
