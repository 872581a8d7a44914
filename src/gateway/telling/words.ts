import { sanitizeLines, TEXT_LIMITS } from '../../text/sanitiser.ts'

const MAX_LINES = 8
const LINE_BYTES = 200
/** What the sanitiser made of a line that a runner would have taken for a command. */
const WAS_COMMAND = /^\s*(\\::|##\w*\\\[)/

/**
 * What a proxy wrote about its failure, made fit for go to print: a few short lines of printable text. A line that is a
 * command to a runner is left out.
 */
export function wordsOfProxy(text: string): readonly string[] {
  return sanitizeLines(text, { ...TEXT_LIMITS, lineBytes: LINE_BYTES })
    .filter(line => line.trim() !== '' && !WAS_COMMAND.test(line))
    .slice(0, MAX_LINES)
}
