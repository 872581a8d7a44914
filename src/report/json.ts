/**
 * A value as JSON for a file or a terminal, ending in a line end. What a terminal or a runner could obey is escaped,
 * which JSON's readers undo: control and invisible characters, and the mark `##[`, at which a runner looks for
 * commands anywhere in a line.
 */
export function renderJson(value: unknown): string {
  return `${defuse(JSON.stringify(value, null, 2))}\n`
}

/** The same as one line without its end: for an output's value. */
export function renderJsonLine(value: unknown): string {
  return defuse(JSON.stringify(value))
}

/** JSON.stringify escapes those below U+0020 and halves of pairs by itself; the line ends that it makes must stay. */
const UNSAFE = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/gu

function defuse(json: string): string {
  return json.replace(UNSAFE, char => char.split('').map(escapeUnit).join('')).replaceAll('##[', '#\\u0023[')
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}
