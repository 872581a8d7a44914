import type { Log, Progress } from '../../../src/effects.ts'

/** A log of which only what is followed last matters. `read` gives what it would show now. */
export function followedLog(): { readonly log: Log; read(): Progress | undefined } {
  let reading: () => Progress | undefined = () => undefined
  const log: Pick<Log, 'follow'> = {
    follow: given => {
      reading = given
      return () => {}
    },
  }
  return { log: log as Log, read: () => reading() }
}
