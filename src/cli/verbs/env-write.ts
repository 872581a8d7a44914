import { join } from 'node:path'
import type { Choice } from '../../choice/choice.ts'
import { insertMarked } from '../../environment/written/block.ts'
import { linesFor, setIn } from '../../environment/written/forms.ts'
import {
  type ForPurpose,
  findEphemeral,
  findLocal,
  findOverridden,
  forProduction,
  planWritten,
  type SettingsPurpose,
} from '../../environment/written/lasting.ts'
import { locateTarget, type WriteTarget, type WrittenPlace } from '../../environment/written/target.ts'
import { failed, ok, type Problem, type Result } from '../../errors.ts'
import { goEnvFile } from '../../settings/go-env-file.ts'
import { DONE, FAILED, refuse } from '../exit-code.ts'
import { type DoneJob, type JobVerb, performJob } from '../job-verb.ts'
import type { Options } from '../options.ts'
import type { VerbWorld } from '../world.ts'
import { changeFile, type Marked, readMarked } from '../written-file.ts'
import { renderWritten, type Written } from '../written-text.ts'

/** Measures, and writes the settings to where they are read from now on. @returns the exit code */
export async function writeSettings(verb: JobVerb, options: Options, world: VerbWorld): Promise<number> {
  const { log } = world.effects
  const place = locate(options['write'] as WriteTarget, world)
  if (!place.ok) return refuse(place.problems, log, FAILED)
  // What keeps the file from being written is told before the measurement, which takes seconds.
  const found = await readMarked(place.value, world.effects.files)
  if (!found.ok) return refuse(found.problems, log, FAILED)
  const work = async (done: DoneJob) => {
    const written = await write(done, place.value, world)
    if (!written.ok) return written
    const { warnings, ...rest } = written.value
    return ok({ text: textOf(rest, options, world), warnings })
  }
  return performJob(
    { ...verb, toJson: work, toText: work },
    options,
    await asIfUnwritten(found.value, place.value, world),
  )
}

/** Takes what was written away again. @returns the exit code */
export async function removeSettings(options: Options, world: VerbWorld): Promise<number> {
  const { log, files } = world.effects
  const place = locate(options['remove'] as WriteTarget, world)
  if (!place.ok) return refuse(place.problems, log, FAILED)
  const changed = await changeFile(place.value, files, ({ marked, text }) => ok(marked?.without ?? text))
  if (!changed.ok) return refuse(changed.problems, log, FAILED)
  const { kept, ...rest } = changed.value
  for (const warning of kept.length === 0 ? [] : [stays(rest.file, kept)]) log.warning(warning)
  process.stdout.write(textOf({ target: place.value.name, action: 'remove', ...rest }, options, world))
  return DONE
}

function locate(target: WriteTarget, { effects, cwd }: VerbWorld): Result<WrittenPlace> {
  const { env, platform } = effects
  return locateTarget(target, { env, platform, cwd, goEnvFile: goEnvFile(env, platform) })
}

/**
 * What an earlier use wrote into go's own file is no setting of the user's: go and we read the file as it is without.
 * What it wrote elsewhere comes as variables, and those say themselves what the user had.
 */
async function asIfUnwritten(found: Marked, { form }: WrittenPlace, world: VerbWorld): Promise<VerbWorld> {
  if (form !== 'go-env' || found.marked === undefined) return world
  const { effects, temporaryDirectory } = world
  const path = join(temporaryDirectory, 'go-env')
  await effects.files.write(path, Buffer.from(found.marked.without, 'latin1'), 0o600)
  return { ...world, effects: { ...effects, env: { ...effects.env, GOENV: path } } }
}

async function write(
  { story, options, env }: DoneJob,
  place: WrittenPlace,
  world: VerbWorld,
): Promise<Result<Written & { readonly warnings: readonly Problem[] }>> {
  const { choice, failure, toolchain, tools } = story
  if (failure !== undefined || choice === undefined) {
    const [file = ''] = place.files
    return ok({ target: place.name, action: 'write', file, changed: false, exists: false, lines: [], warnings: [] })
  }
  const planned = planFor(options['for'] as SettingsPurpose | undefined, choice, { env, place, world })
  if (!planned.ok) return planned
  const { variables } = planned.value
  const lines = linesFor(place, variables)
  if (!lines.ok) return lines
  const names = variables.map(({ name }) => name)
  const changed = await changeFile(place, world.effects.files, ({ text, marked, isThere }) => {
    const before = marked ?? { without: text, position: undefined, isNew: !isThere, wasOpen: false }
    const body = lines.value
    if (body.length === 0) return ok(before.without)
    if (place.form !== 'go-env' && /\\\r?\n?$/.test(before.without)) return failed(unfinished(place))
    return ok(
      insertMarked(before.without, {
        ...before,
        body,
        setsAside: line => place.form === 'go-env' && setIn(line, 'go-env', names).length > 0,
        followsLineEnds: place.form === 'dotenv',
      }),
    )
  })
  if (!changed.ok) return changed
  const { below, kept: _, ...rest } = changed.value
  const shadowed = below.flatMap(({ line, text }) => setIn(text, place.form, names).map(name => ({ line, name })))
  const isOffPath = toolchain !== undefined && toolchain.from !== 'PATH'
  const warnings = [
    ...planned.value.warnings,
    ...(isOffPath || (tools?.directories.length ?? 0) > 0 ? [staysOut(place)] : []),
    ...(place.form === 'go-env' ? findOverridden(variables, world.effects.env, rest.file) : []),
    ...(place.form === 'go-env' ? [] : shadowed.map(one => overriddenBelow(rest.file, one))),
  ]
  return ok({ target: place.name, action: 'write', ...rest, warnings })
}

interface WriteFacts {
  readonly env: DoneJob['env']
  readonly place: WrittenPlace
  readonly world: VerbWorld
}

function planFor(
  purpose: SettingsPurpose | undefined,
  choice: Choice,
  { env, place, world }: WriteFacts,
): Result<ForPurpose> {
  const how = `env --write ${place.name}`
  const variables = planWritten(choice, env, place.form)
  const planned = purpose === 'production' ? forProduction(how, variables, choice) : { variables, warnings: [] }
  const { redact } = world.effects.log
  const problems = [
    ...findEphemeral(how, planned.variables, { redact, temporaryDirectory: world.temporaryDirectory }),
    ...(purpose === 'production' ? findLocal(how, planned.variables) : []),
  ]
  return problems.length > 0 ? failed(...problems) : ok(planned)
}

function textOf(written: Written, options: Options, { effects }: VerbWorld): string {
  return effects.log.redact(renderWritten(written, options['json'] === true))
}

function staysOut({ name }: WrittenPlace): Problem {
  return {
    code: 'ENV_STAYS_HERE',
    message: `env --write ${name} leaves out PATH and GOROOT: they say where this run put Go or tools, which later runs may not find.`,
    hint: 'Install Go, or use `eval "$(… env)"` where it is needed.',
  }
}

function stays(file: string, kept: readonly string[]): Problem {
  return {
    code: 'ENV_REMOVE_KEPT',
    message: `${file}: ${kept.length === 1 ? 'a line' : `${kept.length} lines`} between our marks had been changed since then and stayed.`,
    hint: 'Remove what you no longer need by hand, or with `go env -u NAME`.',
  }
}

function unfinished({ name }: WrittenPlace): Problem {
  return {
    code: 'ENV_WRITE_UNFINISHED',
    message: `env --write ${name}: the file ends with a backslash, so what is added after it would belong to that line. Nothing was changed.`,
    hint: 'Finish the line, or add an empty one.',
  }
}

function overriddenBelow(file: string, { line, name }: { readonly line: number; readonly name: string }): Problem {
  return {
    code: 'ENV_WRITE_OVERRIDDEN',
    message: `${file}, line ${line}: ${name} is set again after our lines, and the last line counts.`,
    hint: `Remove that line, or run --remove and --write again, which puts ours last.`,
  }
}
