import { FORMATS } from '../../environment/formats/format.ts'
import { planExport } from '../../environment/variables.ts'
import { type DoneJob, type JobVerb, withoutDownload } from '../job-verb.ts'

/** Prints the settings for a shell or another program. */
export const ENV: JobVerb = {
  adjust: withoutDownload,
  toJson: done => renderSettings(done, 'json'),
  toText: done => renderSettings(done, String(done.options['format'])),
  alwaysPrints: true,
  measures: false,
}

function renderSettings({ story, env }: DoneJob, format: string): string {
  const variables = story.choice === undefined ? [] : planExport(story.choice, env)
  return (FORMATS[format] ?? FORMATS['shell'])?.(variables) ?? ''
}
