import { systemClock } from '../../../src/runner/clock.ts'
import { type ConnectionOptions, type Connections, openConnections } from '../../../src/upstream/connection.ts'

/** Real connections without a proxy of the network, which trust what Node trusts. */
export function createConnections(overrides: Partial<ConnectionOptions> = {}): Connections {
  return openConnections({
    env: {},
    trustedRoots: undefined,
    connectMs: 2_000,
    connectionsPerOrigin: 8,
    clock: systemClock,
    ...overrides,
  })
}

/** What a request is sent with. */
export function transportOver(connections: Connections, clock = systemClock) {
  return { connections, clock, userAgent: 'test' }
}
