import { downloadSeconds } from './duration.ts'
import { pausedMs } from './parts.ts'
import type { DownloadReport, Report } from './report.ts'
import { count, formatSeconds } from './units.ts'

/** A smaller gain is within the estimate's error. */
const WORTH_TELLING = { seconds: 0.5, times: 1.2 }
/** Where the network has most of the time, saying so says nothing. */
const OWN_WORK = { seconds: 1, share: 0.3 }

/** What plain go would have needed, what the download's time consisted of, and what had to be asked again; sentences. */
export function renderAccount(report: Report): readonly string[] {
  const { download } = report
  if (download === null) return []
  const done = download.outcome === 'done' ? [...plainGo(report), ...ownWork(report, download)] : []
  return [...done, ...again(download)]
}

function plainGo(report: Report): readonly string[] {
  const gain = gainOf(report)
  if (gain === undefined) return []
  const times = `about ${formatSeconds(gain.plainGoSeconds)} instead of ${formatSeconds(gain.seconds)}`
  return [`Plain go would have needed ${times} (estimated from this download’s round trips and rate).`]
}

/** What plain go would have needed, estimated, and what this took; undefined where the gain is not worth a word. */
export function gainOf(report: Report): { readonly plainGoSeconds: number; readonly seconds: number } | undefined {
  const seconds = downloadSeconds(report)
  const { outcome, plainGoSeconds } = report.download ?? {}
  if (seconds === undefined || outcome !== 'done' || typeof plainGoSeconds !== 'number') return undefined
  const isWorth = plainGoSeconds - seconds > WORTH_TELLING.seconds && plainGoSeconds > WORTH_TELLING.times * seconds
  return isWorth ? { plainGoSeconds, seconds } : undefined
}

function ownWork(report: Report, { fetchingSeconds }: DownloadReport): readonly string[] {
  const seconds = downloadSeconds(report)
  if (typeof fetchingSeconds !== 'number' || seconds === undefined) return []
  const pausing = pausedMs(report) / 1000
  const own = seconds - fetchingSeconds - pausing
  const isShort = own <= OWN_WORK.seconds || own <= OWN_WORK.share * seconds
  const isPause = pausing > OWN_WORK.seconds
  if (isShort && !isPause) return []
  const pauses = isPause ? ` and pauses before retries took ${formatSeconds(pausing)}` : ''
  const rest = isShort ? '' : '; the rest is go’s own work, most of it unpacking'
  const share = `requests were under way for ${formatSeconds(fetchingSeconds)}`
  return [`Of the download’s ${formatSeconds(seconds)}, ${share}${pauses}${rest}.`]
}

/** Nothing where all went well at once. */
function again({ retries, failovers, hedges, rejected }: DownloadReport): readonly string[] {
  const parts = [
    retries === 0
      ? ''
      : `${count(retries, 'request')} repeated${failovers === 0 ? '' : `, ${failovers === retries ? 'all' : `${failovers} of them`} at another proxy`}`,
    hedges === 0 ? '' : `${count(hedges, 'request')} sent in parallel with one that seemed to hang`,
    rejected === 0 ? '' : `${count(rejected, 'wrong answer')} discarded`,
  ].filter(part => part !== '')
  return parts.length === 0 ? [] : [`During the download: ${parts.join('; ')}.`]
}
