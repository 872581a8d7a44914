import type { Candidates } from '../candidates/candidate.ts'
import type { Transport } from '../upstream/fetch.ts'
import { openTransport } from '../upstream/transport.ts'
import type { Job } from './job.ts'

/** The transport of the whole run, without logins. */
export function openConnections({ inputs, policy, effects }: Job): Promise<Transport> {
  const connectionsPerOrigin = policy.gateway.window.maximumTrusted
  const { connectTimeoutMs: connectMs, readTimeoutMs: proxyAnswerMs } = inputs
  return openTransport({ connectMs, proxyAnswerMs, connectionsPerOrigin, logins: [] }, effects)
}

/** A connection costs three round trips before it can carry a request: they begin while the project is read. */
export async function connectAhead(
  { command, inputs }: Job,
  { list }: Candidates,
  opening: Promise<Transport>,
): Promise<void> {
  const asksProxies = inputs.benchmark !== 'off' || inputs.download || command !== undefined
  if (!asksProxies) return
  const { connections } = await opening
  for (const { starts, list: chain } of list) {
    const [first] = chain.entries
    if (starts === 'at once' && first?.url.startsWith('https:')) connections.openAhead(new URL(first.url))
  }
}
