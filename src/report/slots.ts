import type { TimeSpan } from './spans.ts'

/** In whole microseconds, the unit of a trace: as the rounding keeps the order, nothing comes to overlap by it. */
export interface Slotted<T extends TimeSpan> {
  readonly span: T
  readonly fromUs: number
  readonly toUs: number
}

/** Spreads spans over as few slots as will do so that none in a slot overlaps another; each slot is in order. */
export function allot<T extends TimeSpan>(spans: readonly T[]): readonly (readonly Slotted<T>[])[] {
  const slots: Slotted<T>[][] = []
  const freeUs: number[] = []
  const placed = spans
    .map(span => ({ span, fromUs: microseconds(span.startMs), toUs: microseconds(span.startMs + span.ms) }))
    .sort((a, b) => a.fromUs - b.fromUs || a.toUs - b.toUs)
  for (const one of placed) {
    const free = freeUs.findIndex(us => us <= one.fromUs)
    // What took no time takes a place all the same.
    freeUs[free < 0 ? slots.length : free] = Math.max(one.toUs, one.fromUs + 1)
    const slot = slots[free]
    if (slot === undefined) slots.push([one])
    else slot.push(one)
  }
  return slots
}

function microseconds(ms: number): number {
  return Math.min(Number.MAX_SAFE_INTEGER, Math.round(ms * 1000))
}
