import { type Story, withWarnings } from '../report/story.ts'
import { type Defer, withDefer } from './defer.ts'
import { warnOfSenders } from './fate.ts'
import { finish } from './finish.ts'
import { getReady } from './get-ready.ts'
import type { Job } from './job.ts'
import { measure } from './measure.ts'
import { withinOpenFiles } from './open-files.ts'
import { withinProcessorShare } from './processor-share.ts'
import { use } from './use.ts'

/**
 * The whole job in four stages. Each returns a value for the next ones; the story is made of these values, and shows how
 * far the job came. Exporting and reporting are the caller's.
 */
export function runJob(job: Job): Promise<Story> {
  return withDefer(defer => tellStory(withinProcessorShare(withinOpenFiles(job)), defer))
}

async function tellStory(job: Job, defer: Defer): Promise<Story> {
  const { story, ready, tools } = await getReady(job, defer)
  if (ready === undefined) return story
  const chosen = await measure(ready, defer)
  const used = await use(ready, chosen, tools)
  const finished = await finish(ready, chosen, used)
  const { benchmarkSkipped } = chosen
  // The requests for Go itself came first.
  const requests = [...story.requests, ...finished.story.requests]
  const whole: Story = { ...story, benchmarkSkipped, ...used.story, ...finished.story, requests }
  return withWarnings(whole, [...warnOfSenders(used.wrongSenders, whole), ...used.warnings, ...finished.warnings])
}
