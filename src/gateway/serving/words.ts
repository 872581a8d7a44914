const MAX_LINES = 8
const MAX_COLUMNS = 200

/**
 * What a proxy of the user's own said, as it may go on to go, which prints it: lines of printable text, and none that a
 * runner would take for a command.
 */
export function cleanWords(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map(line => line.replace(/[^\P{C}\t]/gu, '').slice(0, MAX_COLUMNS))
    .filter(line => line.trim() !== '' && !/^\s*(::|##\[)/.test(line))
    .slice(0, MAX_LINES)
    .join('\n')
}
