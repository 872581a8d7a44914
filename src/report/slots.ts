/** Something that took time. */
interface Timed {
  readonly startMs: number
  readonly ms: number
}

/** In whole microseconds, the unit of a trace: as the rounding keeps the order, nothing comes to overlap by it. */
export type Slotted<T extends Timed> = T & { readonly fromUs: number; readonly toUs: number }

/** Spreads spans over as few slots as will do so that none in a slot overlaps another; each slot is in order. */
export function allot<T extends Timed>(spans: readonly T[]): readonly (readonly Slotted<T>[])[] {
  const slots: { freeUs: number; readonly spans: Slotted<T>[] }[] = []
  const placed = spans
    .map(span => ({ ...span, fromUs: microseconds(span.startMs), toUs: microseconds(span.startMs + span.ms) }))
    .sort((a, b) => a.fromUs - b.fromUs || a.toUs - b.toUs)
  for (const span of placed) {
    const free = slots.find(({ freeUs }) => freeUs <= span.fromUs)
    // What took no time takes a place all the same.
    const freeUs = Math.max(span.toUs, span.fromUs + 1)
    if (free === undefined) slots.push({ freeUs, spans: [span] })
    else {
      free.freeUs = freeUs
      free.spans.push(span)
    }
  }
  return slots.map(slot => slot.spans)
}

function microseconds(ms: number): number {
  return Math.min(Number.MAX_SAFE_INTEGER, Math.round(ms * 1000))
}
