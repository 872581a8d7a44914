import * as core from '@actions/core'
import type { Clock, Log } from '../effects.ts'
import type { Problem } from '../errors.ts'
import { sanitizeLine, sanitizeLines } from './sanitiser.ts'
import { createRedactor } from './secrets.ts'

/** Seconds between two progress lines: a log keeps every one of them. */
const PROGRESS_EVERY_MS = 10_000

/** The log of a job: plain lines on standard output, workflow commands only through the toolkit, which escapes them. */
export function actionsLog(clock: Clock): Log {
  const redactor = createRedactor()
  let nextProgressMs = clock.now() + PROGRESS_EVERY_MS
  const clean = (text: string) => redactor.redact(text)
  const print = (text: string) => {
    for (const line of sanitizeLines(clean(text))) core.info(line)
  }
  return {
    debugging: core.isDebug(),
    debug: text => {
      for (const line of sanitizeLines(clean(text))) core.debug(line)
    },
    info: print,
    warning: problem => core.warning(annotationText(problem, clean)),
    error: problem => core.error(annotationText(problem, clean)),
    notice: (title, text) => core.notice(sanitizeLine(clean(text)), { title: sanitizeLine(clean(title)) }),
    group: (title, body) => core.group(sanitizeLine(clean(title)), body),
    progress: text => {
      if (clock.now() < nextProgressMs) return
      nextProgressMs = clock.now() + PROGRESS_EVERY_MS
      print(text)
    },
    mask: secret => {
      for (const form of redactor.add(secret)) core.setSecret(form)
    },
  }
}

function annotationText(problem: Problem, clean: (text: string) => string): string {
  const lines = [...sanitizeLines(clean(problem.message)), ...sanitizeLines(clean(problem.hint))].filter(
    line => line !== '',
  )
  return `${lines.join('\n')} [${problem.code}]`
}
