import type { ToolchainStory } from '../toolchain/story.ts'
import { shortName } from './headline.ts'
import { formatBytes, formatSeconds } from './units.ts'

/** In one line: which Go it is, who asked for it, and where it came from. */
export function describeGo({ version, goroot, wanted, by, from, fetched }: ToolchainStory): string {
  const asked = by === '' ? 'there was none' : `${by} asks for ${wanted}`
  const what = `Go ${version.slice(2)} (${asked})`
  if (fetched !== undefined) {
    const { proxy, database, bytes, seconds } = fetched
    const proven = `proven by the checksum database through ${shortName(database)}`
    return `${what}: ${formatBytes(bytes)} from ${shortName(proxy)} in ${formatSeconds(seconds)}, ${proven}; installed in ${goroot}`
  }
  return `${what}: it is installed${from === 'PATH' ? '' : ` in ${goroot}`}`
}
