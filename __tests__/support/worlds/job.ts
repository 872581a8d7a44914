import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Files } from '../../../src/effects.ts'
import { readInputs } from '../../../src/inputs/read.ts'
import { commandSource } from '../../../src/inputs/sources.ts'
import type { Job } from '../../../src/job/job.ts'
import { runJob } from '../../../src/job/run.ts'
import { defaultPolicy, type Policy } from '../../../src/policy.ts'
import type { Story } from '../../../src/report/story.ts'
import { systemClock } from '../../../src/runner/clock.ts'
import { systemRandom } from '../../../src/runner/random.ts'
import { terminalLog } from '../../../src/runner/terminal-log.ts'
import { realCommands, realFiles } from './effects.ts'
import { QUICK_GATEWAY } from './gateway.ts'
import type { TestProject } from './project.ts'
import { inlineThreads } from './threads.ts'

export const QUICK_POLICY: Policy = {
  ...defaultPolicy,
  benchmark: { ...defaultPolicy.benchmark, againForMs: 1_000, againMs: 20, maximumAgainMs: 50 },
  gateway: QUICK_GATEWAY,
  download: {
    ...defaultPolicy.download,
    stallMs: 5_000,
    graceMs: 500,
    maximumBackoffMs: 20,
    lastTryMs: 5_000,
    longestMs: 60_000,
    hostMs: 8_000,
  },
}

/** What a test replaces in a job. */
interface JobChange {
  /** Takes everything that is logged. */
  readonly write: (text: string) => void
  /** Debug lines are logged, too. */
  readonly debugging: boolean
  readonly files?: Files
}

/** A job in this process, with the real go and quick deadlines, as the command line makes one. */
export function jobIn(
  project: TestProject,
  options: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>>,
  { write, debugging, files = realFiles }: JobChange,
): Job {
  const inputs = readInputs(commandSource(options, env, project.directory))
  if (!inputs.ok) throw new Error(JSON.stringify(inputs.problems))
  const temporaryDirectory = join(dirname(project.directory), 'temporary')
  mkdirSync(temporaryDirectory, { recursive: true })
  return {
    effects: {
      clock: systemClock,
      random: systemRandom,
      files,
      commands: realCommands,
      threads: inlineThreads,
      log: terminalLog({ write }, systemClock, { color: false, debugging }),
      env,
      platform: process.platform,
    },
    inputs: inputs.value.inputs,
    warnings: [],
    temporaryDirectory,
    startMs: systemClock.now(),
    policy: QUICK_POLICY,
    parentProcessId: process.ppid,
    processors: 2,
    onBackup: () => {},
    signal: new AbortController().signal,
  }
}

export interface JobRun {
  readonly story: Story
  /** Everything that was logged, debug lines too. */
  readonly log: string
}

/** The whole story in this process, with the real go, as a job under RUNNER_DEBUG=1. */
export async function runStory(
  project: TestProject,
  options: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>>,
  files: Files = realFiles,
  face: Partial<Pick<Job, 'command' | 'signal' | 'policy'>> = {},
): Promise<JobRun> {
  let log = ''
  const write = (text: string) => {
    log += text
  }
  const job = jobIn(project, options, { ...env, RUNNER_DEBUG: '1' }, { write, debugging: true, files })
  const story = await runJob({ ...job, ...face })
  return { story, log }
}
