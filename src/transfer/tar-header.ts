/**
 * Writing a tar archive that any tar can read and that is the same bytes for the same files: regular files of mode 0644, of
 * owner 0 and of one time. Source: POSIX.1-2024 pax, "ustar Interchange Format".
 */

const BLOCK = 512
const NAME_BYTES = 100
/** 1980-01-01, as in zips: of 1970 some programs say that it is implausible. Seconds. */
const TIME = 315_532_800

/** What stands before the content of a regular file. A name longer than a header has room for stands in one of its own. */
export function tarHeader(name: string, bytes: number): Buffer {
  if (Buffer.byteLength(name) <= NAME_BYTES) return header(name, bytes, '0')
  const record = Buffer.from(paxRecord('path', name))
  const short = Buffer.from(name).toString('latin1', 0, NAME_BYTES)
  return Buffer.concat([
    header('PaxHeader', record.length, 'x'),
    record,
    tarPadding(record.length),
    header(short, bytes, '0'),
  ])
}

/** What stands behind a content of so many bytes. */
export function tarPadding(bytes: number): Buffer {
  return Buffer.alloc((BLOCK - (bytes % BLOCK)) % BLOCK)
}

/** What ends an archive. */
export function tarEnd(): Buffer {
  return Buffer.alloc(2 * BLOCK)
}

function header(name: string, bytes: number, type: string): Buffer {
  const block = Buffer.alloc(BLOCK)
  const octal = (value: number, at: number, digits: number) => block.write(value.toString(8).padStart(digits, '0'), at)
  block.write(name, 0, NAME_BYTES)
  octal(0o644, 100, 7)
  octal(0, 108, 7)
  octal(0, 116, 7)
  octal(bytes, 124, 11)
  octal(TIME, 136, 11)
  block.fill(' ', 148, 156)
  block.write(type, 156)
  block.write('ustar\x0000', 257)
  octal(
    block.reduce((sum, byte) => sum + byte, 0),
    148,
    6,
  )
  block[154] = 0
  return block
}

/** Its length counts itself. */
function paxRecord(key: string, value: string): string {
  const rest = Buffer.byteLength(` ${key}=${value}\n`)
  let length = rest + 1
  while (rest + String(length).length !== length) length++
  return `${length} ${key}=${value}\n`
}
