import { diagnose } from '../credentials/diagnose.ts'
import type { Waiting } from '../download/waiting.ts'
import type { Problem } from '../errors.ts'
import type { GoFailure } from '../go/failure.ts'
import { type Asking, findSilentHost } from './silent-host.ts'

/** Explains a failed download: by go's messages about private modules, else by asking the hosts that go waits for. */
export async function diagnoseFailure(
  { retry, text }: GoFailure,
  words: string,
  waiting: Waiting,
  asking: Asking,
): Promise<Problem | undefined> {
  const said = diagnose(words, text, asking.means.credentials.known)
  if (said !== undefined || retry !== 'rounds') return said
  const { connectTimeoutMs } = asking.job.inputs
  return findSilentHost(waiting, { patienceMs: connectTimeoutMs, proxyMs: connectTimeoutMs }, asking)
}
