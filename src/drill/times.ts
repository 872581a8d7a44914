import type { Clock } from '../effects.ts'
import type { Scheduled } from './plan.ts'

/** When a front's trouble is on. */
export interface TroubleTimes {
  isOn(): boolean
  /** The run begins. */
  start(): void
  /** A connection has come: what is on from the start lasts from now. */
  connected(): void
  /** A request has come. */
  asked(): void
  /** One was answered as it should be. */
  answered(): void
  close(): void
}

/** @param onSwitch called whenever the trouble begins or ends */
export function openTimes(
  { after, forMs, times }: Pick<Scheduled, 'after' | 'forMs' | 'times'>,
  clock: Pick<Clock, 'after'>,
  onSwitch: (isOn: boolean) => void,
): TroubleTimes {
  let [isOn, begun, answers, closed, touched] = [false, 0, 0, false, false]
  let waits: (() => void) | undefined
  const wait = (ms: number, what: () => void) => {
    if (closed || !Number.isFinite(ms)) return
    waits = clock.after(ms, what)
  }
  const begin = () => {
    begun++
    isOn = true
    onSwitch(true)
    if (touched) wait(forMs, end)
  }
  const end = () => {
    isOn = false
    onSwitch(false)
    if (begun < times) wait(forMs, begin)
  }
  const beginIfDue = () => {
    if (begun === 0 && 'answers' in after && answers >= after.answers) begin()
  }
  return {
    isOn: () => isOn,
    start: beginIfDue,
    connected() {
      if (!touched && isOn) wait(forMs, end)
      touched = true
    },
    asked() {
      if ('ms' in after && begun === 0 && waits === undefined) wait(after.ms, begin)
    },
    answered() {
      answers++
      beginIfDue()
    },
    close() {
      closed = true
      isOn = false
      waits?.()
    },
  }
}
