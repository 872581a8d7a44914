import { FORMATS } from '../../environment/formats/format.ts'
import { goVariables, pathWith, planExport } from '../../environment/variables.ts'
import { type DoneJob, type JobVerb, withoutDownload } from '../job-verb.ts'

/** Prints the settings for a shell or another program. */
export const ENV: JobVerb = {
  adjust: withoutDownload,
  toJson: done => renderSettings(done, 'json'),
  toText: done => renderSettings(done, String(done.options['format'])),
  alwaysPrints: true,
  measures: false,
  bringsGo: true,
}

function renderSettings({ story, env }: DoneJob, format: string): string {
  const { choice, toolchain, tools } = story
  const go = toolchain === undefined || toolchain.from === 'PATH' ? {} : goVariables(toolchain.goroot, env)
  const found = { ...go, ...pathWith(tools?.directories ?? [], { ...env, ...go }) }
  const variables = [
    ...Object.entries(found).map(([name, value]) => ({ name, value })),
    ...(choice === undefined ? [] : planExport(choice, env)),
  ]
  return (FORMATS[format] ?? FORMATS['shell'])?.(variables) ?? ''
}
