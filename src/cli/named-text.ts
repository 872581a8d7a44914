import type { Clock } from '../effects.ts'
import { whyNotRead } from '../errors.ts'
import { readBounded } from '../runner/bounded-read.ts'

/** A text that the user named, and what to call it in messages. */
export interface NamedText {
  readonly name: string
  readonly text: string
}

/** One that could not be read; `why` stands behind "cannot be read: ". */
export interface UnreadText {
  readonly name: string
  readonly why: string
}

/** Reads what an argument or option names. @param path `-` is standard input */
export async function readNamed(path: string, mostBytes: number, clock: Clock): Promise<NamedText | UnreadText> {
  const name = path === '-' ? 'standard input' : path
  const read = await readBounded(path, mostBytes, clock)
  return 'text' in read ? { name, text: read.text } : { name, why: whyNotRead(read.fault) }
}
