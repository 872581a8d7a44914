import type { PlaceAnswer } from '../gateway/telling/answers.ts'
import type { GatewayEvent } from '../gateway/telling/events.ts'
import type { Arriving } from '../gateway/telling/journal.ts'
import type { ModuleVersion } from '../go/module.ts'
import type { Movement } from './movement.ts'

/** Something that fetches for go before go asks. */
export interface Ahead {
  /** Grows with every byte that reaches it. */
  receivedBytes(): number
  /** The bodies that are arriving now. */
  arriving?(): readonly Arriving[]
  readonly events?: readonly GatewayEvent[]
  /** Requests that it has made so far. */
  requests(): number
  /** Grows with every byte that reaches it, and with every request of its own that ends. */
  activity(): number
  /** Whether it waits, within its own limits, for a proxy that has answered before (`alive`) or never (`unheard`). */
  awaited(): 'alive' | 'unheard' | 'none'
  /** Requests from go that it could not answer, so far. */
  gaveUp(): number
  /** Where go finds it in GOPROXY. */
  readonly url: string
  /**
   * What it gave go of this module was wrong. @param module `path@version`  @param what go found, in plain words
   * @returns whether asking it again can help
   */
  distrust(module: string, what: string): boolean
  /** What each proxy said that it asked for a module in vain. */
  answersFor?(module: ModuleVersion): readonly PlaceAnswer[]
  /** Stops fetching and answering. */
  close(): Promise<void>
}

/** Its address holds a secret, and means nothing to a reader: messages and reports say `gateway`. */
export function nameAhead(text: string, ahead: Ahead | undefined): string {
  return ahead === undefined ? text : text.replaceAll(ahead.url, 'gateway')
}

/** Counts what it does as movement, although go sees nothing of it. */
export function watchAhead(movement: Movement, ahead: Ahead | undefined): Movement {
  if (ahead === undefined) return movement
  let activity = ahead.activity()
  let bytes = ahead.receivedBytes()
  return {
    async look(zips) {
      const before = { activity, bytes }
      activity = ahead.activity()
      bytes = ahead.receivedBytes()
      const moved = await movement.look(zips)
      const awaited = ahead.awaited()
      if (bytes > before.bytes || awaited === 'alive') return 'arriving'
      const tries = activity > before.activity || awaited === 'unheard'
      return moved === 'nothing' && tries ? 'trying' : moved
    },
  }
}
