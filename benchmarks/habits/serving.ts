import {
  type ModuleServer,
  type ServerHabits,
  startModuleServer,
} from '../../__tests__/support/servers/module-server.ts'
import type { Habit, Opened, Place } from './habit.ts'

/** A module proxy with these habits; for two candidates another one that is alike. */
export function serving(habitsOf: (place: Place) => Omit<ServerHabits, 'objects'> = () => ({})): Habit['open'] {
  return async place => {
    const count = place.way === 'two' ? 2 : 1
    const { objects } = place.library
    const start = () => startModuleServer({ objects, ...habitsOf(place) })
    return opened(await Promise.all(Array.from({ length: count }, start)))
  }
}

/** These servers, with plain HTTP on loopback unless their URLs are given. */
export function opened(
  servers: readonly ModuleServer[],
  { urls = servers.map(({ port }) => `http://127.0.0.1:${port}`), env }: Partial<Pick<Opened, 'urls' | 'env'>> = {},
): Opened {
  return {
    urls,
    ...(env && { env }),
    ledgers: () => servers.map(server => server.ledger()),
    close: async () => void (await Promise.all(servers.map(server => server.close()))),
  }
}
