import { findVulnerabilities, type Vulnerability } from '../go/version.ts'
import type { ChoiceFacts } from './choice.ts'

/** Weaknesses through which a proxy could pass off wrong content: of the go on PATH, and of the one it will switch to. */
export function findContentHoles({ settings, toolchain }: ChoiceFacts): readonly Vulnerability[] {
  const holes = [settings.version, toolchain ?? settings.version].flatMap(findVulnerabilities)
  return [...new Set(holes)].filter(({ kind }) => kind === 'sumdb')
}

/** Weaknesses of the check of a toolchain that go is about to fetch; none when it fetches none. */
export function findToolchainHoles({ settings, toolchain }: ChoiceFacts): readonly Vulnerability[] {
  return toolchain === undefined ? [] : findVulnerabilities(settings.version).filter(({ kind }) => kind === 'toolchain')
}
