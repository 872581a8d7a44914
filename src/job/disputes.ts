import { join } from 'node:path'
import { type Dispute, decideDispute } from '../download/dispute.ts'
import type { Download } from '../download/download.ts'
import { childEnvironment } from '../environment/variables.ts'
import type { Problem } from '../errors.ts'
import type { WrongSender } from '../gateway/telling/events.ts'
import { parseObjectPath } from '../go/escape.ts'
import { sumKey } from '../go/gosum.ts'
import type { Mismatch } from '../go/mismatch.ts'
import { count } from '../text/count.ts'
import type { Chosen } from './measure.ts'
import type { Ready } from './ready.ts'
import type { GatewayEnd } from './step-gateway.ts'
import { witnessesFor } from './witnesses.ts'

/** Each dispute costs several runs of go, and a damaged go.sum may have hundreds: no more than after one failed run. */
const MOST = 10

/** What to report about wrong content that reached the gateway. */
export interface Blamed {
  /** Proxies that are to blame for some of it. */
  readonly wrongSenders: readonly WrongSender[]
  /** Disputes that were settled in the proxies’ favour. */
  readonly spared: Download['spared']
  /** Problems of go.sum lines or modules, not of a proxy. */
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
    // Nothing else is left to do in this job, and silent places take long.
    if (signal.aborted || effects.clock.now() >= endMs) break
    const mismatch = mismatchOf(target, digest, ready)
    if (mismatch === undefined) continue
    const dispute = await decideDispute(mismatch, optionsFor(mismatch, i, ready, chosen), effects)
    if (dispute !== undefined) disputes.push(dispute)
  }
  const known = [...spared, ...disputes.map(one => one.spared)]
  const left = open.filter(({ target }) => !known.some(one => one.target === target))
  // If no examined mismatch was a proxy's fault, the ones that were not examined count against no proxy either.
  const isTheirs = known.length === 0 || known.some(({ except }) => except.length > 0)
  const all = [...known, ...(isTheirs ? [] : left.map(({ target }) => ({ target, except: [] })))]
  return {
    wrongSenders: end.blame(all),
    spared: all,
    found: [
      ...disputes.filter(({ settled, liars }) => settled && liars.length === 0).map(({ problem }) => problem),
      ...(isTheirs ? [] : tellLeft(left)),
    ],
  }
}

/** How many modules are named. */
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
