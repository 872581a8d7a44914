import { type FollowedModule, stepOf, type WatchedFile, type WatchedStep } from '../../doctor/watched.ts'
import { failed, ok, type Result } from '../../errors.ts'
import { escapeModulePath, objectPath } from '../../go/escape.ts'
import { type GoproxyList, printGoproxy, redactGoproxy } from '../../go/goproxy.ts'
import type { ModuleVersion } from '../../go/module.ts'
import { downloadPath } from '../../go/module-cache.ts'
import { matchesPatterns } from '../../go/patterns.ts'
import { bufferSource } from '../../go/zip.ts'
import { verify } from '../../objects/verify.ts'
import { sanitizeLine } from '../../text/sanitiser.ts'
import { openConnections } from '../connect.ts'
import { removeWithStep } from '../credentials.ts'
import { withDefer } from '../defer.ts'
import type { Job } from '../job.ts'
import { credentialsFor, loginsOf } from './logins.ts'
import { type Asker, ask, deadlinesFor } from './probe.ts'
import { readSetup } from './setup.ts'

const FILES = ['info', 'mod', 'zip'] as const
const SHOWN_BYTES = 100

/** @param text `path@version` */
export function parseWatched(text: string): Result<ModuleVersion> {
  const [path = '', version = '', ...rest] = text.split('@')
  const module = { path, version }
  const isModule = escapeModulePath(path) !== undefined && objectPath(module, 'info') !== undefined
  if (isModule && /^v\d/.test(version) && rest.length === 0) return ok(module)
  return failed({
    code: 'USAGE_WATCH',
    message: `--watch: ${sanitizeLine(text, SHOWN_BYTES)} is not a module with a version.`,
    hint: 'For example --watch golang.org/x/text@v0.21.0; `go list -m -versions PATH` lists the versions.',
  })
}

/** Follows what go would do for one module: the module cache, then the proxies in their order. Nothing is stored. */
export function watchModule(job: Job, module: ModuleVersion): Promise<Result<FollowedModule>> {
  return withDefer(async defer => {
    const opening = openConnections(job)
    defer(async () => (await opening).connections.close())
    const { effects, inputs } = job
    const setup = await readSetup(job)
    const { settings, privateDomains, candidates } = setup.facts
    const list = candidates.list[0]?.list ?? setup.facts.inForce
    if (list === undefined) return failed(...setup.findings.filter(({ judgement }) => judgement === 'fault'))
    const patterns = [settings.GONOPROXY.value, ...(inputs.privateProxy === undefined ? privateDomains : [])].join(',')
    const isPrivate = matchesPatterns(patterns, module.path)
    defer(() => removeWithStep(job))
    const logins = await loginsOf(job, setup, (await credentialsFor(job, setup)).installed)
    const asker: Asker = {
      transport: { ...(await opening), logins },
      clock: effects.clock,
      deadlines: deadlinesFor(inputs, Math.min(inputs.timeoutMs, LONGEST_MS)),
      signal: job.signal,
    }
    const sums = setup.facts.project?.sums ?? new Map<string, string>()
    const files: WatchedFile[] = []
    for (const file of FILES) {
      const target = objectPath(module, file) ?? ''
      const cached = await findCached(downloadPath(settings.gomodcache, ...target.split('/')), job)
      const asked =
        cached !== undefined || isPrivate ? [] : await follow({ module, file, target, list, sums }, asker, job)
      const last = asked.at(-1)
      const from = cached !== undefined ? 'the module cache' : last?.isRight ? last.step.place : null
      const steps = [
        cached ?? { place: 'the module cache', answer: 'it does not have it', timings: null },
        ...asked.map(({ step }) => step),
      ]
      files.push({ file, from, steps })
      if (from === null) break
    }
    const found = files.length === FILES.length && files.every(({ from }) => from !== null)
    const route = isPrivate
      ? `git alone, since GOPRIVATE or GONOPROXY covers it: \`go list -m -x ${module.path}@${module.version}\` shows how`
      : `GOPROXY=${redactGoproxy(printGoproxy(list))}`
    return ok({ module: module.path, version: module.version, route, files, found })
  })
}

const LONGEST_MS = 60_000

async function findCached(path: string, { effects: { files } }: Job): Promise<WatchedStep | undefined> {
  const [stat] = await files.stat([path])
  return stat && { place: 'the module cache', answer: `${stat.bytes} bytes`, timings: null }
}

interface Followed {
  readonly module: ModuleVersion
  readonly file: (typeof FILES)[number]
  readonly target: string
  readonly list: GoproxyList
  readonly sums: ReadonlyMap<string, string>
}

/** Asks as go does: on after 404 and 410, and after any failure behind `|`. Shows meanwhile what it waits for. */
async function follow({ module, file, target, list, sums }: Followed, asker: Asker, { effects }: Job) {
  const steps: { readonly step: WatchedStep; readonly isRight: boolean }[] = []
  for (const entry of list.entries) {
    const sinceMs = effects.clock.now()
    const name = redactGoproxy(entry.text)
    const stop = effects.log.follow(() => ({
      phase: `${file} ${name}`,
      what: `waiting for .${file} from ${name}`,
      sinceMs,
    }))
    const route = { kind: file, module, target } as const
    const check = (body: Buffer) => verify(route, { ...bufferSource(body), whole: async () => body }, sums, true)
    const purpose = file === 'mod' ? 'go.mod' : file
    const answer = await ask(
      entry,
      { purpose, path: target, object: `${module.path}@${module.version}`, check },
      asker,
    ).finally(stop)
    const isRight = answer.kind === 'found' && answer.content === 'right'
    steps.push({ step: stepOf(answer), isRight })
    const goesOn = answer.kind === 'absent' || (entry.separator === '|' && answer.content !== 'wrong')
    if (isRight || !goesOn) break
  }
  return steps
}
