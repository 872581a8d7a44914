import { digest } from '../build-cache/key.ts'
import type { Tool } from '../inputs/tools.ts'

/** Goes up when an entry's contents mean something else. */
const SCHEMA = 1

export interface ToolKeyMaterial {
  readonly os: string
  readonly arch: string
  /** As `go env GOVERSION` says. */
  readonly goVersion: string
  /** What else changes the program that go makes; names and values. */
  readonly parts: Readonly<Record<string, string>>
}

/** The beginning of the names of a tool's entries; ends with a dash. */
export function toolKey(tool: Tool, { os, arch, goVersion, parts }: ToolKeyMaterial): string {
  const plain = (text: string) => text.replace(/[^\w.]+/g, '_').slice(0, 60)
  const all = { ...parts, os, arch, goVersion, package: tool.package, version: tool.version }
  return `go-proxy-setup-tool-${SCHEMA}-${plain(tool.name)}-${plain(tool.version)}-${os}-${arch}-${plain(goVersion)}-${digest(all)}-`
}

/** @param again set when the entry that is there is no good: entries cannot be replaced, and the newest one counts */
export function toolEntryKey(key: string, bytes: number, again?: string): string {
  return `${key}${bytes}${again === undefined ? '' : `-${again}`}`
}

/** The size of the program; undefined for a name that is none of this tool's entries. */
export function bytesInToolKey(entry: string, key: string): number | undefined {
  const [, digits] = /^(\d{1,10})(?:-[0-9a-f]{1,16})?$/.exec(entry.slice(key.length)) ?? []
  return entry.startsWith(key) && digits !== undefined ? Number(digits) : undefined
}
