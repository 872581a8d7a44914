import type { Log, Progress } from '../effects.ts'
import type { Ticker } from './ticker.ts'

/** What is followed now: of several, what was begun last. */
export interface Following extends Pick<Log, 'follow'> {
  /** Ends all of it. */
  end(): void
}

export interface FollowingOptions {
  readonly ticker: Ticker
  readonly everyMs: number
  readonly show: (progress: Progress) => void
  /** Nothing is shown any more. */
  readonly onEnd: () => void
}

/** Reads progress only when it is to be shown, and only while something is followed. */
export function openFollowing({ ticker, everyMs, show, onEnd }: FollowingOptions): Following {
  let followed: readonly (() => Progress | undefined)[] = []
  let stopTicking: (() => void) | undefined
  const tick = () => {
    const progress = followed.at(-1)?.()
    if (progress !== undefined) show(progress)
  }
  const end = () => {
    followed = []
    stopTicking?.()
    stopTicking = undefined
    onEnd()
  }
  return {
    follow(read) {
      followed = [...followed, read]
      stopTicking ??= ticker(everyMs, tick)
      return () => {
        const isLast = followed.at(-1) === read
        followed = followed.filter(one => one !== read)
        if (followed.length === 0) end()
        else if (isLast) onEnd()
      }
    },
    end,
  }
}
