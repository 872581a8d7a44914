import type { DownloadReport, Report } from './report.ts'
import { count, formatSeconds } from './units.ts'

/** A smaller gain is within the estimate's error. */
const WORTH_TELLING = { seconds: 0.5, times: 1.2 }
/** Where the network has most of the time, saying so says nothing. */
const OWN_WORK = { seconds: 1, share: 0.3 }

/** What plain go would have needed, what the download's time consisted of, and what had to be asked again; sentences. */
export function renderAccount({ download }: Report): readonly string[] {
  if (download === null) return []
  const done = download.outcome === 'done' ? [...plainGo(download), ...ownWork(download)] : []
  return [...done, ...again(download)]
}

function plainGo({ seconds, plainGoSeconds }: DownloadReport): readonly string[] {
  if (typeof plainGoSeconds !== 'number') return []
  const isWorth = plainGoSeconds - seconds > WORTH_TELLING.seconds && plainGoSeconds > WORTH_TELLING.times * seconds
  if (!isWorth) return []
  const times = `about ${formatSeconds(plainGoSeconds)} instead of ${formatSeconds(seconds)}`
  return [`Plain go would have needed ${times} (estimated from this download’s round trips and rate).`]
}

function ownWork({ seconds, fetchingSeconds }: DownloadReport): readonly string[] {
  if (typeof fetchingSeconds !== 'number') return []
  const own = seconds - fetchingSeconds
  if (own <= OWN_WORK.seconds || own <= OWN_WORK.share * seconds) return []
  const share = `requests were under way for ${formatSeconds(fetchingSeconds)}`
  return [`Of the download’s ${formatSeconds(seconds)}, ${share}; the rest is go’s own work, most of it unpacking.`]
}

/** Nothing where all went well at once. */
function again({ retries, failovers, hedges, rejected }: DownloadReport): readonly string[] {
  const parts = [
    retries === 0
      ? ''
      : `${count(retries, 'request')} repeated${failovers === 0 ? '' : `, ${failovers} of them at another proxy`}`,
    hedges === 0 ? '' : `${count(hedges, 'request')} sent beside one that seemed to hang`,
    rejected === 0 ? '' : `${count(rejected, 'wrong answer')} thrown away`,
  ].filter(part => part !== '')
  return parts.length === 0 ? [] : [`On the way: ${parts.join('; ')}.`]
}
