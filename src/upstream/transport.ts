import type { Clock, Effects } from '../effects.ts'
import type { Place } from '../places/place.ts'
import { USER_AGENT } from '../version.ts'
import { type ConnectionOptions, type Connections, openConnections } from './connection.ts'
import { hostsFile } from './lookup.ts'
import { readTrustedRoots } from './trust.ts'

/** What fetching needs of the world. */
export interface Transport {
  readonly connections: Connections
  readonly clock: Clock
  readonly userAgent: string
  /** Which secret is for which place; undefined: there is none. */
  readonly logins?: readonly Login[] | undefined
}

/** A user and a password for all https URLs at a place. */
export interface Login extends Place {
  readonly user: string
  readonly token: string
}

/** Opens connections that trust what go trusts and use the HTTP proxies that go uses. The caller closes them. */
export async function openTransport(
  options: Pick<ConnectionOptions, 'connectMs' | 'proxyAnswerMs' | 'connectionsPerOrigin' | 'http2'> &
    Pick<Transport, 'logins'>,
  { clock, env, files, platform }: Pick<Effects, 'clock' | 'env' | 'files' | 'platform'>,
): Promise<Transport> {
  const trustedRoots = await readTrustedRoots(env, platform, files)
  return {
    connections: openConnections({
      ...options,
      env,
      trustedRoots,
      clock,
      nameFiles: {
        readHosts: () => files.readText(hostsFile({ env, platform })),
        // Elsewhere names come from places that only the system knows.
        readResolver: platform === 'linux' ? () => files.readText('/etc/resolv.conf') : undefined,
      },
    }),
    clock,
    userAgent: USER_AGENT,
    logins: options.logins,
  }
}
