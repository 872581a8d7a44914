import type { Report } from './report.ts'
import { count, formatSeconds } from './units.ts'

/** A smaller gain is within the estimate's error. */
const WORTH_TELLING = { seconds: 0.5, times: 1.2 }
/** Where the network has most of the time, saying so says nothing. */
const OWN_WORK = { seconds: 1, share: 0.3 }

/** What the download's time consisted of, what plain go would have needed, and what had to be asked again; sentences. */
export function renderAccount({ download }: Report): readonly string[] {
  if (download === null || download.outcome !== 'done') return again(download)
  const { seconds, fetchingSeconds, plainGoSeconds } = download
  const gain = plainGoSeconds === null ? 0 : plainGoSeconds - seconds
  const own = fetchingSeconds === null ? 0 : seconds - fetchingSeconds
  return [
    ...(plainGoSeconds !== null && gain > WORTH_TELLING.seconds && plainGoSeconds > WORTH_TELLING.times * seconds
      ? [
          `Plain go would have needed about ${formatSeconds(plainGoSeconds)} instead of ${formatSeconds(seconds)} (estimated from this download’s round trips and rate).`,
        ]
      : []),
    ...(fetchingSeconds !== null && own > OWN_WORK.seconds && own > OWN_WORK.share * seconds
      ? [
          `Of the download’s ${formatSeconds(seconds)}, requests were under way for ${formatSeconds(fetchingSeconds)}; the rest is go’s own work, most of it unpacking.`,
        ]
      : []),
    ...again(download),
  ]
}

/** Nothing where all went well at once. */
function again(download: Report['download']): readonly string[] {
  if (download === null) return []
  const { retries, failovers, hedges, rejected } = download
  const parts = [
    retries === 0
      ? ''
      : `${count(retries, 'request')} repeated${failovers === 0 ? '' : `, ${failovers} of them at another proxy`}`,
    hedges === 0 ? '' : `${count(hedges, 'request')} sent beside one that seemed to hang`,
    rejected === 0 ? '' : `${count(rejected, 'wrong answer')} thrown away`,
  ].filter(part => part !== '')
  return parts.length === 0 ? [] : [`On the way: ${parts.join('; ')}.`]
}
