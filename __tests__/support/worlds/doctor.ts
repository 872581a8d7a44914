import type { Checkup } from '../../../src/doctor/checkup.ts'
import type { Finding } from '../../../src/doctor/finding.ts'
import { examine } from '../../../src/job/doctor/examine.ts'
import type { Job } from '../../../src/job/job.ts'
import { jobIn } from './job.ts'
import type { TestProject } from './project.ts'

/** A job for the doctor in this process, with the real go, as the command line makes one. */
export function doctorJob(
  project: TestProject,
  options: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>>,
): Job {
  const job = jobIn(project, options, env, { write: () => {}, debugging: false })
  return { ...job, inputs: { ...job.inputs, credentialsScope: 'download' } }
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
