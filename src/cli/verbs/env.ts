import { FORMAT_NAMES, type FormatName, renderVariables } from '../../environment/formats/format.ts'
import { goVariables, pathWith, planExport, type Variable } from '../../environment/variables.ts'
import type { Result } from '../../errors.ts'
import { type DoneJob, type JobVerb, type Printed, withoutDownload } from '../job-verb.ts'

/** Prints the settings for a shell or another program. */
export const ENV: JobVerb = {
  adjust: withoutDownload,
  toJson: done => render(done, 'json'),
  toText: done => render(done, FORMAT_NAMES.find(name => name === done.options['format']) ?? 'shell'),
  alwaysPrints: true,
  measures: false,
  bringsGo: true,
}

function render(done: DoneJob, format: FormatName): Result<Printed> {
  return renderVariables(format, variablesOf(done), done.env)
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
