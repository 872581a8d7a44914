import type { Candidate, Candidates } from '../candidates/candidate.ts'
import type { Facts } from '../choice/choice.ts'
import { choose } from '../choice/choose.ts'
import { secretsOf } from '../credentials/admit.ts'
import type { Download } from '../download/download.ts'
import type { Problem } from '../errors.ts'
import type { GatewayFigures } from '../gateway/telling/events.ts'
import type { Inputs } from '../inputs/inputs.ts'
import { startPhases } from '../report/phases.ts'
import { type Story, untoldStory } from '../report/story.ts'
import { findRisks } from '../settings/risks.ts'
import type { Transport } from '../upstream/fetch.ts'
import { openTransport } from '../upstream/transport.ts'
import { VERSION } from '../version.ts'
import { type Chosen, startResidence } from './behind-gateway.ts'
import { installFor, outlivesStep, removeWithStep } from './credentials.ts'
import { downloadModules } from './download-modules.ts'
import { describeEarlier, readEarlier, withEarlier } from './earlier.ts'
import { type HeadStart, openHeadStart } from './head-start.ts'
import type { Job } from './job.ts'
import { askCandidates, askSumdbs, type Measuring, startBenchmark, whyNoBenchmark } from './measure.ts'
import { openModuleCache } from './module-cache.ts'
import { prepare, sayProject, toolchainOf } from './prepare.ts'
import { sparingRefused, warnOfRefusedModules } from './refused.ts'
import { runCommand } from './run-command.ts'

/**
 * The whole story: inputs, settings, project, candidates, benchmark, choice, download. Each stage's result is a value
 * for the next; the story tells how far it came. Exporting and reporting are the face's.
 */
export async function runJob(job: Job): Promise<Story> {
  // Reading the machine's certificates takes as long as go's first answer.
  const opening = openTransport(
    {
      connectMs: job.inputs.connectTimeoutMs,
      connectionsPerOrigin: job.policy.gateway.window.maximumTrusted,
      logins: [],
    },
    job.effects,
  )
  try {
    return await tellStory(job, opening)
  } finally {
    await removeWithStep(job)
    await (await opening).connections.close()
  }
}

async function tellStory(given: Job, opening: Promise<Transport>): Promise<Story> {
  const { effects } = given
  const earlier = readEarlier(effects.env)
  const job: Job = { ...given, inputs: withEarlier(given.inputs, earlier) }
  const { inputs } = job
  for (const secret of secretsOf(inputs)) effects.log.mask(secret)
  const phases = startPhases(effects.clock, job.startMs)
  const told: { -readonly [Part in keyof Story]: Story[Part] } = untoldStory(VERSION, phases.list, job.warnings)
  told.exported = inputs.export
  const warn = (problems: readonly Problem[]) => {
    told.warnings = [...told.warnings, ...problems]
  }

  const asksProxies = inputs.benchmark !== 'off' || inputs.download || job.command !== undefined
  const read = await phases.time('read the project', () =>
    prepare(job, earlier.sheltered, candidates => {
      // What opening rejects with is met where it is needed.
      if (asksProxies) connectAhead(candidates, opening).catch(() => {})
    }),
  )
  if (!read.ok) return failedWith(told, read.problems)
  const { settings, candidates, privacy } = read.value
  Object.assign(told, { settings, project: read.value.project, candidates })
  warn([...findRisks(settings, inputs.privateDomains), ...candidates.warnings, ...privacy.warnings])
  sayProject(read.value, effects)
  const kept = describeEarlier(given.inputs, earlier)
  if (kept !== undefined) effects.log.info(kept)

  const toolchain = toolchainOf(read.value)
  const installed = await installFor(job, read.value, toolchain, given.inputs.privateDomains)
  if (!installed.ok) return failedWith(told, installed.problems)
  const credentials = installed.value
  warn(credentials.warnings)
  if (outlivesStep(job)) told.credentials = credentials.later

  const cache = await openModuleCache(job, read.value, phases)
  // What the inputs have for a place goes before what the netrc file has: for go, too.
  const transport = { ...(await opening), logins: [...credentials.known.logins, ...read.value.logins] }
  let headStart: HeadStart | undefined
  let measuring: Measuring | undefined
  try {
    const prepared = await cache.beforeBenchmark(read.value)
    const { project } = prepared
    const unranked: Facts = {
      inputs,
      settings,
      candidates,
      privacy,
      ranking: undefined,
      toolchain,
      answeringSumdbs: undefined,
      excluded: [],
      shelteredBefore: earlier.sheltered,
    }
    headStart = openHeadStart(job, prepared, { toolchain, transport, credentials }, mayBegin(unranked))
    const { take, begin } = headStart
    told.benchmarkSkipped = whyNoBenchmark(job, prepared)
    const goesOn = job.command !== undefined || (inputs.download && project.directories.length > 0)
    if (told.benchmarkSkipped === undefined) {
      measuring = startBenchmark(job, prepared, transport, { take, begin })
      const { ranking, complete } = measuring
      // With a gateway it is enough to know who is best; without one, go has nobody but those that it is told of.
      const enough = !goesOn ? complete('all') : inputs.gateway === 'off' ? complete('enough') : ranking
      told.ranking = await phases.time('benchmark', () => enough)
      if (told.ranking === undefined) told.benchmarkSkipped = 'it failed, so the order given is used'
    }
    // Beside the download, which needs no answer where the order given counts.
    const asking = told.ranking === undefined ? askCandidates(job, prepared, transport) : undefined
    const facts: Facts = {
      ...unranked,
      ranking: told.ranking,
      answered: goesOn || asking === undefined ? undefined : await phases.time('candidates', () => asking),
      answeringSumdbs: await phases.time('checksum database', () => askSumdbs(job, prepared, told.ranking, transport)),
    }
    const chooseNow = (learned: Partial<Facts>) => choose(sparingRefused({ ...facts, ...learned }, prepared))
    told.choice = chooseNow({})
    const { choice, ranking } = told
    const winner = goesOn && choice.usable ? choice.upstreams[0] : undefined
    const chosen: Chosen = { choice, ranking, toolchain, transport, headStart, credentials }
    /** What the time of the download has brought. */
    const found = async (download: Download | undefined): Promise<Pick<Facts, 'ranking' | 'answered'>> => ({
      ranking: told.ranking,
      answered:
        asking === undefined && told.ranking === undefined
          ? undefined
          : [...((await asking) ?? []), ...sourcesIn(candidates, download, told.gateway)],
    })
    const { command } = job
    if (command !== undefined) {
      const done = await phases.time('command', () => runCommand(job, prepared, chosen, command))
      told.gateway = done.gateway
      told.ranking = (await measuring?.complete('enough')) ?? told.ranking
      told.choice = chooseNow({ ...(await found(undefined)), winner })
      told.exitCode = done.exitCode
      told.failure = done.failure
      warn(done.warnings)
    } else if (goesOn) {
      const done = await phases.time('download', () =>
        cache.beside(prepared, chosen, (rest, onGateway) => downloadModules(job, rest, chosen, onGateway)),
      )
      told.gateway = done.gateway
      told.download = done.download
      notePhases(told.download, phases)
      told.ranking = (await measuring?.complete('enough')) ?? told.ranking
      const excluded = misbehaved(candidates, told.download)
      told.choice = chooseNow({ ...(await found(told.download)), winner, excluded })
      warn([...told.download.warnings, ...slowDownload(told.download, inputs)])
      told.failure = told.download.failure
    }
    warn([...told.choice.warnings, ...(await warnOfRefusedModules(job, prepared))])
    if (inputs.gateway === 'job') {
      const choice = told.choice
      const residence = await phases.time('gateway for the job', () =>
        startResidence(job, read.value, { choice, credentials }),
      )
      if (residence.ok) told.residence = residence.value
      else warn(residence.problems)
    }
    told.cache = await cache.finish(told.download)
    warn(told.cache.warnings)
    return told
  } finally {
    await measuring?.complete('enough')
    await headStart?.close()
    await cache.close()
  }
}

/** Three round trips pass before an upstream hears of a request: they begin while the project is read. */
async function connectAhead({ list }: Candidates, opening: Promise<Transport>): Promise<void> {
  const { connections } = await opening
  for (const { starts, list: chain } of list) {
    const [first] = chain.entries
    if (starts === 'at once' && first?.url.startsWith('https:')) connections.openAhead(new URL(first.url))
  }
}

/** Who may begin the download before there is a ranking: where the order given counts, the first alone. */
function mayBegin(unranked: Facts): (candidate: Candidate) => boolean {
  const { upstreams } = choose(unranked)
  const able = unranked.inputs.selection === 'ordered' ? upstreams.slice(0, 1) : upstreams
  return candidate => able.includes(candidate)
}

/** The toolchain switch is the download's first part, told apart because go.mod and not a proxy asks for it. */
function notePhases({ toolchain }: Download, phases: ReturnType<typeof startPhases>): void {
  const whole = phases.list.find(phase => phase.name === 'download')
  if (toolchain !== undefined && whole !== undefined) {
    phases.note({ name: `toolchain ${toolchain.version}`, startMs: whole.startMs, ms: toolchain.seconds * 1000 })
  }
}

function misbehaved({ list }: Candidates, { quarantined }: Download): readonly string[] {
  return list
    .filter(({ name, list }) => quarantined.includes(name) || list.entries.some(({ url }) => quarantined.includes(url)))
    .map(({ name }) => name)
}

/** Who gave modules, to the gateway or to go itself. */
function sourcesIn(
  { list }: Candidates,
  download: Download | undefined,
  gateway: GatewayFigures | undefined,
): readonly Candidate[] {
  const given = (gateway?.upstreams ?? []).filter(({ requests, failures }) => requests > failures)
  const names = new Set(given.map(({ name }) => name))
  const urls = new Set(download?.answered.values())
  return list.filter(({ name, list: { entries } }) => names.has(name) || entries.some(({ url }) => urls.has(url)))
}

function slowDownload({ seconds }: Download, { slowAfterMs }: Inputs): readonly Problem[] {
  if (slowAfterMs === undefined || seconds * 1000 <= slowAfterMs) return []
  return [
    {
      code: 'DOWNLOAD_SLOW',
      message: `The download took ${seconds.toFixed(1)} s, longer than slow-after (${slowAfterMs / 1000} s).`,
      hint: 'The table of candidates shows whether another proxy would be faster; a module cache would avoid it.',
    },
  ]
}

/** The first problem fails the step; the others are told beside it, and what was warned of before. */
function failedWith(told: Story, problems: readonly Problem[]): Story {
  const [first, ...rest] = problems
  return { ...told, failure: first, warnings: [...told.warnings, ...rest] }
}
