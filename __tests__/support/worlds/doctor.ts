import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Checkup } from '../../../src/doctor/checkup.ts'
import type { Finding } from '../../../src/doctor/finding.ts'
import { readInputs } from '../../../src/inputs/read.ts'
import { commandSource } from '../../../src/inputs/sources.ts'
import { examine } from '../../../src/job/doctor/examine.ts'
import type { Job } from '../../../src/job/job.ts'
import { systemClock } from '../../../src/runner/clock.ts'
import { systemRandom } from '../../../src/runner/random.ts'
import { terminalLog } from '../../../src/runner/terminal-log.ts'
import { realCommands, realFiles } from './effects.ts'
import { QUICK_POLICY } from './job.ts'
import type { TestProject } from './project.ts'
import { inlineThreads } from './threads.ts'

/** A job for the doctor in this process, with the real go, as the command line makes one. */
export function doctorJob(
  project: TestProject,
  options: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>>,
): Job {
  const inputs = readInputs(commandSource(options, env, project.directory))
  if (!inputs.ok) throw new Error(JSON.stringify(inputs.problems))
  const temporaryDirectory = join(dirname(project.directory), 'temporary')
  mkdirSync(temporaryDirectory, { recursive: true })
  return {
    effects: {
      clock: systemClock,
      random: systemRandom,
      files: realFiles,
      commands: realCommands,
      threads: inlineThreads,
      log: terminalLog({ write: () => {} }, systemClock, { color: false, debugging: false }),
      env,
      platform: process.platform,
    },
    inputs: { ...inputs.value.inputs, credentialsScope: 'download' },
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

export function examineIn(
  project: TestProject,
  options: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>>,
): Promise<Checkup> {
  return examine(doctorJob(project, options, env))
}

/**
 * What is wrong, as `fault settings GOPROXY_SYNTAX`, worst first; but for a slow disk, which a machine really has while all
 * tests run on it.
 */
export function wrongIn(checkup: Checkup): readonly string[] {
  return checkup.layers
    .flatMap(({ layer, findings }) => findings.map(finding => ({ ...finding, layer })))
    .filter(finding => isWrong(finding) && finding.code !== 'DOCTOR_DISK_SLOW')
    .sort((a, b) => a.judgement.localeCompare(b.judgement))
    .map(({ judgement, layer, code }) => `${judgement} ${layer} ${code}`)
}

function isWrong({ judgement }: Pick<Finding, 'judgement'>): boolean {
  return judgement === 'fault' || judgement === 'warning'
}
