/**
 * What begins an annotation where `problem-matcher.json` is registered, which reads the lines of all later steps, ours too:
 * the first expression of each of its matchers.
 */
export const MATCHED: readonly RegExp[] = [
  /^(?:vet: )?((?:[A-Za-z]:)?[^\s:|][^:|]*\.go):(\d+):(\d+): (.+)$/,
  /^\s*--- FAIL: (\S+) \(\d+\.\d+s\)$/,
]

/** A line that none of them matches: what we quote is annotated by ourselves, at its place, or is a stranger's. */
export function withoutMatch(line: string): string {
  return MATCHED.some(one => one.test(line)) ? `| ${line}` : line
}
