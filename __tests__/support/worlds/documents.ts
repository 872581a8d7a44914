import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runProgram } from './run-program.ts'

export const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

/** A fenced block of a document. */
export interface Block {
  readonly file: string
  readonly language: string
  readonly text: string
}

/** The documents that users read, by path below the root. */
export const DOCUMENTS: readonly string[] = [
  'README.md',
  ...['docs', 'docs/zh-CN'].flatMap(folder =>
    readdirSync(join(ROOT, folder))
      .filter(name => name.endsWith('.md'))
      .map(name => `${folder}/${name}`),
  ),
]

export function readDocument(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8')
}

export function blocksOf(file: string): readonly Block[] {
  return [...readDocument(file).matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language = '', text = '']) => ({
    file,
    language,
    text,
  }))
}

/** The block in which a reader clones the repository and tries what it does. */
export function blockToTry(): readonly string[] {
  const block = blocksOf('README.md').find(({ language, text }) => language === 'sh' && text.includes('git clone'))
  return (block?.text ?? '').trimEnd().split('\n')
}

/**
 * Variables under which the URL that the README names is this very repository, without its history, whose packing takes
 * longer than all else. @param directory of the test's own
 */
export function cloneFromHere(directory: string): Readonly<Record<string, string>> {
  const origin = /git clone (\S+)/.exec(blockToTry()[0] ?? '')?.[1] ?? ''
  const bare = join(directory, 'origin.git')
  execFileSync('git', ['clone', '-q', '--bare', '--depth', '1', `file://${ROOT.replace(/\/$/, '')}`, bare], {
    // The checkout may belong to another user than the one who runs the tests.
    env: { ...process.env, GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'safe.directory', GIT_CONFIG_VALUE_0: '*' },
  })
  return { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: `url.file://${bare}.insteadOf`, GIT_CONFIG_VALUE_0: origin }
}

/** What was built is what is tried: a copy of it goes into the clone. */
export function useBuilt(program: string): string {
  return `cp -R '${dirname(program)}/.' dist/`
}

/** Runs lines in one shell, which ends at the first that fails. @returns the exit code and all that was printed */
export async function runLines(
  lines: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
  timeoutMs: number,
): Promise<{ readonly code: number; readonly output: string }> {
  const script = ['set -euo pipefail', ...lines].join('\n')
  const { code, words } = await runProgram('bash', ['-xc', script], { cwd, env, timeoutMs })
  return { code, output: words }
}
