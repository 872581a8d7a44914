import type { InstalledTool, ToolsStory } from '../tools/story.ts'
import { escapeMarkdown, figure, table, tableRow } from './escape.ts'
import { count, formatBytes, formatSeconds } from './units.ts'

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

/** So many have room in one line. */
const IN_A_LINE = 3

/** What happened to the tools: few of them in one line, more in a line each, below their number; none: no line. */
export function renderTools(tools: readonly ToolReport[] = []): readonly string[] {
  if (tools.length === 0) return []
  if (tools.length <= IN_A_LINE) return [`Tools: ${tools.map(renderTool).join(', ')}.`]
  return [`${countTools(tools)}:`, ...tools.map(tool => `  ${renderTool(tool)}`)]
}

/** The same in Markdown: more than a few are a table. */
export function renderToolsSection(tools: readonly ToolReport[] = []): string {
  if (tools.length <= IN_A_LINE)
    return renderTools(tools)
      .map(line => escapeMarkdown(line, 600))
      .join('')
  const rows = tools.map(({ name, version, how, seconds, bytes }) => {
    const time = how === 'kept' ? '' : figure(formatSeconds(seconds))
    return tableRow([escapeMarkdown(name), escapeMarkdown(version), WORDS[how], time, figure(formatBytes(bytes))])
  })
  return [`${countTools(tools)}.`, '', table(['tool', 'version', '', 'time', 'size'], ':::rr'), ...rows].join('\n')
}

const WORDS: Readonly<Record<InstalledTool['how'], string>> = {
  restored: 'restored',
  kept: 'was there',
  built: 'built',
}

/** `20 tools, 18 restored, 2 built`. */
function countTools(tools: readonly ToolReport[]): string {
  const kinds = (['kept', 'restored', 'built'] as const).flatMap(kind => {
    const number = tools.filter(({ how }) => how === kind).length
    return number === 0 ? [] : `${number} ${kind === 'kept' ? 'there' : kind}`
  })
  return `${count(tools.length, 'tool')}, ${kinds.join(', ')}`
}

function renderTool({ name, version, how, seconds, bytes }: ToolReport): string {
  const what = `${name} ${version}`
  if (how === 'kept') return `${what} was there`
  return `${what} ${how} in ${formatSeconds(seconds)} (${formatBytes(bytes)})`
}
