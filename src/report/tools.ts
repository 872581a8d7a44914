import type { InstalledTool, ToolsStory } from '../tools/story.ts'
import { formatBytes, formatSeconds } from './units.ts'

export interface ToolReport {
  /** The command. */
  readonly name: string
  readonly package: string
  readonly version: string
  /** `restored`: from the cache service; `kept`: it was on this machine; `built`: by `go install`. */
  readonly how: InstalledTool['how']
  readonly seconds: number
  readonly bytes: number
  /** Whether post stores it. */
  readonly toBeSaved: boolean
}

export function toolReports({ list, plan }: ToolsStory): readonly ToolReport[] {
  return list.map(({ name, package: path, version, how, seconds, bytes }) => {
    const toBeSaved = plan.some(one => one.name === name)
    return { name, package: path, version, how, seconds, bytes, toBeSaved }
  })
}

/** What happened to the tools, in one line; undefined where none was installed. */
export function renderTools(tools: readonly ToolReport[] = []): string | undefined {
  if (tools.length === 0) return undefined
  return `Tools: ${tools.map(renderTool).join(', ')}.`
}

function renderTool({ name, version, how, seconds, bytes }: ToolReport): string {
  const what = `${name} ${version}`
  if (how === 'kept') return `${what} was there`
  return `${what} ${how} in ${formatSeconds(seconds)} (${formatBytes(bytes)})`
}
