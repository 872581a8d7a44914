import { fileURLToPath } from 'node:url'
import { type PlanInput, type ProbePlan, planProbes } from '../../benchmark/probe-plan.ts'
import type { Candidate } from '../../candidates/candidate.ts'
import { goauthCommands } from '../../candidates/logins.ts'
import type { ProbeAnswer } from '../../doctor/answer.ts'
import { findSlow, type JudgedChain, judgeChain, judgeChains, withMirror } from '../../doctor/chain.ts'
import { judgeClock } from '../../doctor/clock.ts'
import { type Finding, faultOf, good, notNeeded, skipped } from '../../doctor/finding.ts'
import { type AskedProxy, type JudgedProxy, judgeProxy } from '../../doctor/proxies.ts'
import { type GoproxyEntry, normalizeProxyUrl, redactGoproxy } from '../../go/goproxy.ts'
import { parseGosumdb } from '../../go/gosumdb.ts'
import { matchesPatterns } from '../../go/patterns.ts'
import { STANDBY_MIRRORS, trustOfProxy } from '../../inputs/presets.ts'
import type { Job } from '../job.ts'
import { type Asker, type NetworkFindings, probeProxy } from './probe.ts'
import { type Setup, sheltered } from './setup.ts'
import { examineSumdb } from './sumdb.ts'

/** A proxy that was asked, by what names it in lists. */
type AskedByUrl = ReadonlyMap<string, AskedProxy>

/** Asks every proxy of the candidates and of the settings in force once, and judges each list as go would walk it. */
export async function examineNetwork(job: Job, setup: Setup, asker: Asker): Promise<NetworkFindings> {
  const { candidates } = setup.facts
  const asked = candidates.list.filter(({ starts }) => starts === 'at once')
  const inForce =
    candidates.mode === 'named' ? (setup.inForce?.list ?? []).filter(({ starts }) => starts === 'at once') : []
  const plans = plansOf(job, setup)
  const entries = unique([...asked, ...inForce].flatMap(({ list }) => list.entries))
  const proxies: AskedByUrl = new Map(
    await Promise.all(entries.map(async entry => [keyOf(entry), await askProxy(entry, plans, asker)] as const)),
  )
  const judged = new Map(
    await Promise.all(entries.map(async entry => [keyOf(entry), await judge(entry, proxies, setup, job)] as const)),
  )
  const chains = asked.map(one => chainOf(one, judged))
  // A candidate that is the list in force is told of once.
  const others = inForce.filter(one => !asked.some(({ name }) => name === one.name))
  const plain = others.map(one => chainOf(one, judged))
  const works = chains.some(one => one.works)
  const mirror = candidates.mode === 'default' && !works ? await findMirror(plans, asker) : undefined
  // The list that serves also leads to the checksum database. Where none does, go does not come so far.
  const best = asked[chains.findIndex(one => one.works)]
  const isStuck = asked.length > 0 && best === undefined
  const serving = best?.list.entries.flatMap(entry => proxies.get(keyOf(entry)) ?? [])
  const sums = await examineSumdb(job, setup, { serving, isStuck, plan: plans.own, asker })
  const answers = [...proxies.values()].flatMap(proxy => proxy.answers)
  const findings = [
    ...withMirror(judgeChains(chains, plain[0], candidates.mode), mirror),
    ...(asked.length === 0 ? [withoutProxies(setup)] : []),
    ...findSlow(waitsOf(answers)),
    ...sums.findings,
    ...judgeClock(answers),
  ]
  const isVendored = setup.facts.project?.vendored === true
  return {
    answers: [...answers, ...sums.answers],
    findings: isVendored ? findings.map(one => notNeeded(one, VENDORED)) : findings,
  }
}

const VENDORED = 'The modules of this project are in its vendor directory, so go asks for none.'

function keyOf({ url }: GoproxyEntry): string {
  return normalizeProxyUrl(url)
}

function unique(entries: readonly GoproxyEntry[]): readonly GoproxyEntry[] {
  return [...new Map([...entries].reverse().map(entry => [keyOf(entry), entry])).values()].reverse()
}

interface Plans {
  /** With this project's modules where it has any: for the official proxy and the user's own. */
  readonly own: ProbePlan
  /** With modules that everyone may know of: for public mirrors. */
  readonly builtIn: ProbePlan
}

function plansOf({ effects, inputs }: Job, setup: Setup): Plans {
  const { project, settings, sumdb } = setup.facts
  const database = parseGosumdb(sumdb)
  const common: Omit<PlanInput, 'publicModules' | 'missing' | 'sums'> = {
    sumdb: database.ok && database.value.kind === 'database' ? database.value : undefined,
    isPrivate: sheltered(setup),
    isUnchecked: path => matchesPatterns([settings.GONOSUMDB.value, ...inputs.privateDomains].join(','), path),
    otherBytes: 0,
    nonce: effects.random.hex(8),
  }
  const nothing = { publicModules: [], missing: [], sums: new Map<string, string>() }
  const modules = setup.privacy?.public ?? []
  return {
    own: planProbes({ ...common, publicModules: modules, missing: modules, sums: project?.sums ?? nothing.sums }),
    builtIn: planProbes({ ...common, ...nothing }),
  }
}

async function askProxy(entry: GoproxyEntry, plans: Plans, asker: Asker): Promise<AskedProxy> {
  const trust = trustOfProxy(entry.url)
  const plan = trust === 'mirror' ? plans.builtIn : plans.own
  const isAsked = /^https?:/i.test(entry.url) && (plan.mods.length > 0 || trust === 'own')
  return {
    name: redactGoproxy(entry.text),
    trust,
    separator: entry.separator,
    answers: isAsked ? await probeProxy(entry, plan, asker) : [],
    pinned: plan.pinned,
  }
}

async function judge(entry: GoproxyEntry, proxies: AskedByUrl, { facts }: Setup, job: Job): Promise<JudgedProxy> {
  const proxy = proxies.get(keyOf(entry)) as AskedProxy
  if (/^file:/i.test(entry.url)) return judgeDirectory(entry, proxy, job)
  const setup = facts.candidates.mode === 'named' ? 'proxies' : 'plain go'
  const judged = judgeProxy(proxy, setup)
  const wantsLogin = proxy.answers.some(({ kind, withLogin }) => kind === 'unauthorized' && !withLogin)
  if (wantsLogin && facts.settings.version !== '' && goauthCommands(facts.settings).length > 0)
    return {
      ...judged,
      state: 'works',
      findings: [skipped('credentials', `${proxy.name} asks for a login, which only go can get, through GOAUTH.`)],
    }
  const isUnknown = proxy.pinned && proxy.trust === 'own' && judged.state === 'lacks'
  return isUnknown ? { ...judged, state: 'works', findings: judged.findings.map(asUnknown) } : judged
}

/** A proxy of the user's own need not have public modules: nothing is known of those that it is for. */
function asUnknown(finding: Finding): Finding {
  if (finding.judgement !== 'fault') return finding
  return {
    ...skipped(
      finding.layer,
      `${finding.message} It may be for other modules: run doctor in a directory with a go.mod that needs them.`,
    ),
  }
}

/** A directory that is laid out like the module cache. */
async function judgeDirectory(entry: GoproxyEntry, proxy: AskedProxy, { effects }: Job): Promise<JudgedProxy> {
  const path = pathOf(entry.url)
  const isThere = path !== undefined && (await effects.files.kind(path).catch(() => undefined)) === 'directory'
  const { name, trust, separator } = proxy
  if (isThere)
    return { name, trust, separator, state: 'works', findings: [good('module protocol', `${name} is a directory`)] }
  const problem = {
    code: 'GO_FILE_PROXY_LACKS',
    message: `${name} names a directory that is not there.`,
    hint: 'Correct the path in GOPROXY: it has three slashes, file:///DIRECTORY, and the layout of GOMODCACHE/cache/download.',
  }
  return { name, trust, separator, state: 'fails', findings: [faultOf('module protocol', problem)] }
}

function pathOf(url: string): string | undefined {
  try {
    return fileURLToPath(url)
  } catch {
    return undefined
  }
}

function chainOf({ name, list }: Candidate, judged: ReadonlyMap<string, JudgedProxy>): JudgedChain {
  // The separator is the list's, and one proxy may stand in several.
  const proxies = list.entries.flatMap(entry => {
    const one = judged.get(keyOf(entry))
    return one === undefined ? [] : [{ ...one, separator: entry.separator }]
  })
  return judgeChain(name, proxies, list.ending)
}

function withoutProxies({ facts: { settings, project } }: Setup): Finding {
  const { value, from } = settings.GOPROXY
  const missing = project?.missing ?? []
  if (value.trim() !== 'off' || missing.length === 0 || project?.vendored)
    return skipped('module protocol', `GOPROXY (from ${from}) is ${redactGoproxy(value)}: no proxy is asked.`)
  return faultOf('settings', {
    code: 'GO_LOOKUP_DISABLED',
    message: `GOPROXY (from ${from}) is off, which forbids downloads, and ${missing.length === 1 ? `${missing[0]?.path} is` : `${missing.length} modules are`} not in the module cache.`,
    hint: from === 'go env -w' ? 'Run `go env -u GOPROXY`.' : 'Set GOPROXY, or vendor the modules.',
  })
}

/** Where the official proxy fails here, a public mirror that does not. */
async function findMirror({ builtIn }: Plans, asker: Asker): Promise<string | undefined> {
  if (asker.signal.aborted || builtIn.mods.length === 0) return undefined
  const answers = await Promise.all(
    STANDBY_MIRRORS.map(async url => {
      const entry = { text: url, url, separator: undefined }
      const proxy = await askProxy(entry, { own: builtIn, builtIn }, asker)
      return judgeProxy(proxy, 'plain go').state === 'works' ? url : undefined
    }),
  )
  return answers.find(url => url !== undefined)
}

function waitsOf(answers: readonly ProbeAnswer[]): ReadonlyMap<string, number> {
  const waits = new Map<string, number>()
  for (const { proxy, purpose, kind, timings } of answers) {
    if (kind !== 'found' || (purpose !== 'go.mod' && purpose !== 'info') || timings.firstByteMs === null) continue
    // The fastest of several: one may be fetched first.
    waits.set(proxy, Math.min(waits.get(proxy) ?? Number.POSITIVE_INFINITY, timings.firstByteMs))
  }
  return waits
}
