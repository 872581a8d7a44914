import { type Checkup, makeCheckup } from '../../doctor/checkup.ts'
import { type Finding, warnOf } from '../../doctor/finding.ts'
import { layerOf } from '../../doctor/layer-of.ts'
import { findSetupFaults } from '../../doctor/rules.ts'
import { VERSION } from '../../version.ts'
import { openConnections } from '../connect.ts'
import { removeWithStep } from '../credentials.ts'
import { type Defer, withDefer } from '../defer.ts'
import type { Job } from '../job.ts'
import { askGo } from './go-says.ts'
import { credentialsFor, loginsOf } from './logins.ts'
import { examineNetwork } from './network.ts'
import { askForPrivate } from './private.ts'
import { type Asker, deadlinesFor } from './probe.ts'
import { readSetup, type Setup } from './setup.ts'

/** What was asked by then counts, in milliseconds from the start. */
const WHOLE_MS = 12_000
/** One answer of a proxy. A proxy that must fetch first takes longer; one that has the module does not. */
const ANSWER_MS = 5_000

/** Looks at everything between this machine and its modules. Fetches nothing into go's caches and changes nothing. */
export function examine(job: Job): Promise<Checkup> {
  return withDefer(defer => look(job, defer))
}

async function look(job: Job, defer: Defer): Promise<Checkup> {
  const { clock } = job.effects
  const startMs = clock.now()
  const opening = openConnections(job)
  defer(async () => (await opening).connections.close())
  defer(() => removeWithStep(job))
  const what = 'looking at settings, proxies and caches'
  const endProgress = job.effects.log.follow(() => ({
    phase: 'doctor',
    what,
    sinceMs: startMs,
  }))
  defer(async () => endProgress())
  const setup = await readSetup(job)
  const credentials = await credentialsFor(job, setup)
  const over = new AbortController()
  defer(async () => over.abort())
  defer(async () => stop())
  const stop = clock.after(Math.max(0, WHOLE_MS - (clock.now() - startMs)), () => over.abort())
  const asker: Asker = {
    transport: { ...(await opening), logins: await loginsOf(job, setup, credentials.installed) },
    clock,
    deadlines: deadlinesFor(job.inputs, ANSWER_MS),
    signal: AbortSignal.any([job.signal, over.signal]),
  }
  const [network, said, ofPrivate] = await Promise.all([
    examineNetwork(job, setup, asker),
    askGo(job, setup),
    credentials.installed === undefined ? [] : askForPrivate(job, setup, credentials.installed, asker.signal),
  ])
  return makeCheckup({
    tool: { name: 'go-proxy-setup', version: VERSION },
    go: setup.facts.settings.version || undefined,
    findings: [
      ...setup.findings,
      ...ruleFindings(setup),
      ...job.warnings.map(problem => warnOf(layerOf(problem.code), problem)),
      ...(setup.privacy?.warnings ?? []).map(problem => warnOf('settings', problem)),
      ...credentials.findings,
      ...said,
      ...network.findings,
      ...ofPrivate,
    ],
    settings: setup.placed,
    answers: network.answers,
    seconds: (clock.now() - startMs) / 1000,
  })
}

/** What needs a go says nothing where there is none. */
function ruleFindings({ facts, hasGo }: Setup): readonly Finding[] {
  const found = findSetupFaults(facts)
  return hasGo ? found : found.filter(({ layer }) => layer !== 'Go')
}
