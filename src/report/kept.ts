import schema from '../../schema/report.schema.json' with { type: 'json' }
import { failed, ok, type Problem, type Result } from '../errors.ts'
import { sanitizeLine, sanitizeLines } from '../text/sanitiser.ts'
import type { Report } from './report.ts'
import { findFault } from './schema-check.ts'

/** A report of 20,000 requests with long names has less. */
export const MOST_REPORT_BYTES = 64 << 20

/** Of a number of any kind. What is greater is no measurement, and cannot be drawn or added up. */
const MOST = Number.MAX_SAFE_INTEGER

/**
 * Reads a report that was kept. Any program could have written it: it is a report only if it is as the schema says, and
 * what a terminal or a runner could obey is taken from its texts. @param name how the user named it
 */
export function readKeptReport(name: string, text: string): Result<Report> {
  if (text.trim() === '') return failed(notAReport(name, 'it is empty'))
  let value: unknown
  let excess: string | undefined
  try {
    value = JSON.parse(text, (member, one: unknown) => {
      if (typeof one === 'number' && !(Math.abs(one) <= MOST)) excess ??= member
      return typeof one === 'string' ? clean(one) : one
    })
  } catch {
    return failed(notAReport(name, 'it is not JSON'))
  }
  const { tool, version } = Object(value) as { readonly tool?: { readonly name?: unknown } | null; version?: unknown }
  if (tool?.name !== 'go-proxy-setup') return failed(notAReport(name, 'this program did not write it'))
  if (typeof version === 'number' && version > 1) return failed(tooNew(name, version))
  if (version !== 1) return failed(notAReport(name, 'its version is not 1'))
  const fault = excess === undefined ? findFault(value, schema) : `no run has such a number as its ${clean(excess)}`
  if (fault !== undefined) return failed(notAReport(name, fault))
  return ok(value as Report)
}

/** The lines of a text stay. */
function clean(text: string): string {
  return sanitizeLines(text).join('\n')
}

function tooNew(name: string, version: number): Problem {
  return {
    code: 'REPORT_NOT_READ',
    message: `${sanitizeLine(name)} is a report of version ${version}; this program reads version 1.`,
    hint: 'Use the go-proxy-setup that wrote it, or a newer one.',
  }
}

function notAReport(name: string, what: string): Problem {
  return {
    code: 'REPORT_NOT_READ',
    message: `${sanitizeLine(name)} is not a report: ${what}.`,
    hint: 'Name a file that the input report-file or the option --report wrote.',
  }
}
