/**
 * JSON for a file or a terminal: what a terminal or a runner could obey is escaped so that JSON parsers restore it. That is
 * control and invisible characters, and `##[` or `##vso[`, with which a runner's command may begin anywhere in a line.
 * @param indent spaces; none: all of it is one line
 */
export function safeJson(value: unknown, indent?: number): string {
  return defuseJson(JSON.stringify(value, null, indent))
}

/** The same of what is JSON already. */
export function defuseJson(json: string): string {
  const plain = json.replace(NOT_PLAIN, defuseSome)
  return plain.includes('##') ? plain.replace(/##(?=\w*\[)/g, '#\\u0023') : plain
}

/** A few characters of thousands: only these are worth the look into Unicode's tables. */
const NOT_PLAIN = /[^\n -~]+/g

/** JSON.stringify itself escapes what is below U+0020 and lone surrogates. The newlines that it writes must stay. */
const UNSAFE = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/gu

function defuseSome(text: string): string {
  return text.replace(UNSAFE, char => char.split('').map(escapeUnit).join(''))
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}
