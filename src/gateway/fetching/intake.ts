import type { Candidate } from '../../candidates/candidate.ts'
import { codeOf } from '../../errors.ts'
import type { ModuleRoute } from '../../objects/object.ts'
import type { SpoolWriter, Stored } from '../keeping/spool.ts'
import type { Flows } from './flow.ts'
import { type Meter, startMeter } from './meter.ts'
import type { RetrievalWorld } from './world.ts'

/** Stores the body of one answer while it arrives, and watches its pace. */
export interface Intake {
  /** A body begins; what was stored of an earlier one is discarded. @param length its bytes, where the head says so */
  begin(length: number | undefined): void
  write(chunk: Buffer): void
  /** Nothing more will arrive. */
  close(): void
  /** What was stored; undefined when nothing was. */
  finish(): Stored | undefined
  discard(): void
  /** Why this machine could not store it; undefined when it could. */
  fault(): string | undefined
}

export interface IntakeEvents {
  /** Called while it arrives too slowly. */
  readonly onSlow: () => void
  /** Called once when it cannot be stored. */
  readonly onFault: () => void
}

export function openIntake(
  route: ModuleRoute,
  upstream: Candidate,
  { onSlow, onFault }: IntakeEvents,
  { checks, clock, deadlines, flows, journal, spool }: RetrievalWorld,
): Intake {
  const isZip = route.kind === 'zip'
  let writer: SpoolWriter | undefined
  let meter: Meter | undefined
  let flow: ReturnType<Flows['open']> | undefined
  let arrival: ReturnType<RetrievalWorld['journal']['openBody']> | undefined
  let fault: string | undefined
  const store = (act: () => void) => {
    try {
      if (fault === undefined) act()
    } catch (error) {
      fault = `it could not be stored here (${codeOf(error)})`
      onFault()
    }
  }
  return {
    begin(length) {
      writer?.discard()
      store(() => {
        writer = isZip && checks.hashing !== undefined ? spool.openFile() : spool.open()
      })
      arrival?.close()
      arrival = journal.openBody(route.target, length)
      flow?.close()
      flow = isZip ? flows.open(upstream) : undefined
      meter?.stop()
      // Where another upstream may have it, a trickle is as bad as silence.
      meter = startMeter(clock, deadlines.stallMs, onSlow)
    },
    write(chunk) {
      arrival?.note(chunk.length)
      flow?.note(chunk.length)
      meter?.note(chunk.length)
      store(() => writer?.write(chunk))
    },
    close() {
      meter?.stop()
      arrival?.close()
      flow?.close()
    },
    finish() {
      let content: Stored | undefined
      store(() => {
        content = writer?.finish()
      })
      return content
    },
    discard: () => writer?.discard(),
    fault: () => fault,
  }
}
