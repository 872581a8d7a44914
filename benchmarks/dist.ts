import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Program } from './program.ts'
import { inRounds } from './rounds.ts'
import { each, type Sides } from './sides.ts'

const STARTS = 15

export function bytesOf(directory: string): number {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())
  return files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0)
}

/** Milliseconds from start to exit with these arguments, and those of an empty script beside them. */
export async function startTimes(
  programs: Sides<Program>,
  ...args: readonly string[]
): Promise<Sides<readonly number[]> & { readonly empty: readonly number[] }> {
  const directory = mkdtempSync(join(tmpdir(), 'start-'))
  try {
    const script = join(directory, 'empty.mjs')
    writeFileSync(script, '')
    return await inRounds(STARTS, {
      empty: async () => timed([script]),
      ...each(
        programs,
        ({ dist }) =>
          async () =>
            timed([join(dist, 'index.js'), ...args]),
      ),
    })
  } finally {
    rmSync(directory, { recursive: true })
  }
}

function timed(args: readonly string[]): number {
  const start = performance.now()
  execFileSync(process.execPath, [...args], { stdio: 'ignore' })
  return performance.now() - start
}
