import { join } from 'node:path'
import type { Files } from '../effects.ts'
import type { Problem } from '../errors.ts'
import { objectPath } from '../go/escape.ts'
import { redactUrl } from '../go/goproxy.ts'
import { findSumLine, sumKey } from '../go/gosum.ts'
import { type Mismatch, mismatchesIn } from '../go/mismatch.ts'
import { type NamedLine, nameIn } from '../project/lines.ts'
import type { ModuleDirectory } from '../project/project.ts'
import { sanitizeLine } from '../text/sanitiser.ts'
import type { DownloadOptions, DownloadWorld, Spared } from './download.ts'
import {
  type ExamineOptions,
  type ExamineWorld,
  examine,
  type ModulePlace,
  type Testimony,
  type Witnesses,
} from './examine.ts'
import type { DownloadRecord } from './record.ts'
import { judgeTestimony, type SumVerdict, tellVerdict } from './testimony.ts'

/** What came of a mismatch that go found. */
export interface Dispute {
  readonly mismatch: Mismatch
  readonly problem: Problem
  /** No place gives other content: a retry can only end the same. */
  readonly settled: boolean
  readonly liars: readonly ModulePlace[]
  readonly spared: Spared
}

interface DisputedRun {
  /** Everything that go printed. */
  readonly words: string
  readonly directory: ModuleDirectory
  readonly record: DownloadRecord
  /** When the whole download ends, by the clock. */
  readonly deadlineMs: number
}

/** Settles what go says of content that does not match, and notes who is to blame, and who is not. */
export async function settleDispute(
  { words, directory, record, deadlineMs }: DisputedRun,
  { witnesses, env, temporaryDirectory, policy, signal }: DownloadOptions,
  world: DownloadWorld,
): Promise<Dispute | undefined> {
  const [mismatch] = mismatchesIn(words)
  if (mismatch === undefined || witnesses === undefined) return undefined
  const options = {
    witnesses: witnesses(mismatch),
    directories: [directory],
    env,
    temporaryDirectory: join(temporaryDirectory, 'examined', String(record.disputes++)),
    timeoutMs: Math.min(policy.lastTryMs, deadlineMs - world.clock.now()),
    graceMs: policy.graceMs,
    signal,
  }
  const dispute = await decideDispute(mismatch, options, world)
  if (dispute === undefined) return undefined
  for (const { kind, goproxy } of dispute.liars) if (kind === 'proxy') record.quarantined.add(goproxy)
  record.spared.push(dispute.spared)
  return dispute
}

export interface DisputeOptions extends Omit<ExamineOptions, 'directory'> {
  readonly witnesses: Witnesses
  /** Where the line of go.sum may be. */
  readonly directories: readonly ModuleDirectory[]
  /** Ours; removed by the caller. */
  readonly temporaryDirectory: string
}

/**
 * Finds out who is wrong where content does not match: the line of go.sum, a proxy, or the author who moved a tag. Who
 * sent what the database has, or what everybody else sends, is spared.
 * @returns undefined where that cannot be asked, or the signal came first
 */
export async function decideDispute(
  mismatch: Mismatch,
  { witnesses, directories, temporaryDirectory, ...options }: DisputeOptions,
  world: ExamineWorld & Pick<DownloadWorld, 'log'>,
): Promise<Dispute | undefined> {
  const target = objectPath(mismatch.module, mismatch.kind)
  if (target === undefined) return undefined
  world.log.info(
    `${sumKey(mismatch.module, mismatch.kind)} does not match. Asking the proxies and the checksum database for it.`,
  )
  const ask = (name: string, sources: Witnesses['sources']) =>
    examine(mismatch, { ...witnesses, sources }, { ...options, directory: join(temporaryDirectory, name) }, world)
  let testimony = await ask('proxies', witnesses.sources)
  let verdict = judgeTestimony(testimony)
  if (witnesses.repository !== undefined && needsMore(verdict, testimony)) {
    const more = await ask('repository', [witnesses.repository])
    testimony = {
      ...more,
      ...testimony,
      said: [...testimony.said, ...more.said],
      rubbish: [...testimony.rubbish, ...more.rubbish],
      silent: [...testimony.silent, ...more.silent],
    }
    verdict = judgeTestimony(testimony)
  }
  for (const { source, why } of testimony.silent)
    world.log.debug(`${source.name} gave nothing to compare: ${redactUrl(sanitizeLine(why, WORDS))}`)
  if (options.signal.aborted) return undefined
  const liars = 'liars' in verdict ? verdict.liars : []
  const line = await findLine(mismatch, directories, world.files)
  return {
    mismatch,
    problem: tellVerdict(verdict, testimony, line),
    settled: verdict.kind !== 'sources lie' && verdict.kind !== 'no module',
    liars,
    spared: { target, except: liars.map(({ name }) => name) },
  }
}

/** Of what go says of a source, in the debug log. */
const WORDS = 300

/** Whether the repository's word could tell a moved tag from a proxy that lies, or one proxy's word from the line. */
function needsMore(verdict: SumVerdict, { said }: Testimony): boolean {
  return ['refuted', 'no module'].includes(verdict.kind) || (verdict.kind === 'undecided' && said.length < 2)
}

async function findLine(
  { module, kind, expected, database }: Mismatch,
  directories: readonly ModuleDirectory[],
  files: Pick<Files, 'readText'>,
): Promise<NamedLine | undefined> {
  for (const directory of database === undefined ? directories : []) {
    for (const file of directory.sumFiles) {
      const text = await files.readText(file).catch(() => undefined)
      const line = findSumLine(text ?? '', sumKey(module, kind), expected)
      if (line !== undefined) return { file, line, name: nameIn(directory, file) }
    }
  }
  return undefined
}
