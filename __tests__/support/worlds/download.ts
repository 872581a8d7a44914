import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Choice } from '../../../src/choice/choice.ts'
import { type BuiltModule, goSumOf } from '../../../src/demo/modules.ts'
import { findArrivals } from '../../../src/download/arrivals.ts'
import type { Download, DownloadOptions } from '../../../src/download/download.ts'
import { runDownload } from '../../../src/download/run.ts'
import { parseGoSum } from '../../../src/go/gosum.ts'
import { EMPTY_PROJECT, type ModuleDirectory } from '../../../src/project/project.ts'
import { createChildren } from '../../../src/runner/children.ts'
import { systemClock } from '../../../src/runner/clock.ts'
import { systemCommands } from '../../../src/runner/commands.ts'
import { systemFiles } from '../../../src/runner/files.ts'
import { systemRandom } from '../../../src/runner/random.ts'
import { terminalLog } from '../../../src/runner/terminal-log.ts'
import { goEnvironment, type TestProject } from './project.ts'

export interface DownloadRun {
  readonly modules: readonly BuiltModule[]
  /** GOPROXY of each round; the last one repeats. */
  readonly rounds: readonly string[]
  readonly lastTry?: string
  readonly directories?: readonly ModuleDirectory[]
  readonly env?: Readonly<Record<string, string>>
  readonly inputs?: Partial<DownloadOptions['inputs']>
  readonly policy?: Partial<DownloadOptions['policy']>
  readonly findSilentHost?: DownloadOptions['findSilentHost']
  readonly signal?: AbortSignal
}

export interface DownloadResult {
  readonly download: Download
  /** What the log printed. */
  readonly lines: readonly string[]
  readonly backups: readonly string[]
}

/** The download room with the real go command, in deadlines for tests. */
export async function download(project: TestProject, run: DownloadRun): Promise<DownloadResult> {
  const env = { ...goEnvironment(project), GONOSUMDB: '*', ...run.env }
  const files = systemFiles(systemRandom)
  let printed = ''
  const terminal = {
    write: (text: string) => {
      printed += text
    },
  }
  const backups: string[] = []
  const temporaryDirectory = join(dirname(project.directory), 'temporary')
  const gomodcache = goEnvironment(project)['GOMODCACHE'] ?? ''
  const there = (await findArrivals(run.modules, gomodcache, files)).map(({ module }) => module)
  const result = await runDownload(
    {
      project: {
        ...EMPTY_PROJECT,
        directories: run.directories ?? [moduleIn(project.directory)],
        modules: run.modules,
        sums: parseGoSum(goSumOf(run.modules)).hashes,
        missing: run.modules.filter(module => !there.includes(module)),
        listed: run.modules,
      },
      choice: { rounds: run.rounds, lastTry: run.lastTry ?? 'off' } as unknown as Choice,
      inputs: { timeoutMs: 60_000, timeoutGiven: true, retries: 5, retryDelayMs: 10, ...run.inputs },
      policy: {
        stallMs: 10_000,
        graceMs: 500,
        maximumBackoffMs: 20,
        lastTryMs: 10_000,
        longestMs: 60_000,
        hostMs: 8_000,
        lockMs: 2_000,
        ...run.policy,
      },
      gomodcache,
      env,
      temporaryDirectory,
      signal: run.signal ?? new AbortController().signal,
      ...(run.findSilentHost && { findSilentHost: run.findSilentHost }),
    },
    {
      clock: systemClock,
      random: systemRandom,
      files,
      commands: systemCommands(systemClock, process.platform, createChildren()),
      log: terminalLog(terminal, systemClock, { color: false, debugging: true }),
      onBackup: directory => void backups.push(directory),
    },
  )
  return { download: result, lines: printed.split('\n'), backups }
}

export function moduleIn(path: string, name = '.'): ModuleDirectory {
  return {
    path,
    name,
    kind: 'module',
    vendored: false,
    modFiles: [join(path, 'go.mod')],
    sumFiles: [join(path, 'go.sum')],
  }
}

/** @param modules names of the directories that go.work uses */
export function workspaceIn(path: string, modules: readonly string[], name = '.'): ModuleDirectory {
  const sumFiles = [join(path, 'go.work.sum'), ...modules.map(module => join(path, module, 'go.sum'))]
  const modFiles = [join(path, 'go.work'), ...modules.map(module => join(path, module, 'go.mod'))]
  return { path, name, kind: 'workspace', vendored: false, modFiles, sumFiles }
}

/** The bytes of these files, null for those that are not there. */
export function contentOf(paths: readonly string[]): readonly (string | null)[] {
  return paths.map(path => (existsSync(path) ? readFileSync(path, 'latin1') : null))
}
