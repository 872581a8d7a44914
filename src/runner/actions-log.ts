import { realpathSync } from 'node:fs'
import { relative } from 'node:path'
import * as core from '@actions/core'
import type { Clock, Log } from '../effects.ts'
import type { Problem } from '../errors.ts'
import { isWithin } from '../places/within.ts'
import { withoutMatch } from '../text/matched.ts'
import { sanitizeLine, sanitizeLines } from '../text/sanitiser.ts'
import { titleOf } from '../text/title.ts'
import { openFollowing } from './following.ts'
import { progressWording } from './progress-line.ts'
import { createRedactor, SECRET_TOO_SHORT } from './secrets.ts'
import { systemTicker, type Ticker } from './ticker.ts'

/** A job's log keeps every progress line, so there are few of them. */
const PROGRESS_EVERY_MS = 5_000
/** The rate is that of late, so progress is looked at more often. */
const LOOK_EVERY_MS = 1_000
/** The runner cuts an annotation here. */
const ANNOTATION_BYTES = 4096

/** So much of them is quoted where several become one. */
const QUOTED_BYTES = 3000

/** What becomes one annotation: warnings of one kind, or those for which there is no room. */
interface Joined {
  readonly problem: Problem
  /** Whether some are only counted in it. */
  readonly isCut: boolean
}

function joined(problems: readonly Problem[], code: string): Joined {
  const [first] = problems
  if (first !== undefined && problems.length === 1) return { problem: first, isCut: false }
  const isOneHint = problems.every(({ hint }) => hint === first?.hint)
  const mark = problems.every(one => one.code === code) ? () => '' : (one: Problem) => ` [${one.code}]`
  const quotes = problems.map(
    one => `- ${[one.message, isOneHint ? '' : one.hint].filter(Boolean).join(' ')}${mark(one)}`,
  )
  const fitting = quotes.filter((_, i) => Buffer.byteLength(quotes.slice(0, i + 1).join('\n')) <= QUOTED_BYTES)
  const more = quotes.length - fitting.length
  const at = problems.find(problem => problem.at !== undefined)?.at
  const hints = [isOneHint ? (first?.hint ?? '') : '', more === 0 ? '' : 'All of them are in the log of this step.']
  return {
    problem: {
      code,
      message: [`${problems.length} warnings:`, ...fitting, ...(more === 0 ? [] : [`and ${more} more`])].join('\n'),
      hint: hints.filter(Boolean).join('\n'),
      ...(at === undefined ? {} : { at }),
    },
    isCut: more > 0,
  }
}

/** GitHub shows no more than ten warnings of a step: kinds beyond it become one, and what stands at a line goes first. */
const SHOWN = 10

/** Where an annotation is shown, in the checkout; nowhere for other files. */
function placeIn(workspace: string | undefined, { at }: Problem): core.AnnotationProperties {
  if (at === undefined || workspace === undefined) return {}
  const [directory, file] = isWithin(at.file, workspace) ? [workspace, at.file] : [real(workspace), real(at.file)]
  if (file === directory || !isWithin(file, directory)) return {}
  const name = relative(directory, file).replaceAll('\\', '/')
  return { file: sanitizeLine(name, ANNOTATION_BYTES), startLine: at.line }
}

/** One of the two may be written with links that lie on the way, such as /tmp on macOS, and the other without. */
function real(path: string): string {
  try {
    return realpathSync.native(path)
  } catch {
    // What is no more has no other name.
    return path
  }
}

/**
 * The log of a job: plain lines on standard output, workflow commands only through the toolkit, which escapes them.
 * In one piece: each method prints through the same few functions that clean what they print.
 * @param workspace whose files annotations can be shown at
 */
export function actionsLog(clock: Clock, workspace?: string, ticker: Ticker = systemTicker): Log {
  const redactor = createRedactor()
  let nextProgressMs = clock.now() + PROGRESS_EVERY_MS
  let folded = false
  // Before, since cleaning may break a secret apart; and after, since it may put one together.
  const lines = (text: string) => sanitizeLines(redactor.redact(text)).map(redactor.redact)
  const line = (text: string) => redactor.redact(sanitizeLine(redactor.redact(text), ANNOTATION_BYTES))
  const print = (text: string) => {
    for (const one of lines(text)) core.info(withoutMatch(one))
  }
  const wording = progressWording()
  const following = openFollowing({
    ticker,
    everyMs: LOOK_EVERY_MS,
    show: progress => {
      const { essential, more } = wording(progress, clock.now())
      if (clock.now() < nextProgressMs) return
      nextProgressMs = clock.now() + PROGRESS_EVERY_MS
      print([...essential, ...more].join(', '))
    },
    onEnd: () => {},
  })
  const annotation = ({ code, message, hint }: Problem) =>
    `${[...lines(message), ...lines(hint)].filter(one => one !== '').join('\n')} [${line(code)}]`
  const properties = (problem: Problem) => ({ title: line(titleOf(problem.code)), ...placeIn(workspace, problem) })
  const warning = (problem: Problem) => core.warning(annotation(problem), properties(problem))
  return {
    debugging: core.isDebug(),
    debug: text => {
      // The runner would drop them, after each was written, read and parsed.
      if (core.isDebug()) for (const one of lines(text)) core.debug(one)
    },
    info: print,
    warning,
    lines: render => render((_, text) => text).forEach(print),
    warnings: all => {
      const isPlaced = (problem: Problem) => placeIn(workspace, problem).file !== undefined
      const kinds = [...new Set(all.map(({ code }) => code))].map(code => {
        const same = all.filter(one => one.code === code)
        return { ...joined([...same.filter(isPlaced), ...same.filter(one => !isPlaced(one))], code), same }
      })
      const placed = (one: (typeof kinds)[number]) => isPlaced(one.problem)
      const sorted = kinds.length <= SHOWN ? kinds : [...kinds.filter(placed), ...kinds.filter(one => !placed(one))]
      const alone = kinds.length <= SHOWN ? sorted : sorted.slice(0, SHOWN - 1)
      const rest = sorted.slice(alone.length).flatMap(({ same }) => same)
      for (const { problem } of alone) warning(problem)
      for (const { code, message, hint } of [
        ...alone.filter(({ isCut }) => isCut).flatMap(({ same }) => same),
        ...rest,
      ])
        print(`warning: ${message} [${code}]${hint && `\n  ${hint}`}`)
      if (rest.length > 0) warning(joined(rest, 'WARNINGS').problem)
    },
    error: problem => core.error(annotation(problem), properties(problem)),
    notice: (title, text) => core.notice(line(text), { title: line(title) }),
    group: async (title, body) => {
      // The runner knows one level: an inner group's end would close the outer one.
      if (folded) {
        print(title)
        return body()
      }
      folded = true
      core.startGroup(line(title))
      try {
        return await body()
      } finally {
        core.endGroup()
        folded = false
      }
    },
    columns: undefined,
    follow: following.follow,
    endProgress: following.end,
    mask: secret => {
      const forms = redactor.add(secret)
      for (const form of forms) core.setSecret(form)
      if (forms.length === 0) warning(SECRET_TOO_SHORT)
    },
    conceal: redactor.conceal,
    redact: redactor.redact,
  }
}
