import { join } from 'node:path'
import { usesNetrc } from '../candidates/logins.ts'
import { type Credentials, installCredentials } from '../credentials/install.ts'
import { childEnvironment } from '../environment/variables.ts'
import type { Result } from '../errors.ts'
import { joinPatterns } from '../go/patterns.ts'
import { possible } from '../project/project.ts'
import type { Job } from './job.ts'
import type { Prepared } from './prepare.ts'

/** Whether later steps use the credentials too; otherwise they are removed with this step. */
export function outlivesStep({ inputs }: Job): boolean {
  return inputs.export && inputs.credentialsScope === 'job'
}

export function credentialsDirectory({ temporaryDirectory }: Pick<Job, 'temporaryDirectory'>): string {
  return join(temporaryDirectory, 'credentials')
}

/** Removes the credentials when the step ends; post removes those that later steps use, with our directory. */
export async function removeWithStep(job: Job): Promise<void> {
  if (!outlivesStep(job)) await job.effects.files.remove(credentialsDirectory(job))
}

/** @param ownDomains `private-domains` of this use alone: its keys are not for places that only an earlier use named */
export async function installFor(
  job: Job,
  { settings, project, candidates, toolchain }: Pick<Prepared, 'settings' | 'project' | 'candidates' | 'toolchain'>,
  ownDomains: readonly string[],
): Promise<Result<Credentials>> {
  const { effects, inputs, policy } = job
  return installCredentials(
    {
      inputs,
      toFiles: inputs.download || job.command !== undefined || outlivesStep(job),
      env: settings.env,
      childEnv: childEnvironment(settings.env, []),
      patterns: joinPatterns(settings.GOPRIVATE.value, settings.GONOPROXY.value, inputs.privateDomains.join(',')),
      keyPatterns: joinPatterns(settings.GOPRIVATE.value, settings.GONOPROXY.value, ownDomains.join(',')),
      modules: possible(project).modules,
      // The Pushgateway is a server of the user's own that may have a login, as a proxy is.
      ownProxies: [
        ...candidates.list
          .filter(({ trust }) => trust === 'own')
          .flatMap(({ list }) => list.entries.map(({ url }) => url)),
        ...(inputs.metricsPushUrl === undefined ? [] : [inputs.metricsPushUrl]),
      ],
      goVersion: toolchain ?? settings.version,
      installedGo: settings.version,
      goReadsNetrc: usesNetrc(settings),
      later: job.command !== undefined ? 'command' : outlivesStep(job) ? 'steps' : 'nobody',
      directory: credentialsDirectory(job),
    },
    { ...effects, timeoutMs: policy.goQueryMs, graceMs: policy.download.graceMs },
  )
}
