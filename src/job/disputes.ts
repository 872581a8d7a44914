import { join } from 'node:path'
import { type Dispute, decideDispute } from '../download/dispute.ts'
import type { Download } from '../download/download.ts'
import { childEnvironment } from '../environment/variables.ts'
import type { Problem } from '../errors.ts'
import { parseObjectPath } from '../go/escape.ts'
import { sumKey } from '../go/gosum.ts'
import type { Mismatch } from '../go/mismatch.ts'
import { count } from '../text/count.ts'
import type { Chosen } from './measure.ts'
import type { Ready } from './ready.ts'
import type { GatewayEnd } from './step-gateway.ts'
import { witnessesFor } from './witnesses.ts'

/** Each is some runs of go: as many as one failed run has lines looked into, for a damaged go.sum may have hundreds. */
const MOST = 10

/** What is told of wrong content that came to the gateway. */
export interface Blamed {
  readonly quarantined: readonly string[]
  readonly warnings: readonly Problem[]
  /** What is settled in the proxies’ favour. */
  readonly spared: Download['spared']
  /** What is wrong with lines of go.sum or with modules, and not with a proxy. */
  readonly found: readonly Problem[]
}

/**
 * Blames proxies for wrong content, once it is known that it is theirs: what go never complained about is settled now.
 * @param spared what is settled already, in the proxies’ favour
 */
export async function blame(
  end: GatewayEnd,
  spared: Download['spared'],
  ready: Ready,
  chosen: Chosen,
): Promise<Blamed> {
  const open = end.disputed.filter(({ target }) => !spared.some(one => one.target === target))
  const disputes: Dispute[] = []
  const { effects, policy, signal } = ready.job
  const endMs = effects.clock.now() + policy.download.lastTryMs
  for (const [i, { target, digest }] of open.slice(0, MOST).entries()) {
    // The job is done but for this, and silent places take long.
    if (signal.aborted || effects.clock.now() >= endMs) break
    const mismatch = mismatchOf(target, digest, ready)
    if (mismatch === undefined) continue
    const dispute = await decideDispute(mismatch, optionsFor(mismatch, i, ready, chosen), effects)
    if (dispute !== undefined) disputes.push(dispute)
  }
  const known = [...spared, ...disputes.map(one => one.spared)]
  const left = open.filter(({ target }) => !known.some(one => one.target === target))
  // Where nothing that was looked into is a proxy's fault, what was not is held against none.
  const isTheirs = known.length === 0 || known.some(({ except }) => except.length > 0)
  const all = [...known, ...(isTheirs ? [] : left.map(({ target }) => ({ target, except: [] })))]
  const { quarantined, warnings } = end.blame(all)
  return {
    quarantined,
    warnings,
    spared: all,
    found: [
      ...disputes.filter(({ settled, liars }) => settled && liars.length === 0).map(({ problem }) => problem),
      ...(isTheirs ? [] : tellLeft(left)),
    ],
  }
}

/** So many are named. */
const NAMED = 3

function tellLeft(left: GatewayEnd['disputed']): readonly Problem[] {
  if (left.length === 0) return []
  const names = left.slice(0, NAMED).map(({ target }) => {
    const module = parseObjectPath(target)
    return module === undefined ? target : sumKey(module, target.endsWith('.zip') ? 'zip' : 'mod')
  })
  const more = left.length - names.length
  return [
    {
      code: 'GO_SUM_MORE_LINES',
      message: `${count(left.length, 'more line')} of go.sum may be wrong: the content of ${names.join(', ')}${more === 0 ? '' : ` and ${more} more`} does not match either.`,
      hint: 'Was go.sum edited by hand, or damaged by a merge? Restore it from an earlier commit, or correct the lines named here, and run this again.',
    },
  ]
}

function mismatchOf(target: string, digest: string | undefined, { prepared }: Ready): Mismatch | undefined {
  const module = parseObjectPath(target)
  const kind = target.endsWith('.zip') ? ('zip' as const) : ('mod' as const)
  const expected = module && prepared.project.sums.get(sumKey(module, kind))
  if (module === undefined || digest === undefined || expected === undefined) return undefined
  return { module, kind, downloaded: digest, expected, database: undefined }
}

function optionsFor(mismatch: Mismatch, i: number, ready: Ready, chosen: Chosen) {
  const { job, prepared, means } = ready
  return {
    witnesses: witnessesFor(mismatch, ready, chosen),
    directories: prepared.project.directories,
    env: { ...childEnvironment(prepared.settings.env, chosen.choice.settings), ...means.credentials.download },
    temporaryDirectory: join(job.temporaryDirectory, 'disputes', String(i)),
    timeoutMs: job.policy.download.lastTryMs,
    graceMs: job.policy.download.graceMs,
    signal: job.signal,
  }
}
