import { FORMAT_NAMES, type FormatName, renderVariables } from '../../environment/formats/format.ts'
import { goVariables, pathWith, planExport, type Variable } from '../../environment/variables.ts'
import { findEphemeral, findLocal, forProduction } from '../../environment/written/lasting.ts'
import { failed, ok, type Result } from '../../errors.ts'
import { type DoneJob, type JobVerb, type Printed, performJob, withoutDownload } from '../job-verb.ts'
import type { Options } from '../options.ts'
import type { VerbWorld } from '../world.ts'
import { removeSettings, writeSettings } from './env-write.ts'

/**
 * Prints the settings for a shell or another program, writes them to where they are read from now on, or takes them away
 * again. @returns the exit code
 */
export async function env(options: Options, world: VerbWorld): Promise<number> {
  if ('remove' in options) return removeSettings(options, world)
  const verb = printing(world)
  return 'write' in options ? writeSettings(verb, options, world) : performJob(verb, options, world)
}

function printing(world: VerbWorld): JobVerb {
  return {
    adjust: withoutDownload,
    toJson: done => render(done, 'json', world),
    toText: done => render(done, FORMAT_NAMES.find(name => name === done.options['format']) ?? 'shell', world),
    alwaysPrints: true,
    measures: false,
    installsGo: true,
  }
}

function render(done: DoneJob, format: FormatName, { effects, temporaryDirectory }: VerbWorld): Result<Printed> {
  const variables = variablesOf(done)
  const { choice } = done.story
  if (done.options['for'] !== 'production' || choice === undefined) return renderVariables(format, variables, done.env)
  const how = 'env --for production'
  const planned = forProduction(how, variables, choice)
  const { redact } = effects.log
  const problems = [
    ...findEphemeral(how, planned.variables, { redact, temporaryDirectory }),
    ...findLocal(how, planned.variables),
  ]
  if (problems.length > 0) return failed(...problems)
  const rendered = renderVariables(format, planned.variables, done.env)
  if (!rendered.ok) return rendered
  return ok({ ...rendered.value, warnings: [...planned.warnings, ...rendered.value.warnings] })
}

/** What a shell needs for go to do as the job did. */
function variablesOf({ story, env }: DoneJob): readonly Variable[] {
  const { choice, toolchain, tools } = story
  const go = toolchain === undefined || toolchain.from === 'PATH' ? {} : goVariables(toolchain.goroot, env)
  const found = { ...go, ...pathWith(tools?.directories ?? [], { ...env, ...go }) }
  return [
    ...Object.entries(found).map(([name, value]) => ({ name, value })),
    ...(choice === undefined ? [] : planExport(choice, env)),
  ]
}
