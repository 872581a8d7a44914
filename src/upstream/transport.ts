import type { Effects } from '../effects.ts'
import { USER_AGENT } from '../version.ts'
import { type ConnectionOptions, openConnections } from './connection.ts'
import type { Transport } from './fetch.ts'
import { hostsFile } from './lookup.ts'
import { readTrustedRoots } from './trust.ts'

/** Connections that trust what go trusts and take the proxies that go takes. The caller closes them. */
export async function openTransport(
  options: Pick<ConnectionOptions, 'connectMs' | 'connectionsPerOrigin'> & Pick<Transport, 'logins'>,
  { clock, env, files, platform }: Pick<Effects, 'clock' | 'env' | 'files' | 'platform'>,
): Promise<Transport> {
  const trustedRoots = await readTrustedRoots(env, platform, files)
  return {
    connections: openConnections({
      ...options,
      env,
      trustedRoots,
      clock,
      readHosts: () => files.readText(hostsFile({ env, platform })),
    }),
    clock,
    userAgent: USER_AGENT,
    logins: options.logins,
  }
}
