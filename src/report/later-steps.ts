import type { Files } from '../effects.ts'
import type { GatewayFigures } from '../gateway/telling/events.ts'
import { renderReport } from './json.ts'
import { count, formatBytes } from './units.ts'

/**
 * Adds to a report file what is known only when the job ends. A later step may have removed or rewritten the file: one
 * that is not our report stays as it is.
 * @param workspace links in it that lead out of it are not followed
 * @returns whether it was added
 */
export async function addLaterSteps(
  path: string,
  laterSteps: GatewayFigures,
  files: Files,
  workspace?: string,
): Promise<boolean> {
  // A FIFO would block us, and cannot be rewritten.
  if ((await files.kind(path)) !== 'file') return false
  const text = await files.readText(path)
  const report = text === undefined ? undefined : parseReport(text)
  if (report === undefined) return false
  await files.deliver(path, renderReport({ ...report, laterSteps }), { confinedTo: workspace })
  return true
}

function parseReport(text: string): object | undefined {
  try {
    const value = JSON.parse(text) as { tool?: { name?: unknown } } | null
    return value?.tool?.name === 'go-proxy-setup' ? (value as object) : undefined
  } catch {
    return undefined
  }
}

/** What a gateway did, in a sentence of numbers, without foreign text. */
export function renderGateway(figures: GatewayFigures): string {
  const { served, servedAhead, placed, requests, bytes, retries, rejected, warmed } = figures
  const ahead = servedAhead === 0 ? '' : ` (${servedAhead} fetched ahead)`
  const faults = [
    retries === 0 ? '' : `, ${count(retries, 'retry', 'retries')}`,
    rejected === 0 ? '' : `, ${count(rejected, 'wrong answer')} rejected`,
    ...warmed.map(({ modules }) => `, ${count(modules, 'module')} asked of a cold proxy`),
  ]
  const before = placed === 0 ? '' : `${count(placed, 'file')} put into the module cache, `
  return `${before}${count(served, 'object')} served${ahead}, ${count(requests, 'request')} to proxies, ${formatBytes(bytes)}${faults.join('')}`
}
