/**
 * Whether a module may have a file of this name, on every system: Windows takes a colon, a final dot or the name of a
 * device for something else. Source: golang.org/x/mod/module.CheckFilePath. That no part of it is empty, `.` or `..` is
 * checked with the zip.
 */
export function isFilePath(name: string): boolean {
  return name.split('/').every(part => ALLOWED.test(part) && !part.endsWith('.') && !DEVICE.test(part))
}

const ALLOWED = /^[\p{L}0-9!#$%&()+,\-.=@[\]^_{}~ ]+$/u
const DEVICE = /^(con|prn|aux|nul|com[1-9]|lpt[1-9])(\.|$)/i
